import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { openAmqpBroker } from '../../src/adapters/amqp/amqp-broker.ts';
import { InProcessBrokers } from '../../src/adapters/in-process/in-process-broker.ts';
import type { WireMessage } from '../../src/application/ports/broker.ts';
import { emptyQueues, gatewayRabbitmq, rabbitBroker } from '../support/gateway-rabbitmq.ts';
import { ensureRabbitmq } from '../support/rabbitmq.ts';
import { skipUnless } from '../support/skips.ts';
import { aCommand, brokerContract, type World } from './broker-contract.ts';

describe('Broker › in one process', () => {
  const brokers = (): World => {
    const world = new InProcessBrokers({ pickUpMs: 200, verdictMs: 400, againMs: 1 });
    // Async, so that a refused connection is a rejected promise.
    return { open: async (vhost, user) => Promise.resolve(world.broker(vhost, user)) };
  };
  let world = brokers();
  beforeEach(() => {
    world = brokers();
  });
  brokerContract({ open: (vhost, user) => world.open(vhost, user) });

  it('throws an outage when nobody takes a durable message up, and then forgets it', async () => {
    const portal = await world.open('portal', 'portal');
    const gateway = await world.open('portal', 'gateway');

    await assert.rejects(portal.publish(aCommand()), { name: 'Outage' });
    let times = 0;
    await gateway.consume('gw.c.00', 1, () => {
      times += 1;
      return Promise.resolve('done');
    });
    await pause(20);

    assert.equal(times, 0);
  });

  it('throws an outage when who took a durable message up gives no verdict', async () => {
    const portal = await world.open('portal', 'portal');
    const gateway = await world.open('portal', 'gateway');
    await gateway.consume('gw.c.00', 1, async () => {
      await pause(500);
      return 'done';
    });

    await assert.rejects(portal.publish(aCommand()), { name: 'Outage' });
  });

  it('keeps dead messages where they can be looked at', async () => {
    const brokers = new InProcessBrokers();
    await brokers.broker('portal', 'gateway').consume('gw.c.00', 1, () => Promise.resolve('dead'));
    const sent = aCommand();

    await brokers.broker('portal', 'portal').publish(sent);

    assert.deepEqual(brokers.dead('portal'), [sent]);
  });
});

describe('Broker › RabbitMQ', function () {
  this.timeout(120_000);
  before(async function () {
    skipUnless(this, await ensureRabbitmq());
    await gatewayRabbitmq();
  });
  afterEach(() => emptyQueues('gw.c.00', 'gw.q.hi.00', 'gw.evt.portal'));
  brokerContract({ open: (vhost, user) => rabbitBroker(vhost, user) });

  it('puts dead messages into the dead-letter queue', async () => {
    const portal = await rabbitBroker('portal', 'portal');
    const gateway = await rabbitBroker('portal', 'gateway');
    const { ctl } = await gatewayRabbitmq();
    const depth = async () =>
      /gw\.dead\t(\d+)/.exec(await ctl('list_queues', '-p', 'portal', 'name', 'messages'))?.[1];
    await emptyQueues('gw.dead');
    await gateway.consume('gw.c.00', 1, () => Promise.resolve('dead'));

    await portal.publish(aCommand());
    for (const end = Date.now() + 10_000; Date.now() < end && (await depth()) !== '1';) {
      await pause(100);
    }

    assert.equal(await depth(), '1');
    await Promise.all([portal.close(), gateway.close()]);
  });

  it('goes on by itself after all its connections were lost, and after a refused publish', async () => {
    const portal = await rabbitBroker('portal', 'portal');
    const gateway = await rabbitBroker('portal', 'gateway');
    const { ctl } = await gatewayRabbitmq();
    const taken = new Set<string>();
    await gateway.consume('gw.c.00', 5, ({ messageId }) => {
      taken.add(messageId);
      return Promise.resolve('done');
    });
    const untilTaken = async (message: WireMessage): Promise<void> => {
      for (const end = Date.now() + 15_000; !taken.has(message.messageId); await pause(50)) {
        assert.ok(Date.now() < end, 'nothing came for 15 s');
        await portal.publish(message).catch(() => undefined);
      }
    };

    await ctl('close_all_connections', 'a drill');
    await untilTaken(aCommand());
    await assert.rejects(portal.publish({ ...aCommand(), exchange: 'gw.out' }));
    await untilTaken(aCommand());

    await Promise.all([portal.close(), gateway.close()]);
  });

  it('says in one sentence, without the password, why it cannot connect', async () => {
    const { port, url } = await gatewayRabbitmq();
    const expected = `cannot connect to RabbitMQ at amqp://portal@127.0.0.1:${String(port)}/portal`;

    await assert.rejects(openAmqpBroker(url('portal', 'a-wrong-one', 'portal')), (error: Error) => {
      assert.ok(error.message.startsWith(expected), error.message);
      assert.ok(!error.message.includes('a-wrong-one'));
      return true;
    });
  });
});
