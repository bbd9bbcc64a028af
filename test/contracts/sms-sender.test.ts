import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { consoleSms } from '../../src/adapters/sms/console-sms.ts';
import { vonageSms } from '../../src/adapters/sms/vonage-sms.ts';
import type { SmsSender } from '../../src/application/ports/sms-sender.ts';
import type { PhoneNumber } from '../../src/domain/phone-number.ts';
import { freePort } from '../support/free-port.ts';
import {
  givenSimulators,
  vonage,
  type Running,
} from '../adapters/simulators/running-simulators.ts';

const phone = '+79990000001' as PhoneNumber;
const reference = '0197b7a0-0000-7000-8000-000000000001';
const russian = 'Код 123456. Никому не говорите!\n@kabinet.example #123456';
const english = 'Kabinet code: 123456. Valid 5 min.\n@kabinet.example #123456';

/** One operator in the tests: the adapter, and what its phones received. */
interface SmsHarness {
  readonly sender: SmsSender;
  received(): Promise<string[]>;
  close(): Promise<void>;
}

const harnesses: readonly (readonly [string, () => Promise<SmsHarness>])[] = [
  ['vonage', vonageHarness],
  ['console', consoleHarness],
];

for (const [name, given] of harnesses) {
  describe(`the SMS sender ${name}`, () => {
    let harness: SmsHarness;
    beforeEach(async () => (harness = await given()));
    afterEach(() => harness.close());

    for (const text of [russian, english, 'а'.repeat(300)]) {
      it(`brings a text whole: ${text.slice(0, 12)}`, async () => {
        const sent = await harness.sender.send(phone, text, reference);

        assert.equal(sent.outcome, 'accepted');
        assert.deepEqual(await harness.received(), [text]);
      });
    }
  });
}

describe('the SMS sender vonage, in trouble', () => {
  let running: Running;
  let sender: SmsSender;
  beforeEach(async () => {
    running = await givenSimulators();
    sender = vonageSms({ ...vonage, url: running.url, from: 'Kabinet' }, 400);
  });
  afterEach(() => running.close());
  const order = (action: object) => running.post('/control/vonage/rules', { times: 1, action });

  const answers: readonly (readonly [object, string])[] = [
    [{ status: '1' }, 'not-attempted'],
    [{ status: '4' }, 'not-attempted'],
    [{ status: '5' }, 'not-attempted'],
    [{ status: '6' }, 'refused'],
    [{ status: '7' }, 'refused'],
    [{ status: '9' }, 'not-attempted'],
    [{ status: '33' }, 'refused'],
    [{ status: '99' }, 'unknown'],
    [{ http: 429 }, 'not-attempted'],
    [{ http: 400 }, 'refused'],
    [{ http: 500 }, 'unknown'],
    [{ reset: 'before' }, 'unknown'],
    [{ reset: 'after' }, 'unknown'],
    [{ hangMs: 3_000 }, 'unknown'],
  ];
  for (const [action, outcome] of answers) {
    it(`${JSON.stringify(action)} is ${outcome}, told without secrets`, async () => {
      await order(action);

      const start = performance.now();
      const sent = await sender.send(phone, russian, reference);

      assert.equal(sent.outcome, outcome);
      assert.ok(performance.now() - start < 2_000);
      assertTellsNothing(sent);
      if (sent.outcome === 'not-attempted') assert.ok(sent.retryAfterMs >= 100);
    });
  }

  it('a wrong secret sends nothing and gives nothing away', async () => {
    const stranger = vonageSms({
      ...vonage,
      apiSecret: 'wrong-secret',
      url: running.url,
      from: 'K',
    });

    const sent = await stranger.send(phone, russian, reference);

    assert.equal(sent.outcome, 'not-attempted');
    assertTellsNothing(sent, 'wrong-secret');
    assert.equal((await received(running)).length, 0);
  });

  it('an operator that is not there was not attempted', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const lost = vonageSms({ ...vonage, url, from: 'Kabinet' });

    assert.equal((await lost.send(phone, russian, reference)).outcome, 'not-attempted');
  });

  it('a reference too long is cut, and the next text goes on as before', async () => {
    const sent = await sender.send(phone, english, 'r'.repeat(100));

    assert.equal(sent.outcome, 'accepted');
    assert.match(sent.outcome === 'accepted' ? sent.reference : '', /^[0-9A-F]{16}$/);
  });

  it('does not begin when DEBUG would print what it sends', () => {
    const before = process.env['DEBUG'];
    try {
      for (const value of ['*', 'koa,vonage:*', 'koa vonage:sms']) {
        process.env['DEBUG'] = value;
        assert.throws(() => vonageSms({ ...vonage, url: running.url, from: 'K' }), /DEBUG/);
      }
    } finally {
      if (before === undefined) delete process.env['DEBUG'];
      else process.env['DEBUG'] = before;
    }
  });
});

function assertTellsNothing(told: unknown, ...secrets: string[]): void {
  const text = `${inspect(told, { depth: 20, showHidden: true })}${JSON.stringify(told)}`;
  const hidden = [
    '123456',
    '79990000001',
    vonage.apiKey,
    vonage.apiSecret,
    Buffer.from(`${vonage.apiKey}:${vonage.apiSecret}`).toString('base64'),
    ...secrets,
  ];
  for (const secret of hidden) assert.ok(!text.includes(secret), `${secret} in ${text}`);
}

async function received(running: Running): Promise<string[]> {
  const { items } = (await running.get('/phone/79990000001/messages.json')) as {
    items: { text: string }[];
  };
  return items.map(({ text }) => text);
}

async function vonageHarness(): Promise<SmsHarness> {
  const running = await givenSimulators();
  return {
    sender: vonageSms({ ...vonage, url: running.url, from: 'Kabinet' }),
    received: () => received(running),
    close: () => running.close(),
  };
}

async function consoleHarness(): Promise<SmsHarness> {
  const written: string[] = [];
  return {
    sender: consoleSms((text) => written.push(text)),
    received: async () =>
      written.map((text) =>
        text
          .replace(/^\nSMS to \+79990000001\n/, '')
          .replaceAll(/^ {2}/gm, '')
          .trimEnd(),
      ),
    close: async () => undefined,
  };
}
