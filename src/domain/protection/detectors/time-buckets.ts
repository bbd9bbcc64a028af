import type { Instant } from '../../time.ts';

/** After a pause so many empty buckets are told of; more say nothing new. */
const mostEmpty = 12;

/**
 * Cuts the time into buckets of `ms`; answers how many have ended since it was asked last. A clock that went back
 * counts on in the bucket it was in.
 */
export function timeBuckets(ms: number): (now: Instant) => number {
  let current: number | undefined;
  return (now) => {
    const bucket = Math.floor(now / ms);
    const before = current ?? bucket;
    current = Math.max(before, bucket);
    return Math.min(current - before, mostEmpty);
  };
}
