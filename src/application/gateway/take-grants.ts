import type { Grant } from '../../domain/protection/grant.ts';
import { type Instant, parseInstant } from '../../domain/time.ts';
import type { BudgetGranted } from '../ports/inside-messages.ts';
import type { OperationBudgets } from './operation-budgets.ts';

/**
 * Takes what the inside grants this gateway; older grants change nothing. Answers whether other limits hold now than
 * before: then the inside waits to hear that we keep to them.
 */
export const takeGrants =
  (budgets: OperationBudgets) =>
  ({ grants }: Pick<BudgetGranted, 'grants'>, now: Instant): boolean => {
    const limitsNow = (): string =>
      JSON.stringify(
        budgets
          .states(now)
          .map(({ limits: { rate, concurrency }, grant }) => [rate, concurrency, grant.mode]),
      );
    const before = limitsNow();
    for (const message of grants) budgets.grant(toGrant(message, now));
    return limitsNow() !== before;
  };
export type TakeGrants = ReturnType<typeof takeGrants>;

const toGrant = (message: BudgetGranted['grants'][number], now: Instant): Grant => ({
  ...message,
  // The schema has held the text against the form of a time.
  expiresAt: parseInstant(message.expiresAt) ?? now,
});
