import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { eventSender } from '../../../src/adapters/amqp/connector-line.ts';
import { places } from '../../../src/adapters/amqp/places.ts';
import { commandSender } from '../../../src/adapters/amqp/portal-line.ts';
import { InProcessBrokers } from '../../../src/adapters/in-process/in-process-broker.ts';
import { Outage } from '../../../src/application/ports/outage.ts';
import {
  anna,
  annasAccount,
  asking,
  boris,
  givenLine,
  grantOf,
  type Line,
  outgoing,
  randomness,
  recordPayment,
  signsOf,
} from '../../support/gateway-world.ts';

const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  for (const end = Date.now() + 5_000; !(await condition()); await pause(5)) {
    assert.ok(Date.now() < end, 'nothing happened for 5 s');
  }
};

describe('The line through the gateway, in trouble', () => {
  let brokers: InProcessBrokers;
  let line: Line;
  beforeEach(async () => {
    brokers = new InProcessBrokers({ pickUpMs: 200, verdictMs: 3_000, againMs: 1 });
    line = await givenLine(
      (vhost, user) => Promise.resolve(brokers.broker(vhost, user)),
      [grantOf('ledger.read-account', 100), grantOf('ledger.record-payment', 2)],
    );
    await line.ownership.learn({ accountId: annasAccount, customerId: anna, version: 1 });
  });
  afterEach(() => line.close());

  const lettersTold = async () =>
    (await line.incidents.list(20))
      .filter(({ detector }) => detector === 'dead-letter')
      .map(({ key }) => key);

  it('holds commands above the budget instead of losing them', async () => {
    const send = commandSender(line.brokers.portal, line.portalWriter);
    const commands = Array.from({ length: 5 }, () =>
      outgoing('command', 'ledger.record-payment', recordPayment()),
    );

    await Promise.all(commands.map((command) => send(command)));

    assert.equal(line.accounting.effects.size, 5);
    assert.deepEqual(brokers.dead('portal'), []);
  });

  it('holds a command while the accounting is away, and does it once it is back', async () => {
    const recordPaymentNow = line.accounting.recordPayment.bind(line.accounting);
    let outages = 2;
    line.accounting.recordPayment = (command) => {
      outages -= 1;
      return outages >= 0 ? Promise.reject(new Outage('books away')) : recordPaymentNow(command);
    };
    const send = commandSender(line.brokers.portal, line.portalWriter);

    await send(outgoing('command', 'ledger.record-payment', recordPayment()));
    await until(() => line.accounting.effects.size === 1);

    assert.equal(line.trouble.length, 1);
    assert.deepEqual(brokers.dead('core'), []);
  });

  it('says busy when the accounting cannot answer, and keeps no place in the budget', async () => {
    line.accounting.readAccount = () => Promise.reject(new Outage('books away'));

    const answer = await line.questions.readAccount(annasAccount, asking(anna));

    assert.deepEqual(answer, { outcome: 'busy', retryAfterMs: 1_000 });
    assert.equal(line.underWay('ledger.read-account'), 0);
  });

  it('says busy when the inside’s queue is gone', async () => {
    const { publish } = line.brokers.gatewayIn;
    line.brokers.gatewayIn.publish = () => Promise.reject(new Outage('broker away'));

    const answer = await line.questions.readAccount(annasAccount, asking(anna));

    line.brokers.gatewayIn.publish = publish;
    assert.deepEqual(answer, { outcome: 'busy', retryAfterMs: 1_000 });
    assert.equal(line.underWay('ledger.read-account'), 0);
  });

  it('says busy at once when the gateway’s queue is full or gone', async () => {
    const { publish } = line.brokers.portal;
    line.brokers.portal.publish = () => Promise.resolve('full');
    const full = await line.questions.readAccount(annasAccount, asking(anna));
    line.brokers.portal.publish = () => Promise.reject(new Outage('broker away'));
    const gone = await line.questions.readAccount(annasAccount, asking(anna));

    line.brokers.portal.publish = publish;
    assert.equal(full.outcome, 'busy');
    assert.equal(gone.outcome, 'busy');
  });

  it('says busy after three seconds of silence, and drops the answer that comes too late', async () => {
    line.accounting.answerAfterMs = 3_100;

    const began = Date.now();
    const answer = await line.questions.readAccount(annasAccount, asking(anna));
    const waitedMs = Date.now() - began;
    await pause(300);

    assert.equal(answer.outcome, 'busy');
    assert.ok(waitedMs >= 2_900 && waitedMs < 3_600, `waited ${String(waitedMs)} ms`);
    assert.equal(line.underWay('ledger.read-account'), 0);
  });

  it('turns a greedy customer away before it looks at a signature, others not', async () => {
    line.budgets.grant({
      ...grantOf('ledger.read-account', 100),
      seq: 2,
      customer: { perSecond: 0.1, burst: 1 },
    });
    const first = await line.questions.readAccount(annasAccount, asking(anna));
    const read = line.portalWriter.write(
      { type: 'ledger.read-account', subject: anna, data: { accountId: annasAccount } },
      places.query(anna),
    );
    await line.brokers.portal.publish({ ...read, headers: { kid: 'nobody', sig: 'none' } });
    const second = await line.questions.readAccount(annasAccount, asking(anna));
    const others = await line.questions.readAccount(annasAccount, asking(boris));

    assert.equal(first.outcome, 'fresh');
    assert.ok(second.outcome === 'busy' && second.retryAfterMs > 9_000);
    assert.equal(others.outcome, 'not-found');
    const seen = line.seen.map(({ customer, passage }) => [customer, passage]);
    assert.deepEqual(seen, [
      [anna, 'passed'],
      [anna, 'busy'],
      [anna, 'busy'],
      [boris, 'refused'],
    ]);
    assert.deepEqual(
      (await signsOf(line)).map(({ detector }) => detector),
      ['foreign-object'],
    );
  });

  it('lets no question wait in vain when the budget is shut meanwhile', async () => {
    line.accounting.answerAfterMs = 100;
    const narrow = { ...grantOf('ledger.read-account', 100, 1), seq: 2 };
    line.budgets.grant(narrow);
    const asked = [1, 2, 3].map(() => line.questions.readAccount(annasAccount, asking(anna)));
    await until(() => line.accounting.reads === 1);
    line.budgets.grant({ ...narrow, seq: 3, mode: 'closed' });

    const outcomes = (await Promise.all(asked)).map(({ outcome }) => outcome);
    assert.deepEqual(outcomes.toSorted(), ['busy', 'busy', 'fresh']);
    assert.equal(line.underWay('ledger.read-account'), 0);
  });

  it('puts a command for somebody else’s account aside for people', async () => {
    const send = commandSender(line.brokers.portal, line.portalWriter);

    await send(outgoing('command', 'ledger.record-payment', recordPayment(), boris));

    assert.equal(line.accounting.calls, 0);
    assert.equal(brokers.dead('portal').length, 1);
    assert.equal((await signsOf(line))[0]?.detector, 'foreign-object');
    assert.deepEqual(await lettersTold(), ['dead-letter:gw.dead'], 'as whoever counts them says');
  });

  it('raises incidents on questions, replies and events that nobody signed', async () => {
    const draft = { type: 'ledger.read-account', subject: anna, data: { accountId: annasAccount } };
    const question = line.portalWriter.write(
      { ...draft, type: 'ledger.read-account', assertion: 'not.looked.at' },
      places.query(anna),
    );
    const forged = { kid: 'nobody', sig: 'none' };
    const fromInside = { ...question, userId: 'connector', headers: forged };

    await line.brokers.portal.publish({ ...question, headers: forged });
    await line.brokers.inside.publish({ ...fromInside, ...places.replyInside('gateway-1') });
    await line.brokers.inside.publish({ ...fromInside, ...places.eventInside, durable: true });

    await until(async () => (await signsOf(line)).length === 2);
    const keys = (await signsOf(line)).map(({ key, sightings }) => `${key} ${String(sightings)}`);
    assert.deepEqual(keys.toSorted(), ['bad-signature:connector 2', 'bad-signature:portal 1']);
    const size = String(question.body.length);
    const [inside, portal] = [`bad-signature:connector ${size}`, `bad-signature:portal ${size}`];
    assert.deepEqual(line.kept.toSorted(), [inside, inside, portal], 'and keeps their bodies');
    await until(async () => (await lettersTold()).join() === 'dead-letter:core.dead');
  });

  it('refuses to send what is no command or event, and drops what is for nobody', async () => {
    const send = commandSender(line.brokers.portal, line.portalWriter);
    const tell = eventSender(line.brokers.inside, line.insideWriter);
    const command = outgoing('command', 'ledger.record-payment', recordPayment());

    await assert.rejects(tell(command), /is no event/);
    await assert.rejects(send({ ...command, body: '{"type":"sms"}' }), /is no command/);
    assert.equal(await send({ ...command, customerId: undefined }), 'done');
    assert.equal(await tell({ ...command, customerId: undefined }), 'done');
    assert.equal(line.accounting.calls, 0);
  });

  it('asks to come again when the queue for commands is full', async () => {
    const { publish } = line.brokers.portal;
    line.brokers.portal.publish = () => Promise.resolve('full');
    const send = commandSender(line.brokers.portal, line.portalWriter);
    const command = {
      ...outgoing('command', 'ledger.record-payment', recordPayment()),
      id: randomness.id(),
    };

    await assert.rejects(send(command), { name: 'TooBusy' });

    line.brokers.portal.publish = publish;
  });
});
