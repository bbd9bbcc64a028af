import {
  type BankMovement,
  type BankParty,
  tally,
  type Turnover,
  unknownParty,
} from '../../domain/bank-statement.ts';
import type { Currency } from '../../domain/currency.ts';
import { accountKinds, findKind, normalSide } from '../../domain/ledger/chart-of-accounts.ts';
import type { LedgerAccountId, Posting, Side } from '../../domain/ledger/entry.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import { type CalendarDay, dayBefore } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { BookedEntry, LedgerReports, LedgerSnapshot } from '../ports/ledger-reports.ts';
import type { StatementForm } from '../ports/statement-form.ts';

export interface StatementRequest {
  readonly account: LedgerAccountId;
  /** First and last day. */
  readonly from: CalendarDay;
  readonly to: CalendarDay;
  readonly owner: BankParty;
}
export type StatementRefusal = { readonly reason: 'no-such-account' };

/**
 * Writes what came to an account of the ledger and what left it, with what was there before and after, for another
 * program. As of one moment, in memory that does not grow with the number of entries. Money comes where the account
 * grows: on the debit side of what is owned, on the credit side of what is owed.
 */
export const exportStatement =
  (reports: LedgerReports, form: StatementForm, clock: Clock) =>
  (
    request: StatementRequest,
    write: (bytes: Uint8Array) => Promise<void>,
    progress: (movements: number) => void,
  ): Promise<Result<Turnover, StatementRefusal>> =>
    reports.read(async (books) => {
      const { account, from, to, owner } = request;
      const kind = findKind(account);
      const opening = await openingOf(books, request);
      if (kind === undefined || opening === undefined) {
        return refused({ reason: 'no-such-account' });
      }
      const grows = normalSide(accountKinds[kind].type);
      const before = opening.minor[grows] - opening.minor[grows === 'debit' ? 'credit' : 'debit'];
      const sums = tally(before);
      for await (const movement of movementsOf(books, request, grows)) sums.add(movement);

      const turnover = sums.turnover();
      const id = `${from}-${to}`.replaceAll('-', '');
      const head = {
        id,
        madeAt: clock.now(),
        currency: opening.currency,
        owner,
        from,
        to,
        turnover,
      };
      const passing = counted(movementsOf(books, request, grows), progress);
      for await (const bytes of form(head, passing)) await write(bytes);
      return ok(turnover);
    });
export type ExportStatement = ReturnType<typeof exportStatement>;

/** What was posted before the first day; undefined where nothing was posted until the last. */
async function openingOf(books: LedgerSnapshot, { account, from, to }: StatementRequest) {
  let currency: Currency | undefined;
  for await (const rows of books.totals(to, account)) currency = rows[0]?.currency ?? currency;
  if (currency === undefined) return undefined;
  const minor: Record<Side, bigint> = { debit: 0n, credit: 0n };
  for await (const rows of books.totals(dayBefore(from), account)) {
    for (const { debits, credits } of rows) {
      minor.debit += debits;
      minor.credit += credits;
    }
  }
  return { currency, minor };
}

async function* movementsOf(
  books: LedgerSnapshot,
  { account, from, to }: StatementRequest,
  grows: Side,
): AsyncGenerator<BankMovement> {
  for await (const entries of books.entries({ from, to }, account)) {
    for (const booked of entries) yield* movementsIn(booked, account, grows);
  }
}

function* movementsIn(
  { entry, bookedOn }: BookedEntry,
  account: LedgerAccountId,
  grows: Side,
): Generator<BankMovement> {
  for (const posting of entry.postings) {
    if (posting.account !== account) continue;
    yield {
      number: entry.proof?.ref ?? entry.key,
      day: bookedOn,
      minor: posting.amount.minor,
      direction: posting.side === grows ? 'in' : 'out',
      other: otherOf(entry.postings, posting),
      purpose: entry.memo,
    };
  }
}

/** The other end of an entry: the customer's account where there is one, else whatever stands on the other side. */
function otherOf(postings: readonly Posting[], { side }: Posting): BankParty {
  const others = postings.filter((other) => other.side !== side).map(({ account }) => account);
  const customers = others.find((account) => perAccount(account));
  const name = (customers ?? others[0] ?? '').split(':')[1] ?? '';
  return { ...unknownParty, name };
}

function perAccount(account: LedgerAccountId): boolean {
  const kind = findKind(account);
  return kind !== undefined && accountKinds[kind].per === 'account';
}

async function* counted(
  movements: AsyncIterable<BankMovement>,
  progress: (count: number) => void,
): AsyncGenerator<BankMovement> {
  let count = 0;
  for await (const movement of movements) {
    yield movement;
    count += 1;
    if (count % 1_000 === 0) progress(count);
  }
  progress(count);
}
