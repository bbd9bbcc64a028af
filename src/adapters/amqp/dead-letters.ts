import { connect, type GetMessage } from 'amqplib';
import type { WireMessage } from '../../application/ports/broker.ts';
import { Outage } from '../../application/ports/outage.ts';
import { shownAddress } from './broker-address.ts';
import { deadLetterQueue, type Vhost } from './topology.ts';
import { wireMessage } from './wire-format.ts';

/** A message that nobody could do anything with, as it was before it died. */
export interface DeadLetter {
  readonly message: WireMessage;
  /** The queue it died in, and why: `rejected` by whoever took it, `delivery_limit`: given back too often. */
  readonly queue: string;
  readonly reason: string;
}

/** What becomes of a letter that was looked at. */
export type Fate = 'keep' | 'remove';

/** Most letters that are looked at in one go: so many are in memory. */
export const lettersAtOnce = 1_000;

/**
 * Goes over the dead letters of a virtual host, oldest first, as a user who may read them. What is kept goes back, also
 * when `decide` throws; a letter is gone only once `decide` has said so. Throws Outage with one sentence.
 */
export const goOverDeadLetters = async (
  address: string,
  vhost: Vhost,
  decide: (letter: DeadLetter) => Promise<Fate>,
): Promise<number> => {
  const queue = deadLetterQueue[vhost];
  const connection = await connect(address, { noDelay: true }).catch((cause: unknown) => {
    throw new Outage(`cannot connect to RabbitMQ at ${shownAddress(address)}`, { cause });
  });
  connection.on('error', () => undefined);
  try {
    const channel = await connection.createChannel();
    channel.on('error', () => undefined);
    const letters: GetMessage[] = [];
    while (letters.length < lettersAtOnce) {
      const letter = await channel.get(queue);
      if (letter === false) break;
      letters.push(letter);
    }
    for (const letter of letters) {
      // Not told, the broker takes it for kept: closing gives everything back.
      if ((await decide(deadLetter(letter))) === 'remove') channel.ack(letter);
    }
    await channel.close();
    return letters.length;
  } finally {
    await connection.close().catch(() => undefined);
  }
};

interface Death {
  readonly exchange?: unknown;
  readonly queue?: unknown;
  readonly reason?: unknown;
  readonly 'routing-keys'?: unknown;
}

/** The broker's own headers of a dead letter; without them it is what its author sent. */
const ofTheBroker = /^x-(death$|delivery-count$|(first|last)-death-)/;

/** Puts a letter back to where it died. Whether that was so, its signature shows: it is for one place. */
const deadLetter = ({ fields, properties, content }: GetMessage): DeadLetter => {
  const headers: Readonly<Record<string, unknown>> = properties.headers ?? {};
  const [death = {}] = (Array.isArray(headers['x-death']) ? headers['x-death'] : []) as Death[];
  const keys: unknown = death['routing-keys'];
  const [routingKey] = Array.isArray(keys) ? (keys as unknown[]) : [];
  const own = Object.entries(headers).filter(([name]) => !ofTheBroker.test(name));
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    message: wireMessage({
      fields: { ...fields, exchange: text(death.exchange), routingKey: text(routingKey) },
      properties: { ...properties, headers: Object.fromEntries(own) },
      content,
    }),
    queue: text(death.queue),
    reason: text(death.reason),
  };
};
