import type { Instant } from '../../time.ts';
import { distinctCount, type DistinctCount } from './distinct-count.ts';

/** How many different keys came within a span that moves with the time, in steps of a slice. */
export interface SlidingDistinct {
  add(key: string, now: Instant): void;
  count(now: Instant): number;
}

interface Slice {
  readonly turn: number;
  readonly seen: DistinctCount;
}

export function slidingDistinct(spanMs: number, seed: number, slices = 6): SlidingDistinct {
  const sliceMs = spanMs / slices;
  let held: readonly Slice[] = [];
  let union = distinctCount(seed);
  const turnTo = (now: Instant): number => {
    const turn = Math.floor(now / sliceMs);
    const kept = held.filter((slice) => slice.turn > turn - slices);
    if (kept.length < held.length) {
      union = distinctCount(seed);
      for (const { seen } of kept) union.merge(seen);
      held = kept;
    }
    return turn;
  };
  return {
    add: (key, now) => {
      const turn = turnTo(now);
      let slice = held.at(-1);
      if (slice === undefined || slice.turn < turn) {
        slice = { turn, seen: distinctCount(seed) };
        held = [...held, slice];
      }
      slice.seen.add(key);
      union.add(key);
    },
    count: (now) => {
      turnTo(now);
      return union.count();
    },
  };
}
