import {
  type BankMovement,
  type BankParty,
  type Turnover,
  unknownParty,
} from '../../domain/bank-statement.ts';
import { accountKinds, findKind, normalSide } from '../../domain/ledger/chart-of-accounts.ts';
import type { LedgerAccountId, Posting, Side } from '../../domain/ledger/entry.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import { type CalendarDay, dayBefore } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type {
  AccountTotals,
  BookedEntry,
  LedgerReports,
  LedgerSnapshot,
} from '../ports/ledger-reports.ts';
import type { StatementForm } from '../ports/statement-form.ts';

export interface StatementRequest {
  readonly account: LedgerAccountId;
  /** First and last day. */
  readonly from: CalendarDay;
  readonly to: CalendarDay;
  readonly owner: BankParty;
}
/** What was written. */
export interface WrittenStatement extends Turnover {
  readonly movements: number;
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
  ): Promise<Result<WrittenStatement, StatementRefusal>> =>
    reports.read(async (books) => {
      const { account, from, to, owner } = request;
      const kind = findKind(account);
      const until = await postedUntil(books, account, to);
      if (kind === undefined || until === undefined) return refused({ reason: 'no-such-account' });
      const grows = normalSide(accountKinds[kind].type);
      const before = await postedUntil(books, account, dayBefore(from));
      const turnover = turnoverOf(grows, before ?? { debits: 0n, credits: 0n }, until);

      const id = `${from}-${to}`.replaceAll('-', '');
      const head = { id, madeAt: clock.now(), currency: until.currency, owner, from, to, turnover };
      let count = 0;
      const told = (): void => {
        count += 1;
        if (count % 1_000 === 0) progress(count);
      };
      const passing = eachTold(movementsOf(books, request, grows), told);
      for await (const bytes of form(head, passing)) await write(bytes);
      progress(count);
      return ok({ ...turnover, movements: count });
    });
export type ExportStatement = ReturnType<typeof exportStatement>;

type Posted = Pick<AccountTotals, 'debits' | 'credits'>;

/** Everything that was posted on an account until the end of a day; undefined where nothing was. */
async function postedUntil(
  books: LedgerSnapshot,
  account: LedgerAccountId,
  day: CalendarDay,
): Promise<AccountTotals | undefined> {
  let found: AccountTotals | undefined;
  for await (const [row] of books.totals(day, account)) found = row ?? found;
  return found;
}

/** What came and went between two moments, by what was posted until each: no entry has to be read for it. */
function turnoverOf(grows: Side, before: Posted, until: Posted): Turnover {
  const debits = until.debits - before.debits;
  const credits = until.credits - before.credits;
  return grows === 'debit'
    ? { opening: before.debits - before.credits, received: debits, spent: credits }
    : { opening: before.credits - before.debits, received: credits, spent: debits };
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

async function* eachTold(
  movements: AsyncIterable<BankMovement>,
  tell: () => void,
): AsyncGenerator<BankMovement> {
  for await (const movement of movements) {
    yield movement;
    tell();
  }
}
