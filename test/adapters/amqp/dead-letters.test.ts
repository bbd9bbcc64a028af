import assert from 'node:assert/strict';
import {
  type DeadLetter,
  type Fate,
  goOverDeadLetters,
} from '../../../src/adapters/amqp/dead-letters.ts';
import { developmentPasswords } from '../../../src/adapters/amqp/definitions.ts';
import { eventSender, serveInside } from '../../../src/adapters/amqp/connector-line.ts';
import { messageReader } from '../../../src/adapters/amqp/message-reader.ts';
import { commandSender } from '../../../src/adapters/amqp/portal-line.ts';
import { type BrokerUser, shardOf, type Vhost } from '../../../src/adapters/amqp/topology.ts';
import { InProcessBrokers } from '../../../src/adapters/in-process/in-process-broker.ts';
import { raiseIncident } from '../../../src/application/gateway/raise-incident.ts';
import { watchDeadLetters } from '../../../src/application/gateway/watch-dead-letters.ts';
import type { Broker, WireMessage } from '../../../src/application/ports/broker.ts';
import { redriveLetter } from '../../../src/application/redrive-letter.ts';
import { publishOutbox } from '../../../src/application/publish-outbox.ts';
import { MemoryOutbox } from '../../../src/adapters/memory/memory-outbox.ts';
import { MemoryWakeups } from '../../../src/adapters/memory/memory-wakeups.ts';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';
import { ok } from '../../../src/domain/result.ts';
import { instant, later, minute } from '../../../src/domain/time.ts';
import { emptyQueues, gatewayRabbitmq, rabbitBroker } from '../../support/gateway-rabbitmq.ts';
import {
  accountChanged,
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
  const stopFailing = await line.brokers.inside.consume(`core.ledger.c.${shardOf(anna)}`, 1, () => {
    deliveries += 1;
    return Promise.reject(new Error('a bug'));
  });
  let now = instant(Date.now());
  const clock = { now: () => now };
  const waiting = () => line.brokers.gatewayIn.waiting('core.dead');
  const raise = raiseIncident(line.incidents, clock);
  return {
    line,
    command,
    stopFailing,
    send: () => commandSender(line.brokers.portal, line.portalWriter)(command),
    deliveries: () => deliveries,
    untilWaiting: (count: number) =>
      waitFor(`${String(count)} dead letters`, async () => (await waiting()) === count),
    look: watchDeadLetters(
      { queue: 'core.dead', waiting },
      line.incidents,
      raise,
      () => undefined,
      clock,
    ),
    passMinute: () => {
      now = later(now, minute);
    },
  };
};

const incidentsOf = async ({ incidents }: Line): Promise<readonly string[]> =>
  (await incidents.list(5)).map(
    ({ detector, target, state, evidence }) => `${detector} ${target} ${state}: ${evidence}`,
  );

/** What a letter died of is mended: the inside takes commands as ever. */
const serveAgain = ({ line }: Awaited<ReturnType<typeof givenFailingInside>>) =>
  serveInside({
    broker: line.brokers.inside,
    reader: messageReader(line.rings.accounting),
    writer: line.insideWriter,
    accounting: line.accounting,
    clock: systemClock,
    report: (error) => void line.trouble.push(error),
  });

