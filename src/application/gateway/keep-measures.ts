import { plainText } from '../../domain/protection/plain-text.ts';
import { day, later } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { MeasureChange, MeasureStore } from '../ports/measure-store.ts';
import type { MeasuresInForce } from './measures-in-force.ts';

/** The way of measures to their store and from there to other gateways, that no message waits for. */
export interface MeasureKeeper {
  /** Never throws, never waits. Of one suspect only the newest change is written; above the limit changes are dropped. */
  note(change: MeasureChange): void;
  /** Writes what was noted. Throws the outage of the store; nothing is lost then. Answers whether more waits. */
  write(): Promise<boolean>;
  /** Takes over what this and other gateways wrote since the last call. Answers whether there is more. */
  read(measures: Pick<MeasuresInForce, 'adopt'>): Promise<boolean>;
  /** Forgets what nobody goes by any more: a measure lasts a day at most, and so long its number counts. */
  forget(): Promise<void>;
  /** How many changes were dropped since the last call. */
  dropped(): number;
}

const waitingLimit = 10_000;
const batch = 500;
const idLength = 200;

export const keepMeasures = (store: MeasureStore, clock: Clock): MeasureKeeper => {
  const waiting = new Map<string, MeasureChange>();
  let lost = 0;
  let mark = 0;
  return {
    note: (change) => {
      const { kind, id } = change.who;
      const key = `${kind} ${id}`;
      // What a store cannot hold would stand in the way of all others.
      const isPlain = plainText(id, idLength) === id;
      if (isPlain && (waiting.size < waitingLimit || waiting.has(key))) waiting.set(key, change);
      else lost += 1;
    },
    write: async () => {
      const next = [...waiting].slice(0, batch);
      if (next.length > 0) await store.keep(next.map(([, change]) => change));
      for (const [key, change] of next) if (waiting.get(key) === change) waiting.delete(key);
      return waiting.size > 0;
    },
    read: async (measures) => {
      const found = await store.after(mark, batch);
      const now = clock.now();
      for (const { who, history } of found.changes) measures.adopt(who, history, now);
      ({ mark } = found);
      return found.changes.length === batch;
    },
    forget: () => store.forgetBefore(later(clock.now(), -day)),
    dropped: () => {
      const count = lost;
      lost = 0;
      return count;
    },
  };
};
