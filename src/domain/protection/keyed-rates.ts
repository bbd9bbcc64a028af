import type { Instant } from '../time.ts';
import { admit, type ArrivalMs, type Rate } from './rate.ts';

/** One rate limit for each of many keys, such as customers and subnets. */
export interface KeyedRates {
  /** How long until this cost may pass, in milliseconds; 0: now. Takes nothing. */
  waitMs(key: string, rate: Rate, cost: number, now: Instant): number;
  /** Takes what `waitMs` allowed. */
  take(key: string, rate: Rate, cost: number, now: Instant): void;
  readonly size: number;
}

/**
 * What a key took before a restart nobody remembers: for so long a key we meet for the first time has half of its
 * burst. Longer than any burst needs to refill.
 */
const forgetfulMs = 60_000;
/** Keys before the rested ones are dropped for the first time; from then on at every doubling. */
const firstSweep = 10_000;

export function keyedRates(beganAt: Instant): KeyedRates {
  const arrivals = new Map<string, ArrivalMs>();
  let sweepAt = firstSweep;

  const before = (key: string, rate: Rate, now: Instant): ArrivalMs | undefined => {
    const known = arrivals.get(key);
    if (known !== undefined || now - beganAt >= forgetfulMs) return known;
    return now + (rate.burst / 2) * (1_000 / rate.perSecond);
  };
  /** A key whose work is all worked off is as good as one nobody ever saw. */
  const sweep = (now: Instant): void => {
    for (const [key, arrivalMs] of arrivals) if (arrivalMs <= now) arrivals.delete(key);
    sweepAt = Math.max(firstSweep, 2 * arrivals.size);
  };
  return {
    waitMs: (key, rate, cost, now) => {
      const answer = admit(rate, before(key, rate, now), cost, now);
      return answer.admitted ? 0 : answer.retryAfterMs;
    },
    take: (key, rate, cost, now) => {
      const answer = admit(rate, before(key, rate, now), cost, now);
      if (!answer.admitted) return;
      arrivals.set(key, answer.arrivalMs);
      if (arrivals.size >= sweepAt) sweep(now);
    },
    get size() {
      return arrivals.size;
    },
  };
}
