import { createHash } from 'node:crypto';
import {
  type BrokerUser,
  deadLetterExchange,
  deadTtlMs,
  deliveryLimit,
  exchanges,
  permissions,
  type QueueKind,
  type QueueRow,
  queryTtlMs,
  queues,
  replyTtlMs,
} from './topology.ts';

export type DefinitionsUser = BrokerUser | 'deployer';
export const definitionsUsers: readonly DefinitionsUser[] = [
  'portal',
  'gateway',
  'connector',
  'deployer',
];
export type Passwords = Readonly<Record<DefinitionsUser, string>>;

/** Releases of RabbitMQ the definitions are written for: Debian's, and the current ones. */
export const definitionsReleases = ['3.10', '4'] as const;
export type DefinitionsRelease = (typeof definitionsReleases)[number];

/**
 * Most connections and channels of a user: each program has two connections with a channel on each, in each of its
 * virtual hosts. Four portals with their worker, four gateways, four connectors, and as many that reconnect.
 */
const userLimits: Readonly<Record<DefinitionsUser, Readonly<Record<string, number>>>> = {
  portal: { 'max-connections': 32, 'max-channels': 64 },
  gateway: { 'max-connections': 32, 'max-channels': 64 },
  connector: { 'max-connections': 16, 'max-channels': 32 },
  deployer: { 'max-connections': 2, 'max-channels': 4 },
};

const vhosts = ['portal', 'core'] as const;
/** Accounts live in the internal database of the broker; this is how it keeps passwords there. */
const hashing = 'rabbit_password_hashing_sha256';

/**
 * Everything RabbitMQ must know before the first program connects, in the form of its `load_definitions`: the table
 * of topology.ts with users whose passwords are these. Both releases get every limit spelled out, because their
 * defaults differ: 3.10 delivers for ever, 4 twenty times. Priorities are queues of their own: what quorum queues make
 * of a message's priority is another thing in 3.10, 4.0 and 4.3.
 */
export const definitions = (
  passwords: Passwords,
  salt: (user: DefinitionsUser) => Uint8Array,
  release: DefinitionsRelease = '3.10',
) => ({
  ...(release === '4' ? { rabbitmq_version: '4.0.0' } : {}),
  users: definitionsUsers.map((name) => ({
    name,
    password_hash: passwordHash(passwords[name], salt(name)),
    hashing_algorithm: hashing,
    tags: [],
    limits: userLimits[name],
  })),
  // What is declared without a type from 4 on is one that loses nothing; 3.10 does not know the word.
  vhosts: vhosts.map((name) => ({
    name,
    ...(release === '4' ? { default_queue_type: 'quorum' } : {}),
  })),
  permissions: [
    ...permissions,
    ...vhosts.map((vhost) => ({
      user: 'deployer',
      vhost,
      configure: '.*',
      write: '.*',
      read: '.*',
    })),
  ],
  topic_permissions: [],
  parameters: [],
  global_parameters: [],
  policies: [],
  exchanges: exchanges.map(({ vhost, name, type }) => ({
    name,
    vhost,
    type,
    durable: true,
    auto_delete: false,
    internal: false,
    arguments: {},
  })),
  queues: queues.map((queue) => ({
    name: queue.name,
    vhost: queue.vhost,
    durable: true,
    auto_delete: false,
    arguments: queueArguments(queue, release),
  })),
  bindings: queues.map((queue) => ({
    source: queue.exchange,
    vhost: queue.vhost,
    destination: queue.name,
    destination_type: 'queue',
    routing_key: queue.routingKey,
    arguments: {},
  })),
});

type Arguments = Readonly<Record<string, string | number | boolean>>;

const queueArguments = (queue: QueueRow, release: DefinitionsRelease): Arguments => ({
  ...kindArguments(queue),
  // 3.10 counts no deliveries unless told to; 4 would throw dead letters away that were looked at twenty times.
  ...(queue.kind === 'dead' && release === '4' ? { 'x-delivery-limit': -1 } : {}),
  'x-max-length': queue.maxLength,
  ...(queue.singleConsumer ? { 'x-single-active-consumer': true } : {}),
});

/**
 * Query queues are durable although their messages are not: a queue that a restart takes away could not come back,
 * because no running program may declare.
 */
const kindArguments = ({ kind, vhost }: QueueRow): Arguments => {
  const byKind: Readonly<Record<QueueKind, Arguments>> = {
    query: {
      'x-queue-type': 'classic',
      'x-message-ttl': queryTtlMs,
      'x-overflow': 'reject-publish',
    },
    reply: {
      'x-queue-type': 'classic',
      'x-message-ttl': replyTtlMs,
      'x-overflow': 'reject-publish',
    },
    work: {
      'x-queue-type': 'quorum',
      'x-delivery-limit': deliveryLimit,
      'x-overflow': 'reject-publish',
      'x-dead-letter-exchange': deadLetterExchange[vhost],
      'x-dead-letter-strategy': 'at-least-once',
    },
    dead: { 'x-queue-type': 'quorum', 'x-message-ttl': deadTtlMs },
  };
  return byKind[kind];
};

const passwordHash = (password: string, salt: Uint8Array): string => {
  const digest = createHash('sha256').update(salt).update(password, 'utf8').digest();
  return Buffer.concat([salt, digest]).toString('base64');
};

/** Passwords of the committed definitions: for a developer's machine and the tests, never for anything reachable. */
export const developmentPasswords: Passwords = {
  portal: 'development-portal',
  gateway: 'development-gateway',
  connector: 'development-connector',
  deployer: 'development-deployer',
};

/** The text of `deploy/rabbitmq/definitions.json`, or `definitions-4.json`; the same every time. */
export const developmentDefinitions = (release: DefinitionsRelease = '3.10'): string => {
  const salt = (user: DefinitionsUser) =>
    createHash('sha256').update(`kabinet ${user}`).digest().subarray(0, 4);
  return `${JSON.stringify(definitions(developmentPasswords, salt, release), undefined, 2)}\n`;
};
