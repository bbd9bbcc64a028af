import assert from 'node:assert/strict';
import {
  type Channel,
  type ChannelModel,
  type ConfirmChannel,
  connect,
  type ConsumeMessage,
} from 'amqplib';
import {
  type DefinitionsUser,
  developmentPasswords,
} from '../../../src/adapters/amqp/definitions.ts';
import {
  type BrokerUser,
  deadLetterQueue,
  exchanges,
  permissions,
  queues,
  type Vhost,
} from '../../../src/adapters/amqp/topology.ts';
import { wireMessage } from '../../../src/adapters/amqp/wire-format.ts';
import { gatewayRabbitmq } from '../../support/gateway-rabbitmq.ts';
import { ensureRabbitmq } from '../../support/rabbitmq.ts';
import { skipUnless } from '../../support/skips.ts';

const users: readonly BrokerUser[] = ['portal', 'gateway', 'connector'];
const vhosts: readonly Vhost[] = ['portal', 'core'];
const brokersOwn = ['amq.direct', 'amq.fanout', 'amq.topic', 'amq.headers', 'amq.match'];
const body = Buffer.from('{}');

const rowOf = (user: BrokerUser, vhost: Vhost) =>
  permissions.find((row) => row.user === user && row.vhost === vhost);
const places = permissions.map(({ user, vhost }) => ({ user, vhost }));

type Deed = (channel: ConfirmChannel) => Promise<unknown>;

