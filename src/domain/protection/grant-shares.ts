import type { Instant } from '../time.ts';
import type { Limits } from './grant.ts';

/** A share of one operation's limits that was given to a gateway. */
export interface GivenShare {
  readonly seq: number;
  readonly limits: Limits;
  readonly expiresAt: Instant;
}

const nothing: Limits = { rate: { perSecond: 0, burst: 0 }, concurrency: 0 };

const fieldwise = (one: Limits, other: Limits, of: (a: number, b: number) => number): Limits => ({
  rate: {
    perSecond: of(one.rate.perSecond, other.rate.perSecond),
    burst: of(one.rate.burst, other.rate.burst),
  },
  concurrency: of(one.concurrency, other.concurrency),
});

/**
 * The most a gateway may be using now of what it was given: any share that has not run out, from the one it says it
 * holds (`heldSeq`) on, because it may have got the later ones or not.
 */
export const exposureOf = (given: readonly GivenShare[], heldSeq: number, now: Instant): Limits =>
  given
    .filter(({ seq, expiresAt }) => seq >= heldSeq && now < expiresAt)
    .reduce<Limits>((most, { limits }) => fieldwise(most, limits, Math.max), nothing);

/** What several gateways together may be using. */
export const totalOf = (exposures: readonly Limits[]): Limits =>
  exposures.reduce((sum, one) => fieldwise(sum, one, (a, b) => a + b), nothing);

/**
 * The share of the gateway that is the `index`-th of `count`: an equal part, and never more than the others leave. So
 * all gateways together stay within the limits at any time; who joins waits until the others have let go.
 */
export const shareOf = (
  limits: Limits,
  index: number,
  count: number,
  usedByOthers: Limits,
): Limits => {
  const part: Limits = {
    rate: {
      perSecond: limits.rate.perSecond / count,
      // Less than one request at once would let none pass at all.
      burst: Math.max(Math.min(1, limits.rate.burst), limits.rate.burst / count),
    },
    concurrency:
      Math.floor(limits.concurrency / count) + (index < limits.concurrency % count ? 1 : 0),
  };
  const left = fieldwise(limits, usedByOthers, (all, used) => Math.max(0, all - used));
  return fieldwise(part, left, Math.min);
};
