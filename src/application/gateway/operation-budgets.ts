import type { Experience } from '../../domain/protection/adaptive-limit.ts';
import {
  type Budget,
  giveBack,
  newBudget,
  placesOf,
  regrant,
  takeFrom,
} from '../../domain/protection/budget.ts';
import { type Curb, limitsUnder, modeUnder } from '../../domain/protection/curb.ts';
import {
  type Grant,
  type GrantMode,
  type Lane,
  type Limits,
  limitsOf,
} from '../../domain/protection/grant.ts';
import type { Instant } from '../../domain/time.ts';

/** A place under way, to be given back exactly once with how it went; further calls do nothing. */
export type Release = (ended: Experience['ended'], now: Instant) => void;

export type Place =
  | { readonly release: Release }
  | { readonly why: 'no-place' | 'too-fast' | 'shut'; readonly retryAfterMs: number };

/** How one operation stands, for people and for the inside. */
export interface BudgetState {
  readonly grant: Grant;
  /** What the inside lets through: the granted limits, or the safe ones after expiry. */
  readonly limits: Limits;
  /** What is held back of it, if anything. */
  readonly curb: Curb | undefined;
  /** What of it passes now: of all modes the strictest, and the limits that a query of the lane `hi` meets. */
  readonly passing: Limits & { readonly mode: GrantMode };
  readonly underWay: number;
  /** Queries that may be under way at once now. */
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

/** Starts with these grants; `curbAt` says what is held back of all of them. */
export const operationBudgets = (
  grants: readonly Grant[],
  curbAt: (now: Instant) => Curb | undefined = () => undefined,
): OperationBudgets => {
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
      const answer = takeFrom(budget, lane, now, curbAt(now));
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
      return budget === undefined ? undefined : stateOf(budget, now, curbAt(now));
    },
    states: (now) => {
      const curb = curbAt(now);
      return [...budgets.values()].map((budget) => stateOf(budget, now, curb));
    },
  };
};

const stateOf = (budget: Budget, now: Instant, curb: Curb | undefined): BudgetState => {
  const { grant, underWay, guard } = budget;
  return {
    grant,
    limits: limitsOf(grant, now),
    curb,
    passing: { ...limitsUnder(grant, curb, 'hi', now), mode: modeUnder(grant.mode, curb) },
    underWay,
    places: placesOf(budget, 'hi', now, curb),
    usualMs: guard.usualMs,
  };
};
