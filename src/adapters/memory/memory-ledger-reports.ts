import type {
  AccountTotals,
  BookedEntry,
  DayRange,
  LedgerDifference,
  LedgerReports,
  LedgerSnapshot,
} from '../../application/ports/ledger-reports.ts';
import type { LedgerAccountId } from '../../domain/ledger/entry.ts';
import type { CalendarDay } from '../../domain/time.ts';
import type { MemoryLedger } from './memory-ledger.ts';

/** The reports over the ledger in maps. What the maps hold cannot differ from itself, and nothing seals it. */
export class MemoryLedgerReports implements LedgerReports {
  readonly #ledger: MemoryLedger;

  constructor(ledger: MemoryLedger) {
    this.#ledger = ledger;
  }

  read<Answer>(work: (books: LedgerSnapshot) => Promise<Answer>): Promise<Answer> {
    const kept = [...this.#ledger.kept.values()].map(({ entry, bookedOn }) => ({
      entry,
      bookedOn,
    }));
    return work(snapshotOf(kept));
  }
}

const snapshotOf = (kept: readonly BookedEntry[]): LedgerSnapshot => ({
  differences: () => one<LedgerDifference>([]),
  seals: () => one([]),
  totals: (through, only) =>
    one(
      totalsOf(kept.filter(isIn({ from: undefined, to: through }))).filter(
        ({ account }) => only === undefined || account === only,
      ),
    ),
  entries: (range, only) => one(byDay(kept.filter(isIn(range)).filter(touches(only)))),
  accounts: (range) => one(totalsOf(kept.filter(isIn(range))).map(({ account }) => account)),
  size: () => Promise.resolve(kept.length),
});

const touches =
  (only: LedgerAccountId | undefined) =>
  ({ entry }: BookedEntry): boolean =>
    only === undefined || entry.postings.some(({ account }) => account === only);

async function* one<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  if (rows.length > 0) yield rows;
}

const isIn =
  ({ from, to }: DayRange) =>
  ({ bookedOn }: { readonly bookedOn: CalendarDay }): boolean =>
    (from === undefined || from <= bookedOn) && (to === undefined || bookedOn <= to);

const byDay = (entries: readonly BookedEntry[]): readonly BookedEntry[] =>
  entries.toSorted((a, b) => (a.bookedOn < b.bookedOn ? -1 : Number(a.bookedOn > b.bookedOn)));

function totalsOf(entries: readonly BookedEntry[]): readonly AccountTotals[] {
  const totals = new Map<LedgerAccountId, AccountTotals>();
  for (const { account, side, amount } of entries.flatMap(({ entry }) => entry.postings)) {
    const { currency, minor } = amount;
    const before = totals.get(account) ?? { account, currency, debits: 0n, credits: 0n };
    const after =
      side === 'debit'
        ? { ...before, debits: before.debits + minor }
        : { ...before, credits: before.credits + minor };
    totals.set(account, after);
  }
  return [...totals.values()].toSorted((a, b) => (a.account < b.account ? -1 : 1));
}
