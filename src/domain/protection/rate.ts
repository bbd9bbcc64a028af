/**
 * A rate limit by the generic cell rate algorithm (GCRA): one number per key, exact burst.
 * Over any window w it admits at most `burst + perSecond × w` of cost.
 */
export interface Rate {
  /** Cost admitted per second in the long run. */
  readonly perSecond: number;
  /** Cost admitted at once after a rest. */
  readonly burst: number;
}

/** The moment, in milliseconds, at which all admitted cost will have been worked off ("theoretical arrival time"). */
export type ArrivalMs = number;

export type RateAnswer =
  | { readonly admitted: true; readonly arrivalMs: ArrivalMs }
  | { readonly admitted: false; readonly retryAfterMs: number };

/** How long one is asked to stay away from a rate of nothing. */
const closedRetryMs = 60_000;

/** Asks whether `cost` may pass at `nowMs`, given what was admitted before (undefined for a fresh key). */
export function admit(
  rate: Rate,
  before: ArrivalMs | undefined,
  cost: number,
  nowMs: number,
): RateAnswer {
  if (rate.perSecond <= 0) return { admitted: false, retryAfterMs: closedRetryMs };
  const msPerCost = 1_000 / rate.perSecond;
  const arrivalMs = Math.max(before ?? nowMs, nowMs) + cost * msPerCost;
  const tooEarlyMs = arrivalMs - nowMs - rate.burst * msPerCost;
  return tooEarlyMs > 1e-6
    ? { admitted: false, retryAfterMs: Math.ceil(tooEarlyMs) }
    : { admitted: true, arrivalMs };
}
