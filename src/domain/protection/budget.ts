import type { Instant } from '../time.ts';
import { limitsOf, newerGrant, type Grant } from './grant.ts';
import { admit, type ArrivalMs } from './rate.ts';

/** What is left of one operation's grant: how fast, and how many at once. */
export interface Budget {
  readonly grant: Grant;
  readonly arrivalMs: ArrivalMs | undefined;
  readonly underWay: number;
}

export type BudgetAnswer =
  | { readonly taken: true; readonly budget: Budget }
  | { readonly taken: false; readonly retryAfterMs: number };

/** Usual time of one request; how long to wait for a free place is guessed from it. */
const usualMs = 100;

export const newBudget = (grant: Grant): Budget => ({ grant, arrivalMs: undefined, underWay: 0 });

/**
 * Takes one request's worth. Never more than the concurrency in force are under way, and over any window
 * never more than the rate in force admits.
 */
export function takeFrom(budget: Budget, now: Instant): BudgetAnswer {
  const { rate, concurrency } = limitsOf(budget.grant, now);
  if (budget.underWay >= concurrency) return { taken: false, retryAfterMs: usualMs };
  if (rate.perSecond <= 0 || rate.burst < 1) return { taken: false, retryAfterMs: 10 * usualMs };

  const answer = admit(rate, budget.arrivalMs, 1, now);
  if (!answer.admitted) return { taken: false, retryAfterMs: answer.retryAfterMs };
  const { arrivalMs } = answer;
  return { taken: true, budget: { ...budget, arrivalMs, underWay: budget.underWay + 1 } };
}

/** Gives a place back once its request was answered or given up. */
export const giveBack = (budget: Budget): Budget => ({
  ...budget,
  underWay: Math.max(0, budget.underWay - 1),
});

/** Goes on under a newer grant; what is under way stays counted. */
export const regrant = (budget: Budget, offered: Grant): Budget => ({
  ...budget,
  grant: newerGrant(budget.grant, offered),
});
