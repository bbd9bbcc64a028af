import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Broker, WireMessage } from '../../src/application/ports/broker.ts';
import { InProcessBrokers } from '../../src/adapters/in-process/in-process-broker.ts';
import type { BrokerUser, Vhost } from '../../src/adapters/amqp/topology.ts';
import { emptyQueues, gatewayRabbitmq, rabbitBroker } from '../support/gateway-rabbitmq.ts';
import { ensureRabbitmq } from '../support/rabbitmq.ts';
import { skipUnless } from '../support/skips.ts';

interface World {
  open(vhost: Vhost, user: BrokerUser): Promise<Broker>;
}

const message = (
  exchange: string,
  routingKey: string,
  more?: Partial<WireMessage>,
): WireMessage => {
  const id = randomUUID();
  return {
    exchange,
    routingKey,
    body: Buffer.from(`{"text":"Привет ${id}"}`),
    messageId: id,
    correlationId: id,
    type: 'ledger.record-payment',
    userId: 'portal',
    headers: { kid: 'kid', sig: 'sig' },
    durable: true,
    ...more,
  };
};
const command = (more?: Partial<WireMessage>) => message('gw.in.c', '00', more);
const query = (more?: Partial<WireMessage>) =>
  message('gw.in.q', 'hi.00', { durable: false, ...more });
const event = () => message('gw.evt', 'portal', { userId: 'gateway' });

const until = async (condition: () => boolean): Promise<void> => {
  for (const end = Date.now() + 5_000; !condition(); await pause(5)) {
    assert.ok(Date.now() < end, 'nothing happened for 5 s');
  }
};

const brokerContract = (world: World): void => {
  let opened: Broker[] = [];
  const open = async (vhost: Vhost, user: BrokerUser): Promise<Broker> => {
    const broker = await world.open(vhost, user);
    opened.push(broker);
    return broker;
  };
  afterEach(async () => {
    await Promise.all(opened.map((broker) => broker.close()));
    opened = [];
  });

  it('delivers a message as it was published, to the last byte', async () => {
    const portal = await open('portal', 'portal');
    const gateway = await open('portal', 'gateway');
    const taken: WireMessage[] = [];
    await gateway.consume('gw.c.00', 1, (one) => {
      taken.push(one);
      return Promise.resolve('done');
    });
    const sent = command({ headers: { kid: 'k', sig: 's', hop: 'h' } });

    assert.equal(await portal.publish(sent), 'taken');
    await until(() => taken.length === 1);

    assert.deepEqual({ ...taken[0], body: Buffer.from(taken[0]!.body) }, sent);
  });

  it('delivers again until it is done', async () => {
    const portal = await open('portal', 'portal');
    const gateway = await open('portal', 'gateway');
    let times = 0;
    await gateway.consume('gw.c.00', 1, () => {
      times += 1;
      if (times === 1) return Promise.resolve('again');
      return times === 2 ? Promise.reject(new Error('not now')) : Promise.resolve('done');
    });

    await portal.publish(command());
    await until(() => times === 3);
    await pause(50);

    assert.equal(times, 3);
  });

  it('delivers again at most five times, then the message is dead and the next one comes', async () => {
    const portal = await open('portal', 'portal');
    const gateway = await open('portal', 'gateway');
    const times = new Map<string, number>();
    await gateway.consume('gw.c.00', 1, ({ messageId }) => {
      times.set(messageId, (times.get(messageId) ?? 0) + 1);
      return Promise.resolve(messageId === poison.messageId ? 'again' : 'done');
    });
    const poison = command();
    const good = command();

    await Promise.all([portal.publish(poison), portal.publish(good)]);
    await until(() => times.get(poison.messageId) === 6 && times.has(good.messageId));
    await pause(100);

    assert.equal(times.get(poison.messageId), 6);
    assert.equal(times.get(good.messageId), 1);
  });

  it('delivers a dead message no more', async () => {
    const portal = await open('portal', 'portal');
    const gateway = await open('portal', 'gateway');
    let times = 0;
    await gateway.consume('gw.c.00', 1, () => {
      times += 1;
      return Promise.resolve('dead');
    });

    await portal.publish(command());
    await until(() => times === 1);
    await pause(100);

    assert.equal(times, 1);
  });

  it('shares the messages of a queue out to several consumers', async () => {
    const gateway = await open('portal', 'gateway');
    const portals = [await open('portal', 'portal'), await open('portal', 'portal')];
    const taken = [0, 0];
    for (const [n, portal] of portals.entries()) {
      await portal.consume('gw.evt.portal', 1, async () => {
        taken[n]! += 1;
        await pause(5);
        return 'done';
      });
    }

    await Promise.all(Array.from({ length: 20 }, () => gateway.publish(event())));
    await until(() => taken[0]! + taken[1]! === 20);

    assert.ok(taken[0]! > 0 && taken[1]! > 0, `shared as ${taken.join(' and ')}`);
  });

  it('has at most the agreed number under way', async () => {
    const portal = await open('portal', 'portal');
    const gateway = await open('portal', 'gateway');
    let underWay = 0;
    let most = 0;
    let done = 0;
    await gateway.consume('gw.c.00', 3, async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await pause(5);
      underWay -= 1;
      done += 1;
      return 'done';
    });

    await Promise.all(Array.from({ length: 12 }, () => portal.publish(command())));
    await until(() => done === 12);

    assert.equal(most, 3);
  });

  it('stops taking when asked, after what is under way has ended', async () => {
    const portal = await open('portal', 'portal');
    const gateway = await open('portal', 'gateway');
    let ended = 0;
    const stop = await gateway.consume('gw.q.hi.00', 1, async () => {
      await pause(30);
      ended += 1;
      return 'done';
    });
    await portal.publish(query());
    await pause(15);

    await stop();
    const endedAtStop = ended;
    await portal.publish(query());
    await pause(60);

    assert.ok(endedAtStop <= 1);
    assert.equal(ended, endedAtStop);
  });

  it('refuses queries above the limit of their queue instead of letting them pile up', async () => {
    const portal = await open('portal', 'portal');

    const answers: string[] = [];
    for (let n = 0; n < 230; n += 1) answers.push(await portal.publish(query()));

    assert.ok(answers.includes('full'));
    assert.ok(answers.filter((answer) => answer === 'taken').length >= 200);
  });

  it('throws an outage when no queue takes a message', async () => {
    const portal = await open('portal', 'portal');

    await assert.rejects(portal.publish(query({ routingKey: 'nowhere' })), { name: 'Outage' });
  });

  it('lets nobody publish or read where the table does not allow it', async () => {
    const portal = await open('portal', 'portal');

    await assert.rejects(portal.publish(message('gw.out', 'portal-1', { durable: false })));
    await assert.rejects(portal.consume('gw.c.00', 1, () => Promise.resolve('done')));
  });

  it('lets nobody publish under another name', async () => {
    const portal = await open('portal', 'portal');

    await assert.rejects(portal.publish(query({ userId: 'gateway' })));
  });

  it('lets the portal not into the virtual host of the inside', async () => {
    await assert.rejects(async () => {
      await open('core', 'portal');
    });
  });
};

