import {
  type Budget,
  giveBack,
  newBudget,
  regrant,
  takeFrom,
} from '../../domain/protection/budget.ts';
import type { Grant } from '../../domain/protection/grant.ts';
import type { Instant } from '../../domain/time.ts';

/** A place under way, to be given back exactly once; further calls do nothing. */
export type Release = () => void;

/** The budgets of all operations, in memory: one per operation. An operation without a grant is closed. */
export interface OperationBudgets {
  take(
    operation: string,
    now: Instant,
  ): { readonly release: Release } | { readonly retryAfterMs: number };
  /** Takes a grant from the inside; an older one changes nothing. */
  grant(grant: Grant): void;
  underWay(operation: string): number;
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
  return {
    take: (operation, now) => {
      const budget = budgets.get(operation);
      if (budget === undefined) return { retryAfterMs: closedRetryMs };
      const answer = takeFrom(budget, now);
      if (!answer.taken) return { retryAfterMs: answer.retryAfterMs };

      budgets.set(operation, answer.budget);
      let held = true;
      return {
        release: () => {
          if (held) change(operation, giveBack);
          held = false;
        },
      };
    },
    grant: (offered) => {
      if (budgets.has(offered.operation))
        change(offered.operation, (held) => regrant(held, offered));
      else budgets.set(offered.operation, newBudget(offered));
    },
    underWay: (operation) => budgets.get(operation)?.underWay ?? 0,
  };
};
