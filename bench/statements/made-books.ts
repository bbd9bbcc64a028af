import type {
  AccountTotals,
  BookedEntry,
  LedgerReports,
  LedgerSnapshot,
} from '../../src/application/ports/ledger-reports.ts';
import { credit, debit, type LedgerAccountId, mirrored } from '../../src/domain/ledger/entry.ts';
import { money } from '../../src/domain/money.ts';
import { type CalendarDay, instant } from '../../src/domain/time.ts';
import { dice } from '../payments/payers.ts';

export const clearing = 'clearing:yookassa:RUB' as LedgerAccountId;
export const day = '2026-11-12' as CalendarDay;
const noon = instant(Date.parse(`${day}T09:00:00Z`));
/** As many as PostgreSQL hands over at once. */
const batch = 2_000;
const customers = 600_000;

/** Books that are made while they are read: so many captures, every third of them undone, in batches as from the real ones. */
export function madeBooks(count: number, seed: number): LedgerReports {
  const totals = totalsOf(count, seed);
  const snapshot: LedgerSnapshot = {
    entries: async function* () {
      const draw = dice(seed, 1_000_000);
      for (let first = 0; first < count; first += batch) {
        const size = Math.min(batch, count - first);
        yield Array.from({ length: size }, (_, n) => booked(first + n, BigInt(draw())));
      }
    },
    totals: async function* (through) {
      if (through === undefined || through >= day) yield [totals];
    },
    accounts: async function* () {
      yield [clearing];
      for (let first = 0; first < Math.min(count, customers); first += batch) {
        const size = Math.min(batch, Math.min(count, customers) - first);
        yield Array.from({ length: size }, (_, n) => customerOf(first + n));
      }
    },
    differences: nothing,
    seals: nothing,
    size: () => Promise.resolve(count),
  };
  return { read: (work) => work(snapshot) };
}

const customerOf = (n: number): LedgerAccountId =>
  `receivable:${String(7_000_000 + (n % customers))}:RUB` as LedgerAccountId;

function booked(n: number, minor: bigint): BookedEntry {
  const amount = money(minor, 'RUB');
  const taken = [debit(clearing, amount), credit(customerOf(n), amount)];
  const ref = `2d5e3a1f-000f-5000-8000-${String(n).padStart(12, '0')}`;
  const entry = {
    ...{ key: `capture:yookassa:${ref}`, kind: 'payment-captured', effectiveAt: noon },
    memo: `Оплата по лицевому счёту ${String(7_000_000 + n)}, без НДС`,
    postings: isUndone(n) ? taken.map(mirrored) : taken,
    proof: { provider: 'yookassa', ref },
  };
  return { entry, bookedOn: day };
}
const isUndone = (n: number): boolean => n % 3 === 0;

function totalsOf(count: number, seed: number): AccountTotals {
  const draw = dice(seed, 1_000_000);
  let [debits, credits] = [0, 0];
  for (let n = 0; n < count; n += 1) {
    if (isUndone(n)) credits += draw();
    else debits += draw();
  }
  return { account: clearing, currency: 'RUB', debits: BigInt(debits), credits: BigInt(credits) };
}

async function* nothing(): AsyncGenerator<never> {
  yield* [];
}
