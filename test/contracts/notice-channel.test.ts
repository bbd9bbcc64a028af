import assert from 'node:assert/strict';
import { alertmanager } from '../../src/adapters/notify/alertmanager.ts';
import { mailChannel } from '../../src/adapters/notify/mail.ts';
import { syslogChannel } from '../../src/adapters/notify/syslog.ts';
import { telegramChannel } from '../../src/adapters/notify/telegram.ts';
import { webhookChannel } from '../../src/adapters/notify/webhook.ts';
import { consoleSms } from '../../src/adapters/sms/console-sms.ts';
import { smsChannel } from '../../src/application/gateway/sms-channel.ts';
import type { NoticeChannel, NoticeMessage } from '../../src/application/ports/notice-channel.ts';
import type { IncidentId } from '../../src/domain/protection/incident.ts';
import { newsOf } from '../../src/domain/protection/notice.ts';
import { later, minute } from '../../src/domain/time.ts';
import { givenIncident, morning } from '../support/any-incident.ts';
import { freePort } from '../support/free-port.ts';
import { localCertificate } from '../support/local-certificate.ts';
import {
  givenHttpListener,
  givenSmtpServer,
  givenSyslogCollector,
} from '../support/notice-listeners.ts';

const message: NoticeMessage = {
  id: '0197b7a0-0000-7000-8000-000000000001',
  severity: 'S1',
  locale: 'ru',
  at: morning,
  subject: 'Kabinet S1: Поддельное сообщение, новый',
  text: 'S1 · Поддельное сообщение, новый\nЦель: portal-1',
  unlinkedText: 'S1 · Поддельное сообщение, новый\nЦель: portal-1',
  links: [{ label: 'Взять в работу', url: 'https://k.example/i' }],
  shortText: 'Kabinet S1: Поддельное сообщение\nhttps://k.example/i',
  news: [newsOf(givenIncident({ target: 'a|b=c\nd' }), 'new')],
};
const secret = 'a-secret-nobody-may-see';
const shortMs = 300;

/** One channel in the tests: how it is opened, what of a message must arrive, and how it can fail. */
interface Harness {
  readonly channel: NoticeChannel;
  readonly address: string;
  /** As one text. */
  received(): string;
  readonly mustHold: readonly string[];
  /** Makes the other side take the message and never answer; undefined where nothing is waited for. */
  readonly silence?: () => void;
  close(): Promise<void>;
}
type Open = (at?: { readonly port: number }) => Promise<Harness>;

const mail: Open = async (at) => {
  const server = await givenSmtpServer({ user: 'kabinet' });
  const { port } = at ?? server;
  const settings = {
    host: '127.0.0.1',
    port,
    security: 'none',
    from: 'Kabinet <k@example.ru>',
  } as const;
  return {
    channel: mailChannel({ ...settings, user: 'kabinet', password: 'open' }, shortMs),
    address: 'anna@example.ru',
    received: () =>
      server.letters.map(({ from, to, text }) => `${from} ${to.join()} ${text}`).join('\n'),
    mustHold: ['k@example.ru anna@example.ru', message.id, 'Auto-Submitted: auto-generated'],
    silence: () => (server.state.isSilent = true),
    close: server.close,
  };
};
const webhook: Open = async (at) => {
  const server = await givenHttpListener();
  const url = at === undefined ? `${server.url}/hook` : `http://127.0.0.1:${String(at.port)}/hook`;
  return {
    channel: webhookChannel(new Map([['ops', { url, secret }]]), shortMs),
    address: 'ops',
    received: () => JSON.stringify(server.posts),
    mustHold: ['/hook', 'webhook-signature', message.id, 'bad-signature', message.subject],
    silence: () => (server.state.isSilent = true),
    close: server.close,
  };
};
const telegram: Open = async (at) => {
  const server = await givenHttpListener();
  const url = at === undefined ? server.url : `http://127.0.0.1:${String(at.port)}`;
  return {
    channel: telegramChannel({ url, token: `1:${secret}` }, shortMs),
    address: '-100123',
    received: () => JSON.stringify(server.posts),
    mustHold: ['/sendMessage', '-100123', message.subject, 'https://k.example/i'],
    silence: () => (server.state.isSilent = true),
    close: server.close,
  };
};
const syslog =
  (security: 'tls' | 'none'): Open =>
  async (at) => {
    const server = await givenSyslogCollector(security);
    const { port } = at ?? server;
    const target = { host: 'localhost', port, security, ca: localCertificate };
    return {
      channel: syslogChannel(new Map([['siem', target]]), 'gw-1', shortMs),
      address: 'siem',
      received: () => [...server.events, ...server.broken.map(() => 'BROKEN')].join('\n'),
      mustHold: [
        '<105>1 2026-11-28T09:00:00.000Z gw-1 kabinet-gateway - incident - ',
        'CEF:0|Kabinet',
      ],
      close: server.close,
    };
  };

