import type { GrantMode, Limits } from '../../domain/protection/grant.ts';
import type { Rate } from '../../domain/protection/rate.ts';

/** What the inside grants of one operation to all gateways together. */
export interface BudgetSetting extends Limits {
  readonly operation: string;
  readonly cost: number;
  readonly mode: GrantMode;
  readonly customer: Rate;
  /** What holds when a grant ran out unrenewed. */
  readonly safe: Limits;
}

/**
 * The budgets as people set them. Promises, proved by test/contracts/budget-settings.test.ts:
 * - what was kept is read, whole, also while somebody keeps something else;
 * - what nobody set has its usual values.
 */
export interface BudgetSettings {
  read(): Promise<readonly BudgetSetting[]>;
  /** Keeps one operation's setting; the others stay as they are. */
  keep(setting: BudgetSetting): Promise<void>;
}
