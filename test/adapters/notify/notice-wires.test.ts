import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { outcomeOfStatus } from '../../../src/adapters/notify/http-post.ts';
import { codeOf, inTime, outcomeOfError } from '../../../src/adapters/notify/in-time.ts';
import { outcomeOfReply } from '../../../src/adapters/notify/mail-wire.ts';
import { mailChannel } from '../../../src/adapters/notify/mail.ts';
import { cefText, syslogFrame } from '../../../src/adapters/notify/syslog-wire.ts';
import { telegramBody } from '../../../src/adapters/notify/telegram-wire.ts';
import { webhookChannel } from '../../../src/adapters/notify/webhook.ts';
import { detectorWords } from '../../../src/application/gateway/detector-words.ts';
import type { NoticeMessage } from '../../../src/application/ports/notice-channel.ts';
import { detectorCodes } from '../../../src/domain/protection/detector.ts';
import { newsOf } from '../../../src/domain/protection/notice.ts';
import { givenIncident, morning } from '../../support/any-incident.ts';
import '../../support/fc-runs.ts';
import { givenHttpListener, givenSmtpServer } from '../../support/notice-listeners.ts';

const message: NoticeMessage = {
  ...{ id: 'n-1', severity: 'S1', locale: 'en', at: morning },
  ...{ subject: 'Kabinet S1: forged', text: 'text', unlinkedText: 'text', shortText: 'short' },
  links: [],
  news: [newsOf(givenIncident(), 'new')],
};

describe('A line of the log', () => {
  it('cannot be forged: whatever the target is, it stays one line, one event and one value', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom('|', '=', '\\', '\n', '\r', '\u2028', '\u0085', ' ', 'a'),
      }),
      fc.constant(
        'x\n<105>1 2026-11-28T09:00:00Z gw kabinet - - - CEF:0|Kabinet|Gateway|1|1|x|0|act=fine',
      ),
      fc.constant('x cs1=y act=fine'),
    );
    fc.assert(
      fc.property(nasty, (target) => {
        const text = cefText(newsOf(givenIncident({ target }), 'new'));

        assert.doesNotMatch(text, /[\p{Cc}\u2028\u2029]/u);
        const bars = [...text.matchAll(/(?<!\\)(?:\\\\)*\|/g)].length;
        assert.equal(bars, 7);
        const equals = [...text.matchAll(/(?<!\\)(?:\\\\)*=/g)].length;
        assert.equal(equals, 11);
      }),
    );
  });

  it('says its own length in octets, also with letters of many', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'binary' }),
        (target, host) => {
          const frame = syslogFrame(host, newsOf(givenIncident({ target }), 'new'), morning);
          const space = frame.indexOf(32);
          assert.equal(Number(frame.subarray(0, space).toString()), frame.length - space - 1);
          const header =
            frame
              .subarray(space + 1)
              .toString()
              .split(' \uFEFF')[0] ?? '';
          assert.match(
            header,
            /^<105>1 2026-11-28T09:00:00\.000Z [\x21-\x7e]+ kabinet-gateway - incident -$/,
          );
        },
      ),
    );
  });

  it('is as grave as its incident', () => {
    const priorities = (['S1', 'S2', 'S3', 'S4'] as const).map((severity) => {
      const frame = syslogFrame(
        'gw',
        newsOf(givenIncident({ severity }), 'new'),
        morning,
      ).toString();
      return /<(\d+)>.*\|(\d+)\|externalId/.exec(frame)?.slice(1).join();
    });
    assert.deepEqual(priorities, ['105,10', '107,7', '108,5', '109,2']);
  });
});

