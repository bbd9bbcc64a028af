/** Keys of one count; buckets are linked in the order of their counts. */
export interface Bucket {
  readonly count: number;
  readonly counters: Set<Counter>;
  lower: Bucket | undefined;
  higher: Bucket | undefined;
}
export interface Counter {
  readonly key: string;
  /** By how much the count may be too large. */
  readonly error: number;
  bucket: Bucket;
}

/** Counters in the order of their counts: the least is at hand, and raising one is a step to a neighbour. */
export interface CountBuckets {
  /** Puts a new counter into the bucket of its count, looked for upwards from one that is not above it. */
  put(key: string, error: number, count: number, from?: Bucket): Counter;
  /** Moves a counter up. */
  raise(counter: Counter, weight: number): void;
  /** Takes a counter of the least count out. */
  takeLeast(): Counter | undefined;
  clear(): void;
}

export function countBuckets(): CountBuckets {
  let lowest: Bucket | undefined;
  const link = (count: number, below: Bucket | undefined, above: Bucket | undefined): Bucket => {
    const made: Bucket = { count, counters: new Set(), lower: below, higher: above };
    if (below === undefined) lowest = made;
    else below.higher = made;
    if (above !== undefined) above.lower = made;
    return made;
  };
  const bucketOf = (count: number, from: Bucket | undefined): Bucket => {
    let below = from;
    let above = from === undefined ? lowest : from.higher;
    while (above !== undefined && above.count <= count) {
      below = above;
      above = above.higher;
    }
    return below?.count === count ? below : link(count, below, above);
  };
  const unlinkEmpty = (bucket: Bucket): void => {
    if (bucket.counters.size > 0) return;
    if (bucket.lower === undefined) lowest = bucket.higher;
    else bucket.lower.higher = bucket.higher;
    if (bucket.higher !== undefined) bucket.higher.lower = bucket.lower;
  };
  return {
    put: (key, error, count, from) => {
      const bucket = bucketOf(count, from);
      const counter = { key, error, bucket };
      bucket.counters.add(counter);
      return counter;
    },
    raise: (counter, weight) => {
      const { bucket } = counter;
      counter.bucket = bucketOf(bucket.count + weight, bucket);
      bucket.counters.delete(counter);
      counter.bucket.counters.add(counter);
      unlinkEmpty(bucket);
    },
    takeLeast: () => {
      const [least] = lowest?.counters ?? [];
      if (least === undefined) return undefined;
      least.bucket.counters.delete(least);
      unlinkEmpty(least.bucket);
      return least;
    },
    clear: () => {
      lowest = undefined;
    },
  };
}
