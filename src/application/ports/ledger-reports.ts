import type { Currency } from '../../domain/currency.ts';
import type { Entry, LedgerAccountId } from '../../domain/ledger/entry.ts';
import type { CalendarDay } from '../../domain/time.ts';

/** Everything that was ever posted on an account, up to some day. */
export interface AccountTotals {
  readonly account: LedgerAccountId;
  readonly currency: Currency;
  readonly debits: bigint;
  readonly credits: bigint;
}

/** An entry as the books have it. */
export interface BookedEntry {
  readonly entry: Entry;
  readonly bookedOn: CalendarDay;
}

/** Days of the books, both in it; an end that is absent is open. */
export interface DayRange {
  readonly from: CalendarDay | undefined;
  readonly to: CalendarDay | undefined;
}

/** Something that is not what it should be, and where. */
export interface LedgerDifference {
  readonly place: string;
  readonly expected: string;
  readonly found: string;
}

/** A seal, told by the number of its last entry, and what its entries say today. */
export interface SealFound {
  readonly seqTo: bigint;
  readonly entries: number;
  readonly entriesFound: number;
  readonly isSame: boolean;
  /** In hexadecimal digits. */
  readonly digest: string;
}

export const ledgerChecks = [
  'entries balance',
  'currencies come to nothing',
  'counters are the sums of their postings',
  'customers see debt and prepayment',
  'histories add up',
  'nothing stands below its floor',
  'reversals happen once',
  'holds give what they held',
  'closed months stay as they were',
] as const;
export type LedgerCheck = (typeof ledgerChecks)[number];

/** The books as of one moment, whatever is posted meanwhile. All of it is read in parts that fit into memory. */
export interface LedgerSnapshot {
  /** Works a law out from the postings, and tells of everything that breaks it. */
  differences(check: LedgerCheck): AsyncIterable<readonly LedgerDifference[]>;
  /** Every seal, oldest first, with what its entries say now. */
  seals(): AsyncIterable<readonly SealFound[]>;
  /** What was posted on every account, or on one, until the end of a day, or until now; by name. */
  totals(
    through: CalendarDay | undefined,
    only?: LedgerAccountId,
  ): AsyncIterable<readonly AccountTotals[]>;
  /** The entries of some days, or those that touch one account, by day and then in the order they came. */
  entries(range: DayRange, only?: LedgerAccountId): AsyncIterable<readonly BookedEntry[]>;
  /** The accounts those entries touch, by name. */
  accounts(range: DayRange): AsyncIterable<readonly LedgerAccountId[]>;
  /** The number of all entries. */
  size(): Promise<number>;
}

export interface LedgerReports {
  read<Answer>(work: (books: LedgerSnapshot) => Promise<Answer>): Promise<Answer>;
}