describe('A webhook', () => {
  let server: Awaited<ReturnType<typeof givenHttpListener>>;
  beforeEach(async () => (server = await givenHttpListener()));
  afterEach(() => server.close());
  const channel = () =>
    webhookChannel(new Map([['ops', { url: `${server.url}/hook`, secret: 'a secret' }]]), 500);

  it('is signed over its id, its time and its body', async () => {
    await channel().send('ops', message);

    const [{ headers, body } = assert.fail()] = server.posts;
    const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature } = headers;
    const mac = createHmac('sha256', 'a secret').update(`${String(id)}.${String(time)}.${body}`);
    assert.equal(signature, `v1,${mac.digest('base64')}`);
    assert.deepEqual([id, time], ['n-1', String(morning / 1_000)]);
    assert.equal((JSON.parse(body) as { incidents: unknown[] }).incidents.length, 1);
    assert.doesNotMatch(body, /evidence/);
  });

  it('goes nowhere else: not to an address that is not listed, not where it is sent on to', async () => {
    assert.deepEqual(await channel().send(`${server.url}/other`, message), {
      outcome: 'refused',
      why: 'no such target',
    });
    server.state.status = 307;
    server.state.headers = { location: `${server.url}/elsewhere` };

    assert.equal((await channel().send('ops', message)).outcome, 'refused');
    assert.deepEqual(
      server.posts.map(({ path }) => path),
      ['/hook'],
    );
  });

  it('is refused, put off or unknown by the status of the answer', () => {
    const outcomes = [200, 204, 301, 400, 401, 403, 404, 408, 410, 429, 500, 502, 503].map(
      (status) => `${String(status)} ${outcomeOfStatus(status, '', 'r').outcome}`,
    );
    assert.deepEqual(outcomes, [
      ...['200 accepted', '204 accepted', '301 refused', '400 refused', '401 not-attempted'],
      ...['403 not-attempted', '404 refused', '408 unknown', '410 refused', '429 not-attempted'],
      ...['500 unknown', '502 unknown', '503 not-attempted'],
    ]);
    const told = [outcomeOfStatus(429, '7', 'r'), outcomeOfStatus(503, '999999', 'r')];
    assert.deepEqual(
      told.map((one) => one.outcome === 'not-attempted' && one.retryAfterMs),
      [7_000, 900_000],
    );
  });
});

describe('Mail', () => {
  const sent = async (
    server: {
      readonly security?: 'tls' | 'starttls' | 'none';
      readonly user?: string;
      readonly reply?: number;
    },
    client: { readonly security?: 'tls' | 'starttls' | 'none'; readonly password?: string } = {},
  ) => {
    const smtp = await givenSmtpServer(server);
    smtp.state.reply = server.reply ?? 250;
    const { security = 'none', password } = client;
    const channel = mailChannel(
      {
        ...{ host: '127.0.0.1', port: smtp.port, security, from: 'k@example.ru' },
        ...(password !== undefined && { user: 'kabinet', password }),
      },
      1_000,
    );
    const outcome = await channel.send('anna@example.ru', message);
    await smtp.close();
    return { outcome, letters: smtp.letters };
  };

  it('is refused for good or for now by the server’s reply', async () => {
    assert.equal((await sent({ reply: 550 })).outcome.outcome, 'refused');
    assert.equal((await sent({ reply: 451 })).outcome.outcome, 'not-attempted');
    assert.deepEqual(
      [421, 450, 530, 534, 535, 550, 554].map((code) => outcomeOfReply(code).outcome),
      [...Array<string>(5).fill('not-attempted'), 'refused', 'refused'],
    );
  });

  it('waits when our own name is not taken, and keeps the password to itself', async () => {
    const { outcome } = await sent({ user: 'kabinet' }, { password: 'wrong-password' });
    assert.equal(outcome.outcome, 'not-attempted');
    assert.doesNotMatch(JSON.stringify(outcome), /wrong-password|kabinet/);
  });

  it('goes to no server that it does not trust, nor in the clear where TLS is asked for', async () => {
    for (const [server, client] of [
      ['tls', 'tls'],
      ['starttls', 'starttls'],
      ['none', 'starttls'],
    ] as const) {
      const { outcome, letters } = await sent({ security: server }, { security: client });
      assert.equal(outcome.outcome, 'not-attempted', `${server} ${client}`);
      assert.deepEqual(letters, []);
    }
  });

  it('takes no line of its head from a subject', async () => {
    const smtp = await givenSmtpServer();
    const channel = mailChannel({
      host: '127.0.0.1',
      port: smtp.port,
      security: 'none',
      from: 'k@example.ru',
    });
    await channel.send('anna@example.ru', { ...message, subject: 'a\r\nBcc: eve@example.ru' });
    await smtp.close();
    assert.deepEqual(smtp.letters[0]?.to, ['anna@example.ru']);
    assert.doesNotMatch(smtp.letters[0].text, /^Bcc:/m);
  });
});

