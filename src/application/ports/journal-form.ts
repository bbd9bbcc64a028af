import type { Currency } from '../../domain/currency.ts';
import type { LedgerAccountId } from '../../domain/ledger/entry.ts';
import type { CalendarDay } from '../../domain/time.ts';
import type { AccountTotals, BookedEntry } from './ledger-reports.ts';

/** How another bookkeeping program wants the books written. */
export interface JournalForm {
  /** What comes before everything else. */
  heading(currencies: readonly Currency[]): string;
  account(account: LedgerAccountId): string;
  entry(booked: BookedEntry): string;
  /** Claims what an account stands at, for the reading program to check. */
  claim(day: CalendarDay, totals: AccountTotals): string;
}
