import assert from 'node:assert/strict';
import { type BrokerUser, shardOf, type Vhost } from '../../../src/adapters/amqp/topology.ts';
import { InProcessBrokers } from '../../../src/adapters/in-process/in-process-broker.ts';
import type { Broker } from '../../../src/application/ports/broker.ts';
import { places } from '../../../src/adapters/amqp/places.ts';
import type { Passing } from '../../../src/domain/protection/traffic.ts';
import type { CustomerId } from '../../../src/domain/ids.ts';
import { gatewayRabbitmq, rabbitBroker } from '../../support/gateway-rabbitmq.ts';
import { waitFor } from '../../support/processes.ts';
import {
  anna,
  annasAccount,
  asking,
  givenLine,
  grantOf,
  type Line,
  randomness,
} from '../../support/gateway-world.ts';
import { ensureRabbitmq } from '../../support/rabbitmq.ts';
import { skipUnless } from '../../support/skips.ts';

const isPassedForAnna = ({ customer, passage }: Passing): boolean =>
  customer === anna && passage === 'passed';
/** Four of every shard: more at once than its queue has room for would be told that we are busy. */
const customers = [
  ...Map.groupBy(
    Array.from({ length: 1_000 }, () => randomness.id() as CustomerId),
    shardOf,
  ).values(),
].flatMap((ofShard) => ofShard.slice(0, 4));

const sharing = (openBroker: () => (vhost: Vhost, user: BrokerUser) => Promise<Broker>) => {
  let line: Line;
  let second: Awaited<ReturnType<Line['another']>>;
  beforeEach(async () => {
    line = await givenLine(openBroker(), [grantOf('ledger.read-account', 10_000)]);
    second = await line.another('gateway-2');
  });
  afterEach(async () => {
    await second.relay.stop();
    await line.close();
  });
  /** Nobody owns the account: refused by the gateway that saw it. Answers how many each one saw. */
  const askAll = async () => {
    const [first, other] = [line.seen.length, second.seen.length];
    const answers = await Promise.all(
      customers.map((customer) => line.questions.readAccount(annasAccount, asking(customer))),
    );
    const isAnswered = answers.every(({ outcome }) => outcome === 'not-found');
    return { shared: [line.seen.length - first, second.seen.length - other] as const, isAnswered };
  };
  /** Whoever takes customers over answers nothing that was asked before: it says busy, and then goes on. */
  const sharedNow = async () => {
    await waitFor('all to be answered', async () => (await askAll()).isAnswered);
    const { shared, isAnswered } = await askAll();
    assert.ok(isAnswered);
    return shared;
  };
  const share = async (gateways: readonly string[]) => {
    await Promise.all([line.relay.share(gateways), second.relay.share(gateways)]);
  };

  it('leave all work to the first until they hear of each other, then share it', async () => {
    assert.deepEqual(await sharedNow(), [64, 0]);

    await share(['gateway-1', 'gateway-2']);
    const [first, other] = await sharedNow();

    assert.equal(first + other, 64);
    assert.ok(first > 10 && other > 10, `${String(first)} and ${String(other)}`);
    await share(['gateway-1', 'gateway-2']);
    assert.deepEqual(await sharedNow(), [first, other], 'nothing moves without need');
  });

  it('do all work alone when the other goes', async () => {
    await share(['gateway-1', 'gateway-2']);
    await line.relay.stop();

    assert.deepEqual(await sharedNow(), [0, 64]);
  });

  it('believe no question again that the other one had, whoever takes over', async () => {
    await share(['gateway-1', 'gateway-2']);
    await line.ownership.learn({ accountId: annasAccount, customerId: anna, version: 1 });
    await waitFor('anna to be answered', async () => {
      return (await line.questions.readAccount(annasAccount, asking(anna))).outcome === 'fresh';
    });
    line.seen.length = second.seen.length = line.accounting.reads = 0;
    const asked = line.portalWriter.write(
      {
        type: 'ledger.read-account',
        subject: anna,
        data: { accountId: annasAccount },
        assertion: await line.assertionFor(anna),
      },
      places.query(anna),
    );
    const passed = () => [...line.seen, ...second.seen].filter(isPassedForAnna).length;
    await line.brokers.portal.publish(asked);
    await waitFor('the answer', () => passed() === 1);

    const served = line.seen.some(isPassedForAnna) ? line.relay : second.relay;
    await served.stop();
    await line.brokers.portal.publish(asked);
    await waitFor('the replay to be refused', () => {
      return [...line.seen, ...second.seen].some(({ passage }) => passage === 'refused');
    });

    assert.equal(passed(), 1);
    assert.equal(line.accounting.reads, 1);
  });

  it('listen to no list that they are not in', async () => {
    await share(['gateway-3']);

    assert.deepEqual(await sharedNow(), [64, 0]);
  });
};

describe('Two gateways › in one process', () => {
  sharing(() => {
    const brokers = new InProcessBrokers({ pickUpMs: 500, verdictMs: 2_000, againMs: 1 });
    return (vhost, user) => Promise.resolve(brokers.broker(vhost, user));
  });
});

describe('Two gateways › RabbitMQ', function () {
  this.timeout(120_000);
  before(async function () {
    skipUnless(this, await ensureRabbitmq());
    await gatewayRabbitmq();
  });
  sharing(() => (vhost, user) => rabbitBroker(vhost, user));
});
