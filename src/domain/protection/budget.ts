import type { Instant } from '../time.ts';
import { adapt, type AdaptiveLimit, type Experience, limitAtCap } from './adaptive-limit.ts';
import { type Curb, limitsUnder, modeUnder } from './curb.ts';
import { type Grant, isOpenFor, type Lane, limitsOf, newerGrant } from './grant.ts';
import { admit, type ArrivalMs } from './rate.ts';

/** What is left of one operation's grant: how fast, and how many at once. */
export interface Budget {
  readonly grant: Grant;
  readonly arrivalMs: ArrivalMs | undefined;
  readonly underWay: number;
  readonly guard: AdaptiveLimit;
}

export type BudgetAnswer =
  | { readonly taken: true; readonly budget: Budget }
  | { readonly taken: false; readonly why: 'no-place' | 'too-fast' | 'shut'; retryAfterMs: number };

/** How long one in front of a closed door is asked to stay away. */
const shutRetryMs = 5_000;

export const newBudget = (grant: Grant): Budget => ({
  grant,
  arrivalMs: undefined,
  underWay: 0,
  guard: limitAtCap,
});

/**
 * Requests of a lane that may be under way at once now: what is granted, or less while the inside shows that it has
 * enough, or while there is a curb.
 */
export const placesOf = (budget: Budget, lane: Lane, now: Instant, curb?: Curb): number =>
  Math.min(limitsUnder(budget.grant, curb, lane, now).concurrency, Math.floor(budget.guard.limit));

/**
 * Takes one request's worth. Never more than the concurrency in force are under way, and over any window
 * never more than the rate in force admits. A curb only ever takes away: what passes under it would have passed
 * without.
 */
export function takeFrom(budget: Budget, lane: Lane, now: Instant, curb?: Curb): BudgetAnswer {
  const { grant, guard } = budget;
  const { rate, concurrency } = limitsUnder(grant, curb, lane, now);
  const mode = modeUnder(grant.mode, curb);
  if (!isOpenFor({ mode }, lane) || rate.perSecond <= 0 || rate.burst < grant.cost) {
    return { taken: false, why: 'shut', retryAfterMs: shutRetryMs };
  }
  if (concurrency < 1) return { taken: false, why: 'shut', retryAfterMs: shutRetryMs };
  if (budget.underWay >= placesOf(budget, lane, now, curb)) {
    return { taken: false, why: 'no-place', retryAfterMs: Math.ceil(guard.usualMs) };
  }
  const answer = admit(rate, budget.arrivalMs, grant.cost, now);
  if (!answer.admitted) {
    return { taken: false, why: 'too-fast', retryAfterMs: answer.retryAfterMs };
  }
  const { arrivalMs } = answer;
  return { taken: true, budget: { ...budget, arrivalMs, underWay: budget.underWay + 1 } };
}

/** Gives a place back once its request was answered or given up, and learns from how it went. */
export const giveBack = (budget: Budget, experience: Experience, now: Instant): Budget => ({
  ...budget,
  underWay: Math.max(0, budget.underWay - 1),
  guard: adapt(budget.guard, limitsOf(budget.grant, now).concurrency, experience, now),
});

/** Goes on under a newer grant; what is under way stays counted. */
export const regrant = (budget: Budget, offered: Grant): Budget => ({
  ...budget,
  grant: newerGrant(budget.grant, offered),
});
