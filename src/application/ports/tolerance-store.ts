import type { Currency } from '../../domain/currency.ts';
import type { Tolerance } from '../../domain/ledger/tolerance.ts';
import type { Result } from '../../domain/result.ts';
import type { CalendarDay } from '../../domain/time.ts';

/** What has to stay still while a case is decided. */
export interface ToleranceAsked {
  readonly caseId: string;
  /** The currency that is asked for; absent where the case itself knows. */
  readonly currency: Currency | undefined;
  readonly day: CalendarDay;
}

/**
 * Keeps the differences that people let pass. Promises, proved by test/contracts/tolerance-store.test.ts:
 * - `decide` sees the case and the day as they stand, keeps both still until the answer is saved, and saves it in one commit
 *   or nothing where it is refused;
 * - what a case is about is never changed, it leaves `waiting` once, and nothing is deleted.
 */
export interface ToleranceStore {
  decide<Refusal>(
    asked: ToleranceAsked,
    decide: (
      found: Tolerance | undefined,
      /** What one person alone has let pass on that day in that currency. */
      aloneToday: bigint,
    ) => Result<Tolerance, Refusal>,
  ): Promise<Result<Tolerance, Refusal>>;
  /** Newest first. */
  list(limit: number): Promise<readonly Tolerance[]>;
}