describe('What a user of the broker may do', function () {
  this.timeout(120_000);
  const open = new Map<string, ChannelModel>();
  let tried = 0;
  before(async function () {
    skipUnless(this, await ensureRabbitmq());
    await gatewayRabbitmq();
  });
  after(async () => {
    for (const vhost of vhosts) await empty(vhost);
    await Promise.all([...open.values()].map((connection) => connection.close()));
    console.log(`      ${String(tried)} forbidden actions, none had an effect`);
  });

  const connection = async (user: DefinitionsUser, vhost: Vhost): Promise<ChannelModel> => {
    const { port } = await gatewayRabbitmq();
    const server = `amqp://${user}:${developmentPasswords[user]}@127.0.0.1:${String(port)}/${vhost}`;
    const made = await connect(server, { noDelay: true });
    made.on('error', () => undefined);
    return made;
  };
  const known = async (user: DefinitionsUser, vhost: Vhost): Promise<ChannelModel> => {
    const name = `${user} ${vhost}`;
    const before = open.get(name) ?? (await connection(user, vhost));
    open.set(name, before);
    return before;
  };
  /** Does it on a channel of its own; answers `done`, or the code the broker closed the channel with. */
  const outcome = async (user: BrokerUser, vhost: Vhost, deed: Deed): Promise<number | 'done'> => {
    const channel = await (await known(user, vhost)).createConfirmChannel();
    let code: number | undefined;
    const closed = new Promise<void>((resolve) => channel.once('close', resolve));
    channel.once('error', (error: Error & { readonly code?: number }) => {
      code = error.code ?? 0;
    });
    try {
      await deed(channel);
      await channel.waitForConfirms();
    } catch {
      await closed;
      return code ?? 0;
    }
    await channel.close();
    return 'done';
  };
  const refuses = async (
    { user, vhost }: { readonly user: BrokerUser; readonly vhost: Vhost },
    what: string,
    deed: Deed,
    expected = 403,
  ): Promise<void> => {
    tried += 1;
    assert.equal(await outcome(user, vhost, deed), expected, `${user} in ${vhost}: ${what}`);
  };
  const publish =
    (exchange: string, key: string, options: object = {}): Deed =>
    (channel) => {
      channel.publish(exchange, key, body, options);
      return Promise.resolve();
    };
  const namesOf = (vhost: Vhost) =>
    queues.filter((row) => row.vhost === vhost).map(({ name }) => name);
  /** How many messages wait in each queue. */
  const waiting = async (vhost: Vhost): Promise<ReadonlyMap<string, number>> => {
    const channel = await (await known('deployer', vhost)).createChannel();
    const counts = new Map<string, number>();
    for (const name of namesOf(vhost)) {
      counts.set(name, (await channel.checkQueue(name)).messageCount);
    }
    await channel.close();
    return counts;
  };
  const empty = async (vhost: Vhost): Promise<void> => {
    const channel = await (await known('deployer', vhost)).createChannel();
    for (const name of namesOf(vhost)) await channel.purgeQueue(name);
    await channel.close();
  };

  it('is nothing at all in a virtual host that is not theirs', async () => {
    for (const user of users) {
      for (const vhost of vhosts) {
        if (rowOf(user, vhost) !== undefined) continue;
        tried += 1;
        await assert.rejects(connection(user, vhost), /ConnectionClose/);
      }
      const { port } = await gatewayRabbitmq();
      tried += 2;
      await assert.rejects(connect(`amqp://${user}:wrong@127.0.0.1:${String(port)}/portal`));
      const { [user]: password } = developmentPasswords;
      await assert.rejects(connect(`amqp://${user}:${password}@127.0.0.1:${String(port)}/%2F`));
    }
  });

  it('is to publish to their exchanges, and to no other: not to a queue either', async () => {
    for (const place of places) {
      const write = new RegExp(rowOf(place.user, place.vhost)?.write ?? '^$');
      const here = exchanges.filter(({ vhost }) => vhost === place.vhost);
      assert.ok(here.some(({ name }) => write.test(name)));
      for (const { name } of here) {
        if (write.test(name)) continue;
        await refuses(place, `publish to ${name}`, publish(name, 'gw'));
      }
      for (const name of brokersOwn)
        await refuses(place, `publish to ${name}`, publish(name, 'gw'));
      for (const { name } of queues.filter(({ vhost }) => vhost === place.vhost)) {
        await refuses(place, `publish past the exchanges to ${name}`, publish('', name));
      }
    }
  });

  it('is to take from their queues, and from no other', async () => {
    for (const place of places) {
      const read = new RegExp(rowOf(place.user, place.vhost)?.read ?? '^$');
      for (const { name } of queues.filter(({ vhost }) => vhost === place.vhost)) {
        if (!read.test(name)) {
          await refuses(place, `consume ${name}`, (channel) =>
            channel.consume(name, () => undefined),
          );
          await refuses(place, `get from ${name}`, (channel) => channel.get(name));
          await refuses(place, `purge ${name}`, (channel) => channel.purgeQueue(name));
        }
      }
    }
  });

  it('is, for the gateway, to ask how many dead letters there are, and nothing else of them', async () => {
    for (const vhost of vhosts) {
      await empty(vhost);
      const place = { user: 'gateway', vhost } as const;
      const queue = deadLetterQueue[vhost];
      assert.equal(await outcome('gateway', vhost, (channel) => channel.checkQueue(queue)), 'done');
      const here = exchanges.filter((row) => row.vhost === vhost);
      for (const exchange of [...here.map(({ name }) => name), ...brokersOwn]) {
        await refuses(place, `bind ${queue} to ${exchange}`, (channel) =>
          channel.bindQueue(queue, exchange, 'gw'),
        );
      }
      await refuses(place, `get from ${queue}`, (channel) => channel.get(queue));
      await refuses(place, `purge ${queue}`, (channel) => channel.purgeQueue(queue));
      await refuses(place, `publish to an exchange named ${queue}`, publish(queue, 'gw'), 404);
      await refuses(place, `declare an exchange named ${queue}`, (channel) =>
        channel.assertExchange(queue, 'fanout'),
      );
      assert.equal((await waiting(vhost)).get(queue), 0);
    }
  });

  it('is to declare, bind and delete nothing', async () => {
    for (const place of places) {
      const queueNames = queues
        .filter(({ vhost }) => vhost === place.vhost)
        .map(({ name }) => name);
      const [queue = ''] = queueNames;
      const exchangeNames = exchanges
        .filter(({ vhost }) => vhost === place.vhost)
        .map(({ name }) => name);
      const deeds: readonly (readonly [string, (channel: Channel) => Promise<unknown>])[] = [
        ['declare a queue', (channel) => channel.assertQueue('gw.mine')],
        ['declare a queue without a name', (channel) => channel.assertQueue('')],
        ['declare an exclusive queue', (channel) => channel.assertQueue('', { exclusive: true })],
        ['declare an exchange', (channel) => channel.assertExchange('gw.mine', 'fanout')],
        ...queueNames.map(
          (name) => [`delete ${name}`, (channel: Channel) => channel.deleteQueue(name)] as const,
        ),
        ...exchangeNames.flatMap(
          (name) =>
            [
              [`delete ${name}`, (channel: Channel) => channel.deleteExchange(name)],
              [`bind to ${name}`, (channel: Channel) => channel.bindQueue(queue, name, 'gw')],
              [`unbind from ${name}`, (channel: Channel) => channel.unbindQueue(queue, name, 'gw')],
              [
                `bind ${name} to another exchange`,
                (channel: Channel) => channel.bindExchange(name, exchangeNames.at(-1) ?? '', 'gw'),
              ],
            ] as const,
        ),
      ];
      for (const [what, deed] of deeds) await refuses(place, what, deed);
    }
    const { ctl } = await gatewayRabbitmq();
    for (const vhost of vhosts) {
      const names = (await ctl('list_queues', '--no-table-headers', '-p', vhost, 'name'))
        .trim()
        .split('\n')
        .toSorted();
      const expected = queues.filter((row) => row.vhost === vhost).map(({ name }) => name);
      assert.deepEqual(names, expected.toSorted());
    }
  });

  it('is to speak as themselves only', async () => {
    for (const place of places) {
      const write = new RegExp(rowOf(place.user, place.vhost)?.write ?? '^$');
      const own = exchanges.filter(({ vhost, name }) => vhost === place.vhost && write.test(name));
      for (const { name } of own) {
        for (const userId of [...users, 'deployer', 'guest', 'nobody']) {
          if (userId === place.user) continue;
          await refuses(place, `as ${userId} to ${name}`, publish(name, 'none', { userId }), 406);
        }
      }
    }
  });

  it('is not to reach other queues by headers: CC and BCC stay within the exchange', async () => {
    for (const place of places) {
      const write = new RegExp(rowOf(place.user, place.vhost)?.write ?? '^$');
      const own = exchanges.filter(({ vhost, name }) => vhost === place.vhost && write.test(name));
      const all = queues.filter(({ vhost }) => vhost === place.vhost);
      const keys = [...new Set(all.flatMap(({ name, routingKey }) => [name, routingKey]))];
      for (const { name } of own) {
        await empty(place.vhost);
        for (const header of ['CC', 'BCC']) {
          tried += keys.length;
          const headers = { [header]: keys };
          const sent = await outcome(place.user, place.vhost, publish(name, 'none', { headers }));
          assert.equal(sent, 'done');
        }
        for (const [queue, count] of await waiting(place.vhost)) {
          const row = all.find((one) => one.name === queue);
          assert.ok(count === 0 || row?.exchange === name, `${queue} has ${String(count)}`);
        }
      }
      await empty(place.vhost);
    }
  });

  it('is not believed with a CC header, although it was delivered', async () => {
    const options = {
      contentType: 'application/json',
      headers: { kid: 'kid', sig: 'sig', CC: ['01'] },
    };
    await outcome('portal', 'portal', publish('gw.in.c', '00', options));
    const channel = await (await known('gateway', 'portal')).createChannel();

    for (const queue of ['gw.c.00', 'gw.c.01']) {
      const delivered = await new Promise<ConsumeMessage>((resolve) => {
        void channel.consume(queue, (message) => {
          if (message !== null) resolve(message);
        });
      });
      channel.ack(delivered);
      const { headers } = wireMessage(delivered);
      assert.deepEqual(headers, { kid: '', sig: '' });
    }
    await channel.close();
  });

  it('is to send messages up to the size of the settings', async () => {
    const big: Deed = (channel) => {
      channel.publish('gw.in.c', 'none', Buffer.alloc(262_145));
      return Promise.resolve();
    };
    await refuses({ user: 'portal', vhost: 'portal' }, 'publish 256 KiB and a byte', big, 406);
  });
});