describe('A channel', () => {
  it('turns whatever is thrown into an outcome that tells a code at most', async () => {
    const thrown = (error: Error) => inTime(100, () => Promise.reject(error));
    const refused = Object.assign(new Error('10.0.0.1'), { code: 'ECONNREFUSED' });

    assert.deepEqual(await thrown(new TypeError('fetch', { cause: refused })), {
      outcome: 'not-attempted',
      why: 'no connection (ECONNREFUSED)',
    });
    assert.deepEqual(await thrown(new Error('secret')), {
      outcome: 'unknown',
      why: 'the connection broke',
    });
    assert.deepEqual(outcomeOfError(Object.assign(new Error('x'), { code: 'ECONNRESET' })), {
      outcome: 'unknown',
      why: 'the connection broke (ECONNRESET)',
    });
    assert.equal(codeOf(new AggregateError([refused])), 'ECONNREFUSED');
    assert.equal(codeOf('text'), '');
  });

  it('of Telegram sends plain text of the length it takes, silently what can wait', () => {
    const long = JSON.parse(
      telegramBody('1', { ...message, text: 'x'.repeat(9_000), severity: 'S3' }),
    );
    assert.equal(long.text.length, 4_096);
    assert.equal(long.disable_notification, true);
    assert.equal(JSON.parse(telegramBody('1', message)).disable_notification, false);
    assert.equal(long.parse_mode, undefined);
    assert.equal(long.reply_markup, undefined, 'nothing to do, no button');
  });

  it('of Telegram has a button for every link, and no link in its text', () => {
    const links = [
      { label: 'Acknowledge: one', url: 'https://gw.example.ru/acknowledge/1' },
      { label: 'Acknowledge: other', url: 'http://10.0.0.1:8091/acknowledge/2' },
    ];
    const body = JSON.parse(
      telegramBody('1', { ...message, text: 'with links', unlinkedText: 'without', links }),
    );
    assert.equal(body.text, 'Kabinet S1: forged\n\nwithout');
    assert.deepEqual(body.reply_markup, {
      inline_keyboard: [
        [{ text: 'Acknowledge: one', url: 'https://gw.example.ru/acknowledge/1' }],
        [{ text: 'Acknowledge: other', url: 'http://10.0.0.1:8091/acknowledge/2' }],
      ],
    });
  });

  it('of Telegram keeps a link in its text to where Telegram takes no button', () => {
    const links = [{ label: 'Acknowledge', url: 'http://localhost:8091/acknowledge/1' }];
    const body = JSON.parse(
      telegramBody('1', { ...message, text: 'with links', unlinkedText: 'without', links }),
    );
    assert.equal(body.text, 'Kabinet S1: forged\n\nwith links');
    assert.equal(body.reply_markup, undefined);
  });

  it('has words for every detector in both languages', () => {
    for (const code of detectorCodes) {
      const { title, action } = detectorWords[code];
      for (const { ru, en } of [title, action]) {
        assert.match(ru, /[а-яё]/i, code);
        assert.match(en, /^[a-z“”’ ,-]+$/i, code);
      }
    }
  });
});
