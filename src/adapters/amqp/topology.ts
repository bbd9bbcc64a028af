import { crc32 } from 'node:zlib';

/** The broker's virtual hosts: the portal's side of the gateway, and the inside's. */
export type Vhost = 'portal' | 'core';
export type BrokerUser = 'portal' | 'gateway' | 'connector';

/**
 * `query`: classic, for messages that die young · `work`: quorum, nothing is lost, at its limit it refuses ·
 * `reply`: classic, answers of one portal instance, done with once delivered · `dead`: what nobody could do.
 */
export type QueueKind = 'query' | 'work' | 'reply' | 'dead';

export interface QueueRow {
  readonly vhost: Vhost;
  readonly name: string;
  readonly kind: QueueKind;
  /** Most messages waiting; above it publishers are refused. */
  readonly maxLength: number;
  /** One consumer at a time, so that one process owns a customer's counters; others stand by. */
  readonly singleConsumer: boolean;
  readonly exchange: string;
  readonly routingKey: string;
}

export interface ExchangeRow {
  readonly vhost: Vhost;
  readonly name: string;
  readonly type: 'direct' | 'fanout';
}

/** Regular expressions of names, as the broker takes them. */
export interface PermissionRow {
  readonly user: BrokerUser;
  readonly vhost: Vhost;
  readonly configure: string;
  readonly write: string;
  readonly read: string;
}

export const shardCount = 16;
/** Portal instances whose reply queues stand ready, `portal-1` and on. */
export const portalInstances = ['portal-1', 'portal-2', 'portal-3', 'portal-4'] as const;

/** Gateways whose queues stand ready, `gateway-1` and on. */
export const gatewayInstances = ['gateway-1', 'gateway-2', 'gateway-3', 'gateway-4'] as const;
/**
 * Queries of one shard that wait for the gateway. Few: in a long line they would grow too old to be answered, and the
 * portal had better hear at once that there is no room.
 */
const queriesWaiting = 8;
/** A message waits this long in a query queue, then nobody wants the answer. */
export const queryTtlMs = 3_000;
export const replyTtlMs = 30_000;
export const deadTtlMs = 14 * 24 * 3_600_000;
/** How often a message of a work queue comes again before it is dead. */
export const deliveryLimit = 5;

/** The shard of a customer, `00` to `0f`: one customer's messages stay in one queue. */
export const shardOf = (subject: string): string => shardName(crc32(subject) % shardCount);

const shardName = (shard: number): string => shard.toString(16).padStart(2, '0');
export const shards: readonly string[] = Array.from({ length: shardCount }, (_, n) => shardName(n));

const none = '^$';

export const exchanges: readonly ExchangeRow[] = [
  { vhost: 'portal', name: 'gw.in.q', type: 'direct' },
  { vhost: 'portal', name: 'gw.in.c', type: 'direct' },
  { vhost: 'portal', name: 'gw.out', type: 'direct' },
  { vhost: 'portal', name: 'gw.evt', type: 'direct' },
  { vhost: 'portal', name: 'gw.dlx', type: 'fanout' },
  { vhost: 'core', name: 'core.req', type: 'direct' },
  { vhost: 'core', name: 'core.rep', type: 'direct' },
  { vhost: 'core', name: 'core.ctl', type: 'direct' },
  { vhost: 'core', name: 'core.evt', type: 'direct' },
  { vhost: 'core', name: 'core.dlx', type: 'fanout' },
];

const sharded = (row: Omit<QueueRow, 'singleConsumer'>): QueueRow[] =>
  shards.map((shard) => ({
    ...row,
    name: `${row.name}.${shard}`,
    routingKey: row.routingKey === '' ? shard : `${row.routingKey}.${shard}`,
    singleConsumer: true,
  }));

const single = (row: Omit<QueueRow, 'singleConsumer'>): QueueRow => ({
  ...row,
  singleConsumer: true,
});
const shared = (row: Omit<QueueRow, 'singleConsumer'>): QueueRow => ({
  ...row,
  singleConsumer: false,
});

