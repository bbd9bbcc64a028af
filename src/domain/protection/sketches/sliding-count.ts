import type { Instant } from '../../time.ts';

/** What came within a span that moves with the time, in steps of a bucket. */
export interface SlidingCount {
  add(now: Instant, count?: number): void;
  /** All of the last span but for at most one bucket at its far end, and nothing older. */
  sum(now: Instant): number;
}

/** Counts over the last `spanMs` in a ring of `buckets`; nothing is allocated for an event. */
export function slidingCount(spanMs: number, buckets = 10): SlidingCount {
  const ring = new Float64Array(buckets);
  const bucketMs = spanMs / buckets;
  let newest = -Infinity;
  let sum = 0;
  const turnTo = (now: Instant): void => {
    const turn = Math.floor(now / bucketMs);
    if (turn <= newest) return;
    const first = Math.max(newest + 1, turn - buckets + 1);
    for (let passed = first; passed <= turn; passed += 1) {
      const at = passed % buckets;
      sum -= ring[at] ?? 0;
      ring[at] = 0;
    }
    newest = turn;
  };
  return {
    add: (now, count = 1) => {
      turnTo(now);
      const at = newest % buckets;
      ring[at] = (ring[at] ?? 0) + count;
      sum += count;
    },
    sum: (now) => {
      turnTo(now);
      return sum;
    },
  };
}