const channels: readonly (readonly [string, Open])[] = [
  ['mail', mail],
  ['webhook', webhook],
  ['telegram', telegram],
  ['syslog', syslog('none')],
  ['syslog over TLS', syslog('tls')],
];

for (const [name, open] of channels) {
  describe(`The notice channel ${name}`, () => {
    let harness: Harness;
    afterEach(() => harness.close());

    it('brings a message', async () => {
      harness = await open();

      const outcome = await harness.channel.send(harness.address, message);

      assert.deepEqual(outcome, { outcome: 'accepted', reference: message.id });
      await until(() => harness.received() !== '');
      for (const part of harness.mustHold) assert.ok(harness.received().includes(part), part);
      assert.doesNotMatch(harness.received(), /BROKEN/);
    });

    it('says that nothing was attempted when nobody is there, and tells no secret', async () => {
      harness = await open({ port: await freePort() });

      const outcome = await harness.channel.send(harness.address, message);

      assert.equal(outcome.outcome, 'not-attempted');
      assert.doesNotMatch(JSON.stringify(outcome), new RegExp(`${secret}|anna@|-100123`));
    });

    it('does not wait for ever, and says that it does not know', async () => {
      harness = await open();
      if (harness.silence === undefined) return;
      harness.silence();

      const outcome = await harness.channel.send(harness.address, message);

      assert.equal(outcome.outcome, 'unknown');
      assert.doesNotMatch(JSON.stringify(outcome), new RegExp(secret));
    });
  });
}

describe('The notice channel by SMS', () => {
  it('sends the short text by the operator, and only to a phone number', async () => {
    const written: string[] = [];
    const channel = smsChannel(consoleSms((text) => written.push(text)));

    assert.equal((await channel.send('+79990000001', message)).outcome, 'accepted');
    assert.equal((await channel.send('anna', message)).outcome, 'refused');
    assert.match(written.join(), /\+79990000001\n {2}Kabinet S1: Поддельное сообщение\n/);
  });
});

describe('Alertmanager', () => {
  let server: Awaited<ReturnType<typeof givenHttpListener>>;
  beforeEach(async () => (server = await givenHttpListener()));
  afterEach(() => server.close());

  it('is told of incidents as few alerts, which end by themselves or when it is over', async () => {
    const incidents = Array.from({ length: 500 }, (_, n) =>
      givenIncident({ id: String(n) as IncidentId, target: `10.0.0.${String(n)}` }),
    );
    const over = givenIncident({
      detector: 'flood',
      state: 'resolved',
      movedAt: later(morning, 9),
    });
    const report = alertmanager({ url: server.url, token: secret });
    await report([...incidents, over], later(morning, minute));
    await report([], morning);

    const [post, ...more] = server.posts;
    assert.deepEqual(more, []);
    assert.equal(post?.path, '/api/v2/alerts');
    assert.equal(post.headers.authorization, `Bearer ${secret}`);
    assert.deepEqual(JSON.parse(post.body), [
      {
        labels: { alertname: 'kabinet-bad-signature', severity: 'S1', service: 'kabinet-gateway' },
        annotations: { summary: '500 incidents of bad-signature', sightings: '500' },
        startsAt: '2026-11-28T09:00:00.000Z',
        endsAt: '2026-11-28T09:06:00.000Z',
      },
      {
        labels: { alertname: 'kabinet-flood', severity: 'S1', service: 'kabinet-gateway' },
        annotations: { summary: '0 incidents of flood', sightings: '1' },
        startsAt: '2026-11-28T09:00:00.000Z',
        endsAt: '2026-11-28T09:00:00.009Z',
      },
    ]);
  });

  it('that does not take them is an outage', async () => {
    server.state.status = 500;
    await assert.rejects(alertmanager({ url: server.url })([givenIncident()], morning), {
      name: 'Outage',
    });
  });
});

const until = async (isSo: () => boolean): Promise<void> => {
  for (let n = 0; n < 200 && !isSo(); n += 1)
    await new Promise((resolve) => setTimeout(resolve, 5));
};
