import type { Experience } from '../../domain/protection/adaptive-limit.ts';
import {
  type Budget,
  giveBack,
  newBudget,
  placesOf,
  regrant,
  takeFrom,
} from '../../domain/protection/budget.ts';
import { type Grant, type Lane, type Limits, limitsOf } from '../../domain/protection/grant.ts';
import type { Instant } from '../../domain/time.ts';

/** A place under way, to be given back exactly once with how it went; further calls do nothing. */
export type Release = (ended: Experience['ended'], now: Instant) => void;

export type Place =
  | { readonly release: Release }
  | { readonly why: 'no-place' | 'too-fast' | 'shut'; readonly retryAfterMs: number };

/** How one operation stands, for people and for the inside. */
export interface BudgetState {
  readonly grant: Grant;
  readonly limits: Limits;
  readonly underWay: number;
  /** Requests that may be under way at once now. */
  readonly places: number;
  /** How long the inside usually takes, in milliseconds. */
  readonly usualMs: number;
}

/** The budgets of all operations, in memory: one per operation. An operation without a grant is closed. */
export interface OperationBudgets {
  take(operation: string, lane: Lane, now: Instant): Place;
  /** Takes a grant from the inside; an older one changes nothing. */
  grant(grant: Grant): void;
  state(operation: string, now: Instant): BudgetState | undefined;
  states(now: Instant): readonly BudgetState[];
}

/** How long one without a grant is asked to stay away. */
const closedRetryMs = 5_000;

/** Starts with these grants. */
export const operationBudgets = (grants: readonly Grant[]): OperationBudgets => {
  const budgets = new Map<string, Budget>(
    grants.map((grant) => [grant.operation, newBudget(grant)]),
  );
  const change = (operation: string, to: (budget: Budget) => Budget): void => {
    const budget = budgets.get(operation);
    if (budget !== undefined) budgets.set(operation, to(budget));
  };
  const releaseOf = (operation: string, takenAt: Instant): Release => {
    let held = true;
    return (ended, now) => {
      if (!held) return;
      held = false;
      const experience = ended === 'answered' ? { ended, tookMs: now - takenAt } : { ended };
      change(operation, (budget) => giveBack(budget, experience, now));
    };
  };
  return {
    take: (operation, lane, now) => {
      const budget = budgets.get(operation);
      if (budget === undefined) return { why: 'shut', retryAfterMs: closedRetryMs };
      const answer = takeFrom(budget, lane, now);
      if (!answer.taken) return { why: answer.why, retryAfterMs: answer.retryAfterMs };

      budgets.set(operation, answer.budget);
      return { release: releaseOf(operation, now) };
    },
    grant: (offered) => {
      if (budgets.has(offered.operation))
        change(offered.operation, (held) => regrant(held, offered));
      else budgets.set(offered.operation, newBudget(offered));
    },
    state: (operation, now) => {
      const budget = budgets.get(operation);
      return budget === undefined ? undefined : stateOf(budget, now);
    },
    states: (now) => [...budgets.values()].map((budget) => stateOf(budget, now)),
  };
};

const stateOf = (budget: Budget, now: Instant): BudgetState => ({
  grant: budget.grant,
  limits: limitsOf(budget.grant, now),
  underWay: budget.underWay,
  places: placesOf(budget, now),
  usualMs: budget.guard.usualMs,
});