const failing = (
  openBroker: () => OpenBroker,
  letterOf: (vhost: Vhost) => Promise<WireMessage>,
) => {
  it('are said again by their source, and done once however often', async () => {
    const given = await givenFailingInside(openBroker());
    const { line, command } = given;
    await given.send();
    await given.untilWaiting(1);
    const letter = await letterOf('core');
    await given.stopFailing();
    const stopServing = await serveAgain(given);
    const carried: string[] = [];
    const { recordPayment: record } = line.accounting;
    line.accounting.recordPayment = (said) => {
      carried.push(said.idempotencyKey);
      return record.call(line.accounting, said);
    };

    const outbox = new MemoryOutbox(new MemoryWakeups());
    const send = commandSender(line.brokers.portal, line.portalWriter);
    const publish = publishOutbox(outbox, { command: send }, systemClock);
    const redrive = redriveLetter('portal', messageReader(line.rings.portal), outbox, systemClock);
    for (const _ of ['once', 'and again']) {
      assert.deepEqual(await redrive(letter), ok(command.id));
      await publish();
    }
    await waitFor('both', () => carried.length === 2);

    assert.deepEqual(carried, [command.id, command.id], 'under the same key');
    assert.equal(line.accounting.effects.size, 1);
    assert.deepEqual(line.trouble, []);
    await stopServing();
    await line.close();
  });

  it('of the inside are told again by it, once while they wait', async () => {
    const line = await givenLine(openBroker(), []);
    const taken: (string | undefined)[] = [];
    let isBroken = true;
    await line.brokers.portal.consume('gw.evt.portal', 1, (message) => {
      if (isBroken) return Promise.resolve('dead');
      const read = line.portalReader.read(message);
      taken.push(read.ok ? read.value.causationId : read.refusal.why);
      return Promise.resolve('done');
    });
    const tell = eventSender(line.brokers.inside, line.insideWriter);
    await tell(outgoing('event', 'ledger.account-changed', accountChanged()));
    const waiting = () => line.brokers.gatewayOut.waiting('gw.dead');
    await waitFor('the dead letter', async () => (await waiting()) === 1);
    const letter = await letterOf('portal');
    isBroken = false;

    const outbox = new MemoryOutbox(new MemoryWakeups());
    const reader = messageReader(line.rings.accounting);
    const redrive = redriveLetter('accounting', reader, outbox, systemClock);
    assert.deepEqual(await redrive(letter), ok(letter.messageId));
    await redrive(letter);
    await publishOutbox(outbox, { event: tell }, systemClock)();
    await waitFor('the event', () => taken.length > 0);

    assert.deepEqual(taken, [letter.messageId], 'it names the one it is told again for');
    await line.close();
  });

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
  let brokers: InProcessBrokers;
  failing(
    () => {
      brokers = new InProcessBrokers({ pickUpMs: 2_000, verdictMs: 5_000, againMs: 1 });
      return (vhost, user) => Promise.resolve(brokers.broker(vhost, user));
    },
    (vhost) => Promise.resolve(brokers.dead(vhost)[0]!),
  );
});

describe('Dead letters › RabbitMQ', function () {
  this.timeout(120_000);
  before(async function () {
    skipUnless(this, await ensureRabbitmq());
    await gatewayRabbitmq();
  });
  beforeEach(() => emptyQueues('gw.dead', 'core.dead'));
  after(() => emptyQueues('gw.dead', 'core.dead'));
  const address = async (vhost: Vhost) => {
    const { url } = await gatewayRabbitmq();
    return url('deployer', developmentPasswords.deployer, vhost);
  };
  failing(
    () => (vhost, user) => rabbitBroker(vhost, user),
    async (vhost) => {
      const letters: WireMessage[] = [];
      await goOverDeadLetters(await address(vhost), vhost, ({ message }) => {
        letters.push(message);
        return Promise.resolve('remove');
      });
      return letters[0]!;
    },
  );

  it('are shown as they were before they died, and stay until they are removed', async () => {
    const { line, ...given } = await givenFailingInside((vhost, user) => rabbitBroker(vhost, user));
    await given.send();
    await given.send();
    await given.untilWaiting(2);
    const seen: DeadLetter[] = [];
    const look = async (decide: () => Promise<Fate>) =>
      goOverDeadLetters(await address('core'), 'core', (letter) => {
        seen.push(letter);
        return decide();
      });

    for (let times = 0; times < 3; times += 1) {
      assert.equal(await look(() => Promise.resolve('keep')), 2);
    }
    await assert.rejects(look(() => Promise.reject(new Error('a mistake'))));
    let count = 0;
    const removeOne = () => Promise.resolve((count += 1) === 1 ? 'remove' : 'keep');
    await look(removeOne as () => Promise<Fate>);
    await given.untilWaiting(1);

    const [{ message, queue, reason } = assert.fail()] = seen;
    assert.match(`${queue} ${reason}`, /^core\.ledger\.c\.0. delivery_limit$/);
    const read = messageReader(line.rings.portal).read(message);
    assert.ok(read.ok, JSON.stringify(read));
    assert.equal(read.value.idempotencyKey, given.command.id);
    assert.equal(read.value.carriedBy, 'gateway-1');
    await line.close();
  });

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
    await look();

    assert.deepEqual(await incidentsOf(line), ['dead-letter core.dead resolved: 1 in core.dead']);
    await line.close();
  });
});
