import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type BrokerUser, queues, type Vhost } from '../../src/adapters/amqp/topology.ts';
import type { Broker, WireMessage } from '../../src/application/ports/broker.ts';

export interface World {
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
/** A command to the gateway, as its first message would be. */
export const aCommand = (more?: Partial<WireMessage>) => message('gw.in.c', '00', more);
const query = (more?: Partial<WireMessage>) =>
  message('gw.in.q', 'hi.00', { durable: false, ...more });
const answer = () => message('gw.out', 'portal-1', { userId: 'gateway', durable: false });
const event = () => message('gw.evt', 'portal', { userId: 'gateway' });

const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  for (const end = Date.now() + 5_000; !(await condition()); await pause(5)) {
    assert.ok(Date.now() < end, 'nothing happened for 5 s');
  }
};

/** What every broker promises. */
export const brokerContract = (world: World): void => {
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
    const sent = aCommand({ headers: { kid: 'k', sig: 's', hop: 'h' } });

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

    await portal.publish(aCommand());
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
    const poison = aCommand();
    const good = aCommand();

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

    await portal.publish(aCommand());
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

    await Promise.all(Array.from({ length: 12 }, () => portal.publish(aCommand())));
    await until(() => done === 12);

    assert.equal(most, 3);
  });

  it('holds no answer back for another that is still being taken', async () => {
    const gateway = await open('portal', 'gateway');
    const portal = await open('portal', 'portal');
    const taken: string[] = [];
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    await portal.consume('gw.reply.portal-1', 1, async ({ messageId }) => {
      taken.push(messageId);
      await ended;
      return 'done';
    });
    const sent = Array.from({ length: 5 }, () => answer());

    try {
      for (const one of sent) await gateway.publish(one);
      await until(() => taken.length === 5);
    } finally {
      end();
    }

    assert.deepEqual(
      taken,
      sent.map(({ messageId }) => messageId),
    );
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
    const limit = queues.find(({ name }) => name === 'gw.q.hi.00')?.maxLength ?? 0;
    assert.ok(limit > 0);

    const answers: string[] = [];
    for (let n = 0; n < limit + 30; n += 1) answers.push(await portal.publish(query()));

    assert.ok(answers.includes('full'));
    assert.ok(answers.filter((answer) => answer === 'taken').length >= limit);
  });

  it('tells how many wait in a queue, also whoever may not take them', async () => {
    const portal = await open('portal', 'portal');
    const gateway = await open('portal', 'gateway');
    const before = await gateway.waiting('gw.dead');
    let times = 0;
    await gateway.consume('gw.c.00', 1, () => {
      times += 1;
      return Promise.resolve('dead');
    });
    await portal.publish(aCommand());
    await portal.publish(aCommand());
    await until(() => times === 2);

    await until(async () => (await gateway.waiting('gw.dead')) === before + 2);

    await portal.publish(query());
    await until(async () => (await gateway.waiting('gw.q.hi.00')) === 1);
    await assert.rejects(gateway.consume('gw.dead', 1, () => Promise.resolve('done')));
  });

  it('throws an outage when it cannot tell how many wait, and goes on', async () => {
    const gateway = await open('portal', 'gateway');

    await assert.rejects(gateway.waiting('gw.nowhere'), { name: 'Outage' });

    assert.equal(await gateway.waiting('gw.q.hi.00'), 0);
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
