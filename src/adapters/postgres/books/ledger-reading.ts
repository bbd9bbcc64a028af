import type pg from 'pg';
import type { BooksAccount } from '../../../application/ports/books.ts';
import type { Counters } from '../../../domain/ledger/counters.ts';
import type { Entry, LedgerAccountId } from '../../../domain/ledger/entry.ts';
import type { CalendarDay, Instant } from '../../../domain/time.ts';
import { timestamp } from '../pool.ts';
import { toBooksAccount, toPosting, type BooksAccountRow, type PostingRow } from './books-rows.ts';
import { selectAccount } from './postgres-books.ts';

/** Keeps whatever is named still until the transaction ends. Always taken in this order, so nobody waits in a circle. */
export async function lockNames(client: pg.ClientBase, names: readonly string[]): Promise<void> {
  for (const name of names.toSorted()) {
    await client.query({
      name: 'ledger-lock',
      text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 7365203))',
      values: [name],
    });
  }
}

/** A customer's account by its number, locked. */
export async function lockByNumber(
  client: pg.ClientBase,
  number: string,
): Promise<BooksAccount | undefined> {
  const { rows } = await client.query<BooksAccountRow>({
    name: 'ledger-account-lock',
    text: `${selectAccount} WHERE a.number = $1 FOR UPDATE OF a`,
    values: [number],
  });
  return rows[0] && toBooksAccount(rows[0]);
}

/** An entry and its postings in one row. */
export interface EntryRow {
  readonly key: string;
  readonly kind: string;
  readonly effective_at: Instant;
  readonly booked_on: string;
  readonly memo: string;
  readonly correlation: string | null;
  readonly reverses: string | null;
  readonly provider: string | null;
  readonly provider_ref: string | null;
  readonly legs: readonly (Omit<PostingRow, 'amount'> & { readonly amount: string })[];
}

/** Columns of an EntryRow; the entry is `e`. */
export const entryRow = `e.key, e.kind, e.effective_at, e.booked_on, e.memo, e.correlation, e.reverses,
  e.provider, e.provider_ref, (
    SELECT json_agg(json_build_object('ledger_account', p.ledger_account, 'side', p.side,
        'amount', p.amount::text, 'currency', p.currency) ORDER BY p.line)
    FROM posting p WHERE p.customer_id = e.customer_id AND p.entry_id = e.id) AS legs`;

export const toEntry = (row: EntryRow): Entry => ({
  key: row.key,
  kind: row.kind,
  effectiveAt: row.effective_at,
  memo: row.memo,
  bookOn: row.booked_on as CalendarDay,
  postings: row.legs.map((leg) => toPosting({ ...leg, amount: BigInt(leg.amount) })),
  ...(row.correlation !== null && { correlation: row.correlation }),
  ...(row.reverses !== null && { reverses: row.reverses }),
  ...(row.provider !== null &&
    row.provider_ref !== null && { proof: { provider: row.provider, ref: row.provider_ref } }),
});

/** The entry of a key, what is correlated with it, and what reverses it. */
export async function readFamily(client: pg.ClientBase, key: string): Promise<readonly Entry[]> {
  const { rows } = await client.query<EntryRow>({
    name: 'ledger-family',
    text: `SELECT ${entryRow} FROM entry e
      WHERE e.key = $1 OR e.correlation = $1 OR e.reverses = $1 ORDER BY e.seq`,
    values: [key],
  });
  return rows.map(toEntry);
}

/** What postings after the last seal add to the counters; together they are everything that is committed. */
const posted = `
  SELECT sum(debits)::text AS debits, sum(credits)::text AS credits FROM (
    SELECT debits, credits FROM ledger_counter WHERE ledger_account = $1
    UNION ALL
    SELECT CASE p.side WHEN 'debit' THEN p.amount ELSE 0 END, CASE p.side WHEN 'credit' THEN p.amount ELSE 0 END
    FROM entry e JOIN posting p ON p.customer_id = e.customer_id AND p.entry_id = e.id
    WHERE e.seq > (SELECT coalesce(max(seq_to), 0) FROM ledger_seal) AND p.ledger_account = $1) AS found`;

/** Debits less credits of an account, everything that is committed and what this transaction has done. */
export async function debitsOverCredits(
  client: pg.ClientBase,
  account: LedgerAccountId,
): Promise<bigint> {
  const of = await postedCounters(client, account);
  return of.debits - of.credits;
}

async function postedCounters(client: pg.ClientBase | pg.Pool, account: LedgerAccountId) {
  const { rows } = await client.query<{ debits: string | null; credits: string | null }>({
    name: 'ledger-posted',
    text: posted,
    values: [account],
  });
  return { debits: BigInt(rows[0]?.debits ?? 0), credits: BigInt(rows[0]?.credits ?? 0) };
}

export async function readCounters(
  client: pg.Pool,
  account: LedgerAccountId,
  now: Instant,
): Promise<Counters> {
  const { debits, credits } = await postedCounters(client, account);
  const { rows } = await client.query<{ debits: string; credits: string }>({
    name: 'ledger-pending',
    text: `SELECT coalesce(sum(amount) FILTER (WHERE debit_account = $1), 0)::text AS debits,
        coalesce(sum(amount) FILTER (WHERE credit_account = $1), 0)::text AS credits
      FROM hold WHERE state = 'open' AND expires_at > $2`,
    values: [account, timestamp(now)],
  });
  return {
    debitsPosted: debits,
    creditsPosted: credits,
    debitsPending: BigInt(rows[0]?.debits ?? 0),
    creditsPending: BigInt(rows[0]?.credits ?? 0),
  };
}