const portalQueues: readonly QueueRow[] = [
  ...sharded({
    ...at('portal', 'gw.q.hi', 'query', queriesWaiting),
    exchange: 'gw.in.q',
    routingKey: 'hi',
  }),
  ...sharded({
    ...at('portal', 'gw.q.lo', 'query', queriesWaiting),
    exchange: 'gw.in.q',
    routingKey: 'lo',
  }),
  ...sharded({ ...at('portal', 'gw.c', 'work', 20_000), exchange: 'gw.in.c', routingKey: '' }),
  ...portalInstances.map((instance) =>
    shared({
      ...at('portal', `gw.reply.${instance}`, 'reply', 5_000),
      exchange: 'gw.out',
      routingKey: instance,
    }),
  ),
  shared({
    ...at('portal', 'gw.evt.portal', 'work', 100_000),
    exchange: 'gw.evt',
    routingKey: 'portal',
  }),
  shared({ ...at('portal', 'gw.dead', 'dead', 100_000), exchange: 'gw.dlx', routingKey: '' }),
];

const coreQueues: readonly QueueRow[] = [
  ...sharded({
    ...at('core', 'core.ledger.q', 'query', 200),
    exchange: 'core.req',
    routingKey: 'ledger.q',
  }),
  ...sharded({
    ...at('core', 'core.ledger.c', 'work', 20_000),
    exchange: 'core.req',
    routingKey: 'ledger.c',
  }),
  ...gatewayInstances.flatMap((instance) => [
    single({
      ...at('core', `core.rep.${instance}`, 'reply', 5_000),
      exchange: 'core.rep',
      routingKey: instance,
    }),
    single({
      ...at('core', `core.ctl.${instance}`, 'work', 1_000),
      exchange: 'core.ctl',
      routingKey: instance,
    }),
  ]),
  single({
    ...at('core', 'core.gateway.q', 'query', 200),
    exchange: 'core.req',
    routingKey: 'gateway.q',
  }),
  shared({ ...at('core', 'core.evt.gw', 'work', 100_000), exchange: 'core.evt', routingKey: 'gw' }),
  shared({ ...at('core', 'core.dead', 'dead', 100_000), exchange: 'core.dlx', routingKey: '' }),
];

function at(vhost: Vhost, name: string, kind: QueueKind, maxLength: number) {
  return { vhost, name, kind, maxLength };
}

/** Every queue there is, with the one binding it has. */
export const queues: readonly QueueRow[] = [...portalQueues, ...coreQueues];

const answerQueues: ReadonlySet<string> = new Set(
  queues.filter(({ kind }) => kind === 'reply').map(({ name }) => name),
);
/** Whether a queue holds answers: nobody sends one again, so nobody tells the broker that it was taken. */
export const isOfAnswers = (queue: string): boolean => answerQueues.has(queue);

/** Who may do what. Nobody who runs may declare; the deployer's user makes everything beforehand. */
export const permissions: readonly PermissionRow[] = [
  {
    user: 'portal',
    vhost: 'portal',
    configure: none,
    write: '^gw\\.in\\.(q|c)$',
    read: '^gw\\.(reply\\.portal-[0-9]+|evt\\.portal)$',
  },
  {
    user: 'gateway',
    vhost: 'portal',
    configure: none,
    // Writing to the dead letters' queue is no way to write into it (that takes the exchange), only to ask its length.
    write: '^gw\\.(out|evt|dead)$',
    read: '^gw\\.(q\\.(hi|lo)|c)(\\.0[0-9a-f])?$',
  },
  {
    user: 'gateway',
    vhost: 'core',
    configure: none,
    write: '^core\\.(req|dead)$',
    read: '^core\\.((rep|ctl)\\.gateway-[0-9]+|evt\\.gw)$',
  },
  {
    user: 'connector',
    vhost: 'core',
    configure: none,
    write: '^core\\.(rep|ctl|evt)$',
    read: '^core\\.[a-z]+\\.(q|c)(\\.0[0-9a-f])?$',
  },
];

/** Where the dead letters of a virtual host lie. */
export const deadLetterQueue: Readonly<Record<Vhost, string>> = {
  portal: 'gw.dead',
  core: 'core.dead',
};

/** Where what came by an exchange lies once it is dead. */
export const deadQueueOf = (exchange: string): string =>
  deadLetterQueue[exchanges.find(({ name }) => name === exchange)?.vhost ?? 'portal'];

/** The dead-letter exchange of a virtual host. */
export const deadLetterExchange: Readonly<Record<Vhost, string>> = {
  portal: 'gw.dlx',
  core: 'core.dlx',
};
