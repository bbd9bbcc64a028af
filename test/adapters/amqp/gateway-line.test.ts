import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { eventSender } from '../../../src/adapters/amqp/connector-line.ts';
import { places } from '../../../src/adapters/amqp/places.ts';
import { commandSender, consumeEvents } from '../../../src/adapters/amqp/portal-line.ts';
import type { BrokerUser, Vhost } from '../../../src/adapters/amqp/topology.ts';
import { queues } from '../../../src/adapters/amqp/topology.ts';
import { InProcessBrokers } from '../../../src/adapters/in-process/in-process-broker.ts';
import type { Broker } from '../../../src/application/ports/broker.ts';
import type { AccountChanged } from '../../../src/application/ports/inside-messages.ts';
import { emptyQueues, gatewayRabbitmq, rabbitBroker } from '../../support/gateway-rabbitmq.ts';
import {
  accountChanged,
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
import { ensureRabbitmq } from '../../support/rabbitmq.ts';
import { skipUnless } from '../../support/skips.ts';

const until = async (condition: () => boolean): Promise<void> => {
  for (const end = Date.now() + 5_000; !condition(); await pause(5)) {
    assert.ok(Date.now() < end, 'nothing happened for 5 s');
  }
};

const lineBehaviour = (openBroker: () => (vhost: Vhost, user: BrokerUser) => Promise<Broker>) => {
  let line: Line;
  beforeEach(async () => {
    line = await givenLine(openBroker(), [
      grantOf('ledger.read-account', 4),
      grantOf('ledger.record-payment', 1_000),
    ]);
    await line.ownership.learn({ accountId: annasAccount, customerId: anna, version: 1 });
  });
  afterEach(() => line.close());

  it('answers a question with fresh figures', async () => {
    const answer = await line.questions.readAccount(annasAccount, asking(anna));

    assert.equal(answer.outcome, 'fresh');
    assert.equal(answer.outcome === 'fresh' && answer.change.account.balance.minor, -125050n);
    assert.deepEqual(line.trouble, []);
  });

  it('says busy above the budget, and answers again when there is room', async () => {
    line.accounting.answerAfterMs = 30;

    const answers = await Promise.all(
      Array.from({ length: 12 }, () => line.questions.readAccount(annasAccount, asking(anna))),
    );
    const fresh = answers.filter(({ outcome }) => outcome === 'fresh').length;
    await pause(300);
    const later = await line.questions.readAccount(annasAccount, asking(anna));

    assert.ok(fresh >= 1 && fresh <= 7, `${String(fresh)} of 12 got through`);
    const busy = answers.find((answer) => answer.outcome === 'busy');
    assert.ok(busy?.outcome === 'busy' && busy.retryAfterMs > 0);
    assert.equal(later.outcome, 'fresh');
    assert.equal(line.underWay('ledger.read-account'), 0);
  });

  it('answers a question for somebody else’s account as for one that is not there', async () => {
    const foreign = await line.questions.readAccount(annasAccount, asking(boris));
    const unknown = await line.questions.readAccount(
      randomness.id() as typeof annasAccount,
      asking(boris),
    );

    assert.deepEqual(foreign, { outcome: 'not-found' });
    assert.deepEqual(unknown, foreign);
    const [incident] = await signsOf(line);
    assert.equal(incident?.key, `foreign-object:${boris}`);
    assert.equal(incident.severity, 'S3');
  });

  it('has one effect of a command that is sent twice', async () => {
    const send = commandSender(line.brokers.portal, line.portalWriter);
    const command = outgoing('command', 'ledger.record-payment', recordPayment());

    assert.equal(await send(command), 'done');
    assert.equal(await send(command), 'done');
    await until(() => line.accounting.calls === 2);

    assert.equal(line.accounting.effects.size, 1);
    assert.deepEqual(line.trouble, []);
  });

  it('lets no other command through under a used key', async () => {
    const send = commandSender(line.brokers.portal, line.portalWriter);
    const command = outgoing('command', 'ledger.record-payment', recordPayment());
    const other = outgoing('command', 'ledger.record-payment', recordPayment());

    await send(command);
    await send({ ...other, id: command.id });
    await until(() => line.accounting.calls === 1);
    await pause(50);

    assert.equal(line.accounting.calls, 1);
    assert.equal((await signsOf(line))[0]?.detector, 'replay');
  });

  it('takes events to the portal in their order and learns who owns what', async () => {
    const taken: AccountChanged[] = [];
    const stop = await consumeEvents(line.brokers.portal, line.portalReader, {
      customerChanged: () => Promise.resolve(),
      accountChanged: async (event) => {
        await pause(Math.random() * 10);
        taken.push(event);
      },
    });
    const send = eventSender(line.brokers.inside, line.insideWriter);
    const account = randomness.id() as typeof annasAccount;

    for (const version of [1, 2, 3, 4, 5]) {
      const change = accountChanged({ accountId: account, version });
      await send(outgoing('event', 'ledger.account-changed', change));
    }
    await until(() => taken.length === 5);
    await stop();

    assert.deepEqual(
      taken.map(({ version }) => version),
      [1, 2, 3, 4, 5],
    );
    assert.equal(await line.ownership.ownerOf(account), anna);
    assert.deepEqual(line.trouble, []);
  });

  it('tells an account with more operations than fit into one message in several', async () => {
    const operations = Array.from({ length: 150 }, () => ({
      id: randomness.id(),
      postedAt: '2026-11-22T10:00:00.000Z',
      kind: 'charge',
      amount: { minor: '-100', currency: 'RUB' },
      description: 'Я'.repeat(900),
    }));
    const ids: string[] = [];
    const stop = await consumeEvents(line.brokers.portal, line.portalReader, {
      customerChanged: () => Promise.resolve(),
      accountChanged: (event) => {
        ids.push(...event.operations.map(({ id }) => id));
        return Promise.resolve();
      },
    });
    const send = eventSender(line.brokers.inside, line.insideWriter);

    await send(outgoing('event', 'ledger.account-changed', accountChanged({ operations })));
    await until(() => ids.length === 150);
    await stop();

    assert.deepEqual(
      ids,
      operations.map(({ id }) => id),
    );
  });

  it('believes no message that somebody else signed, and raises one incident for many', async () => {
    const forged = () => {
      const command = {
        ...line.portalWriter.write(
          {
            type: 'ledger.record-payment',
            subject: anna,
            data: recordPayment(),
            idempotencyKey: randomness.id(),
          },
          places.command(anna),
        ),
      };
      return { ...command, body: Buffer.from(command.body.toString().replace('50000', '90000')) };
    };

    await Promise.all([1, 2, 3].map(() => line.brokers.portal.publish(forged())));
    let incidents = await signsOf(line);
    for (; incidents[0]?.sightings !== 3; incidents = await signsOf(line)) await pause(5);

    assert.equal(incidents.length, 1);
    assert.equal(incidents[0].key, 'bad-signature:portal');
    assert.equal(incidents[0].severity, 'S1');
    assert.equal(line.accounting.calls, 0);
  });

  it('answers a question once, and calls the same question again a replay', async () => {
    const draft = {
      type: 'ledger.read-account',
      subject: anna,
      assertion: await line.assertionFor(anna),
      data: { accountId: annasAccount },
    } as const;
    const question = line.portalWriter.write(draft, places.query(anna));

    await line.brokers.portal.publish(question);
    await line.brokers.portal.publish(question);
    let incidents = await signsOf(line);
    for (; incidents.length === 0; incidents = await signsOf(line)) await pause(5);

    assert.equal(incidents[0]?.key, 'replay:portal-1');
  });

  it('answers no question for an account that who signs customers in does not name', async () => {
    line.claimed.length = 0;

    const answer = await line.questions.readAccount(annasAccount, asking(anna));

    assert.deepEqual(answer, { outcome: 'not-found' });
    assert.equal((await signsOf(line))[0]?.key, `foreign-object:${anna}`);
  });

  it('answers no question that the portal asks for somebody who is not signed in', async () => {
    const draft = {
      type: 'ledger.read-account',
      subject: anna,
      assertion: await line.assertionFor(boris),
      data: { accountId: annasAccount },
    } as const;

    await line.brokers.portal.publish(line.portalWriter.write(draft, places.query(anna)));
    let incidents = await signsOf(line);
    for (; incidents.length === 0; incidents = await signsOf(line)) await pause(5);

    assert.equal(incidents[0]?.key, `foreign-object:${anna}`);
    assert.equal(line.underWay('ledger.read-account'), 0);
  });
};

describe('The line through the gateway › in one process', () => {
  lineBehaviour(() => {
    const brokers = new InProcessBrokers({ pickUpMs: 500, verdictMs: 2_000, againMs: 1 });
    return (vhost, user) => Promise.resolve(brokers.broker(vhost, user));
  });
});

describe('The line through the gateway › RabbitMQ with the committed definitions', function () {
  this.timeout(120_000);
  before(async function () {
    skipUnless(this, await ensureRabbitmq());
    await gatewayRabbitmq();
    await emptyQueues(...queues.filter(({ kind }) => kind === 'dead').map(({ name }) => name));
  });
  lineBehaviour(() => (vhost, user) => rabbitBroker(vhost, user));
});
