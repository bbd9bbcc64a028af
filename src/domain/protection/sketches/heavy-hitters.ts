import { countBuckets, type Bucket, type Counter } from './count-buckets.ts';

/** One key of those counted. The true count lies between `count - error` and `count`. */
export interface Hitter {
  readonly key: string;
  readonly count: number;
  readonly error: number;
}

/** The keys with the largest counts, in memory for `most` of them (Space-Saving). */
export interface HeavyHitters {
  add(key: string, weight?: number): void;
  find(key: string): Hitter | undefined;
  /** Largest first. */
  top(count: number): Hitter[];
  /** All that was added, less what was halved away. */
  total(): number;
  /** Forgets half of everything, so that what was long ago counts little. */
  halve(): void;
  clear(): void;
}

/**
 * Keeps `most` counters (Metwally, Agrawal and El Abbadi 2005). Any key with more than `total / most` is among them,
 * and no count is too large by more than that.
 */
export function heavyHitters(most: number): HeavyHitters {
  const counters = new Map<string, Counter>();
  const buckets = countBuckets();
  let total = 0;
  const clear = (): void => {
    counters.clear();
    buckets.clear();
    total = 0;
  };
  return {
    add: (key, weight = 1) => {
      total += weight;
      const counter = counters.get(key);
      if (counter !== undefined) {
        buckets.raise(counter, weight);
        return;
      }
      // A new key takes over the least count, for nobody knows whether it had that much already.
      const least = counters.size < most ? undefined : buckets.takeLeast();
      const error = least?.bucket.count ?? 0;
      if (least !== undefined) counters.delete(least.key);
      counters.set(key, buckets.put(key, error, error + weight));
    },
    find: (key) => {
      const counter = counters.get(key);
      return counter && hitterOf(counter);
    },
    top: (count) => largest(counters).slice(0, count),
    total: () => total,
    halve: () => {
      const before = largest(counters).toReversed();
      const half = total / 2;
      clear();
      total = half;
      let last: Bucket | undefined;
      for (const { key, count, error } of before.filter((one) => one.count >= 2)) {
        const counter = buckets.put(key, error / 2, count / 2, last);
        last = counter.bucket;
        counters.set(key, counter);
      }
    },
    clear,
  };
}

const hitterOf = ({ key, error, bucket }: Counter): Hitter => ({
  key,
  error,
  count: bucket.count,
});

const largest = (counters: ReadonlyMap<string, Counter>): Hitter[] =>
  [...counters.values()].map(hitterOf).sort((a, b) => b.count - a.count);
