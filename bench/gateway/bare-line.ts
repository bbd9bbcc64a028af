import { fork } from 'node:child_process';
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { connect, type ConsumeMessage } from 'amqplib';
import { brokerAddress } from '../../src/adapters/amqp/broker-address.ts';
import { developmentPasswords } from '../../src/adapters/amqp/definitions.ts';
import type { BrokerUser, Vhost } from '../../src/adapters/amqp/topology.ts';

/** A line with nothing on it: the least that four passes with a signature at every end can take on this machine. */
export interface BareLine {
  /** Comes back once a message has been there and back. */
  pass(): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * Opens a line as long as a question's, over the broker's queues for answers that nobody uses: this program, one in
 * the middle that passes messages on both ways, and one at the far end. Each checks what comes, signs what goes, and
 * does nothing else. There every message is acknowledged, on the way back none is.
 */
export async function openBareLine(amqpUrl: string, body: Uint8Array): Promise<BareLine> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const keys = {
    publicKey: String(publicKey.export({ type: 'spki', format: 'pem' })),
    privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
  };
  const middle = await startProgram({ amqpUrl, keys, ways: [ways.there, ways.backAgain] });
  const end = await startProgram({ amqpUrl, keys, ways: [ways.turn] });
  const waiting = new Map<string, (isBack: boolean) => void>();
  const start = await openWay(amqpUrl, ways.start.to);
  const stop = await listen(amqpUrl, ways.home.from, (message) => {
    if (!isSigned(message, publicKey)) throw new Error('a signature does not hold');
    waiting.get(idOf(message))?.(true);
    waiting.delete(idOf(message));
  });
  return {
    pass: () =>
      new Promise((resolve) => {
        const id = crypto.randomUUID();
        waiting.set(id, resolve);
        start.publish(id, body, privateKey);
      }),
    close: async () => {
      await Promise.all([stop(), start.close(), middle(), end()]);
    },
  };
}

interface Source {
  readonly vhost: Vhost;
  readonly user: BrokerUser;
  readonly queue: string;
  readonly noAck: boolean;
}
interface Goal {
  readonly vhost: Vhost;
  readonly user: BrokerUser;
  readonly exchange: string;
  readonly routingKey: string;
}

const outward = (routingKey: string): Goal => ({
  ...{ vhost: 'portal', user: 'gateway', exchange: 'gw.out', routingKey },
});
const taken = (instance: string, noAck: boolean): Source => ({
  ...{ vhost: 'portal', user: 'portal', queue: `gw.reply.${instance}`, noAck },
});
const inward = (routingKey: string): Goal => ({
  ...{ vhost: 'core', user: 'connector', exchange: 'core.rep', routingKey },
});
const takenInside = (instance: string, noAck: boolean): Source => ({
  ...{ vhost: 'core', user: 'gateway', queue: `core.rep.${instance}`, noAck },
});
const ways = {
  start: { to: outward('portal-3') },
  there: { from: taken('portal-3', false), to: inward('gateway-3') },
  turn: { from: takenInside('gateway-3', false), to: outward('portal-4') },
  backAgain: { from: taken('portal-4', true), to: inward('gateway-4') },
  home: { from: takenInside('gateway-4', true) },
};

interface ProgramSettings {
  readonly amqpUrl: string;
  readonly keys: { readonly publicKey: string; readonly privateKey: string };
  readonly ways: readonly { readonly from: Source; readonly to: Goal }[];
}

/** Starts a program that passes messages on; the answer ends it. */
async function startProgram(settings: ProgramSettings): Promise<() => Promise<void>> {
  const child = fork(import.meta.filename, [JSON.stringify(settings)]);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = new Promise<void>((resolve) => child.once('message', () => resolve()));
  await Promise.race([
    ready,
    ended.then(() => Promise.reject(new Error('a bare line did not start'))),
  ]);
  return async () => {
    child.disconnect();
    await ended;
  };
}

async function passOn({ amqpUrl, keys, ways: mine }: ProgramSettings): Promise<void> {
  const publicKey = createPublicKey(keys.publicKey);
  const privateKey = createPrivateKey(keys.privateKey);
  for (const { from, to } of mine) {
    const way = await openWay(amqpUrl, to);
    await listen(amqpUrl, from, (message) => {
      if (!isSigned(message, publicKey)) throw new Error('a signature does not hold');
      way.publish(idOf(message), message.content, privateKey);
    });
  }
  process.once('disconnect', () => process.exit(0));
  process.send?.('ready');
}

const open = (amqpUrl: string, vhost: Vhost, user: BrokerUser) =>
  connect(brokerAddress(amqpUrl, user, developmentPasswords[user], vhost), { noDelay: true });

async function openWay(amqpUrl: string, { vhost, user, exchange, routingKey }: Goal) {
  const connection = await open(amqpUrl, vhost, user);
  const channel = await connection.createConfirmChannel();
  return {
    publish: (correlationId: string, body: Uint8Array, key: KeyObject) => {
      const headers = { sig: sign(undefined, body, key).toString('base64url') };
      const options = { correlationId, headers, mandatory: true };
      channel.publish(exchange, routingKey, Buffer.from(body), options, () => undefined);
    },
    close: () => connection.close(),
  };
}

async function listen(
  amqpUrl: string,
  { vhost, user, queue, noAck }: Source,
  take: (message: ConsumeMessage) => void,
): Promise<() => Promise<void>> {
  const connection = await open(amqpUrl, vhost, user);
  const channel = await connection.createChannel();
  await channel.prefetch(50);
  const hear = (message: ConsumeMessage | null): void => {
    if (message === null) return;
    take(message);
    if (!noAck) channel.ack(message);
  };
  await channel.consume(queue, hear, { noAck });
  return () => connection.close();
}

const idOf = ({ properties }: ConsumeMessage): string => String(properties.correlationId);

const isSigned = ({ content, properties }: ConsumeMessage, key: KeyObject): boolean =>
  verify(undefined, content, key, Buffer.from(String(properties.headers?.['sig']), 'base64url'));

if (import.meta.main) await passOn(JSON.parse(process.argv[2] ?? '{}') as ProgramSettings);
