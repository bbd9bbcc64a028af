import assert from 'node:assert/strict';
import { commandSender } from '../../../src/adapters/amqp/portal-line.ts';
import { type BrokerUser, shardOf, type Vhost } from '../../../src/adapters/amqp/topology.ts';
import { InProcessBrokers } from '../../../src/adapters/in-process/in-process-broker.ts';
import { raiseIncident } from '../../../src/application/gateway/raise-incident.ts';
import { watchDeadLetters } from '../../../src/application/gateway/watch-dead-letters.ts';
import type { Broker } from '../../../src/application/ports/broker.ts';
import { instant, later, minute } from '../../../src/domain/time.ts';
import { emptyQueues, gatewayRabbitmq, rabbitBroker } from '../../support/gateway-rabbitmq.ts';
import {
  anna,
  givenLine,
  grantOf,
  type Line,
  outgoing,
  recordPayment,
} from '../../support/gateway-world.ts';
import { waitFor } from '../../support/processes.ts';
import { ensureRabbitmq } from '../../support/rabbitmq.ts';
import { skipUnless } from '../../support/skips.ts';

type OpenBroker = (vhost: Vhost, user: BrokerUser) => Promise<Broker>;

/** A line whose inside fails at every delivery, and the gateway's watch over what becomes of that. */
const givenFailingInside = async (openBroker: OpenBroker) => {
  const line = await givenLine(openBroker, [grantOf('ledger.record-payment', 100)]);
  await line.stopInside();
  const command = outgoing('command', 'ledger.record-payment', recordPayment());
  let deliveries = 0;
  await line.brokers.inside.consume(`core.ledger.c.${shardOf(anna)}`, 1, () => {
    deliveries += 1;
    return Promise.reject(new Error('a bug'));
  });
  let now = instant(Date.now());
  const clock = { now: () => now };
  const waiting = () => line.brokers.gatewayIn.waiting('core.dead');
  const raise = raiseIncident(line.incidents, clock);
  return {
    line,
    send: () => commandSender(line.brokers.portal, line.portalWriter)(command),
    deliveries: () => deliveries,
    untilWaiting: (count: number) =>
      waitFor(`${String(count)} dead letters`, async () => (await waiting()) === count),
    look: watchDeadLetters({ queue: 'core.dead', waiting }, line.incidents, raise, clock),
    passMinute: () => {
      now = later(now, minute);
    },
  };
};

const incidentsOf = async ({ incidents }: Line): Promise<readonly string[]> =>
  (await incidents.list(5)).map(
    ({ detector, target, state, evidence }) => `${detector} ${target} ${state}: ${evidence}`,
  );

const failing = (openBroker: () => OpenBroker) => {
  it('become an incident when a consumer failed at each of the deliveries', async () => {
    const { line, look, ...given } = await givenFailingInside(openBroker());
    await look();
    assert.deepEqual(await incidentsOf(line), []);

    await given.send();
    await given.untilWaiting(1);
    await look();

    assert.equal(given.deliveries(), 6);
    assert.deepEqual(await incidentsOf(line), ['dead-letter core.dead open: 1 in core.dead']);
    await line.close();
  });
};

describe('Dead letters › in one process', () => {
  failing(() => {
    const brokers = new InProcessBrokers({ pickUpMs: 2_000, verdictMs: 5_000, againMs: 1 });
    return (vhost, user) => Promise.resolve(brokers.broker(vhost, user));
  });
});

describe('Dead letters › RabbitMQ', function () {
  this.timeout(120_000);
  before(async function () {
    skipUnless(this, await ensureRabbitmq());
    await gatewayRabbitmq();
  });
  beforeEach(() => emptyQueues('gw.dead', 'core.dead'));
  after(() => emptyQueues('gw.dead', 'core.dead'));
  failing(() => (vhost, user) => rabbitBroker(vhost, user));

  it('are over once the operator has emptied their queue', async () => {
    const { line, look, ...given } = await givenFailingInside((vhost, user) =>
      rabbitBroker(vhost, user),
    );
    await given.send();
    await given.untilWaiting(1);
    await look();

    await emptyQueues('core.dead');
    await given.untilWaiting(0);
    given.passMinute();
    await look();

    assert.deepEqual(await incidentsOf(line), ['dead-letter core.dead resolved: 1 in core.dead']);
    await line.close();
  });
});
