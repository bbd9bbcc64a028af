import type { BudgetSetting } from '../ports/budget-settings.ts';

const rate = (perSecond: number, burst = perSecond) => ({ perSecond, burst });
/** A tenth of what is granted holds when the inside has fallen silent. */
const setting = (
  operation: string,
  perSecond: number,
  concurrency: number,
  customer: { readonly perSecond: number; readonly burst: number },
): BudgetSetting => ({
  operation,
  rate: rate(perSecond),
  concurrency,
  cost: 1,
  mode: 'open',
  customer,
  safe: { rate: rate(perSecond / 10), concurrency: Math.ceil(concurrency / 10) },
});

/** What is granted of each operation until somebody sets it: requests per second, at once, and per customer. */
export const usualBudgets: readonly BudgetSetting[] = [
  setting('ledger.read-account', 200, 100, rate(2, 20)),
  setting('ledger.record-payment', 500, 200, rate(50)),
  setting('ledger.record-refund', 100, 50, rate(50)),
];
