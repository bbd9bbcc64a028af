import { plainText } from '../../domain/protection/plain-text.ts';
import type { WireMessage } from '../ports/broker.ts';
import type { Clock } from '../ports/clock.ts';
import type { Randomness } from '../ports/randomness.ts';
import type {
  BodyLock,
  RefusedBody,
  RefusedBodyId,
  RefusedBodyStore,
} from '../ports/refused-body-store.ts';

/** The way to the store that no message waits for. */
export interface BodyKeeper {
  /** Never throws, never waits; when too many come, the newest are kept. */
  keep(message: Pick<WireMessage, 'body' | 'messageId'>, incidentKey: string): void;
  /** Writes what was kept since the last call. Throws the outage of the store; it is written by the next call then. */
  flush(): Promise<void>;
}

/** So much of a body is kept: enough to see what it is, too little to be worth sending us. */
const keptBytes = 512;
export const bodiesPerHour = 100;
const messageIdLength = 100;

/** A sealed beginning fits its own row only. */
const purposeOf = ({ id, digest }: Pick<RefusedBody, 'id' | 'digest'>): string =>
  `refused body ${id} ${digest}`;

/** Keeps the digest and the locked beginning of bodies that nobody signed or that cannot be read. */
export const keepRefusedBodies = (
  store: Pick<RefusedBodyStore, 'add'>,
  lock: BodyLock,
  randomness: Pick<Randomness, 'id'>,
  clock: Clock,
): BodyKeeper => {
  let waiting: RefusedBody[] = [];
  return {
    keep: ({ body, messageId }, incidentKey) => {
      const id = randomness.id() as RefusedBodyId;
      const digest = lock.digest(body);
      waiting.push({
        ...{ id, at: clock.now(), incidentKey, digest, length: body.length },
        messageId: plainText(messageId, messageIdLength),
        sealed: lock.seal(body.subarray(0, keptBytes), purposeOf({ id, digest })),
      });
      if (waiting.length > bodiesPerHour) waiting.shift();
    },
    flush: async () => {
      const bodies = waiting;
      if (bodies.length === 0) return;
      await store.add(bodies, bodiesPerHour);
      waiting = waiting.filter((body) => !bodies.includes(body));
    },
  };
};

/** Opens the kept beginning of a body. Throws when it was altered or locked with another key. */
export const openRefusedBody = (lock: Pick<BodyLock, 'open'>, body: RefusedBody): Uint8Array =>
  lock.open(body.sealed, purposeOf(body));