describe('Broker › in one process', () => {
  const brokers = (): World => {
    const world = new InProcessBrokers({ pickUpMs: 200, verdictMs: 400, againMs: 1 });
    return { open: (vhost, user) => Promise.resolve(world.broker(vhost, user)) };
  };
  let world = brokers();
  beforeEach(() => {
    world = brokers();
  });
  brokerContract({
    open: (vhost, user) => {
      try {
        return world.open(vhost, user);
      } catch (error) {
        return Promise.reject(error as Error);
      }
    },
  });

  it('throws an outage when nobody takes a durable message up, and then forgets it', async () => {
    const portal = await world.open('portal', 'portal');
    const gateway = await world.open('portal', 'gateway');

    await assert.rejects(portal.publish(command()), { name: 'Outage' });
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

    await assert.rejects(portal.publish(command()), { name: 'Outage' });
  });

  it('keeps dead messages where they can be looked at', async () => {
    const brokers = new InProcessBrokers();
    await brokers.broker('portal', 'gateway').consume('gw.c.00', 1, () => Promise.resolve('dead'));
    const sent = command();

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

    await portal.publish(command());
    for (const end = Date.now() + 10_000; Date.now() < end && (await depth()) !== '1';) {
      await pause(100);
    }

    assert.equal(await depth(), '1');
    await Promise.all([portal.close(), gateway.close()]);
  });

  it('says in one sentence, without the password, why it cannot connect', async () => {
    const { port, url } = await gatewayRabbitmq();
    const { openAmqpBroker } = await import('../../src/adapters/amqp/amqp-broker.ts');
    const expected = `cannot connect to RabbitMQ at amqp://portal@127.0.0.1:${String(port)}/portal`;

    await assert.rejects(openAmqpBroker(url('portal', 'a-wrong-one', 'portal')), (error: Error) => {
      assert.ok(error.message.startsWith(expected), error.message);
      assert.ok(!error.message.includes('a-wrong-one'));
      return true;
    });
  });
});
