import type pg from 'pg';
import type { Posting as BooksPosting } from '../../../application/ports/books.ts';
import type { Account } from '../../../domain/account.ts';
import type { CustomerId } from '../../../domain/ids.ts';
import { contentOf, type Posting } from '../../../domain/ledger/entry.ts';
import type { Operation } from '../../../domain/operation.ts';
import type { CalendarDay } from '../../../domain/time.ts';
import { timestamp } from '../pool.ts';
import { toPosting, type PostingRow } from './books-rows.ts';
import { firstOpenDay } from './company-posting.ts';

/** What is saved as one entry. */
export interface EntryToSave extends Pick<BooksPosting, 'entryId' | 'entry' | 'recordedAt'> {
  readonly customerId: string;
  /** The day of the fact, in the company's zone. */
  readonly day: CalendarDay;
  /** A digest of what was told, to know a repetition by where the postings depend on the moment. */
  readonly facts?: Buffer;
}

/** Saves an entry with its postings in one statement; an entry that is there already stays as it is. */
export async function saveEntry(
  client: pg.ClientBase,
  toSave: EntryToSave,
): Promise<'posted' | 'repeated' | 'conflict'> {
  const { entryId, entry, customerId, recordedAt, day } = toSave;
  const column = <Value>(read: (posting: Posting) => Value): Value[] => entry.postings.map(read);
  const { rowCount } = await client.query({
    name: 'entry-save',
    text: `WITH saved AS (
        INSERT INTO entry (customer_id, id, key, kind, effective_at, recorded_at, memo, booked_on,
          correlation, reverses, provider, provider_ref, facts)
        VALUES ($1, $2, $3, $4, $5, $6, $7, coalesce($18::date, greatest($12::date, ${firstOpenDay})), $13, $14, $15, $16, $17)
        ON CONFLICT (key) DO NOTHING RETURNING customer_id, id)
      INSERT INTO posting (customer_id, entry_id, line, ledger_account, side, amount, currency)
      SELECT s.customer_id, s.id, p.line, p.ledger_account, p.side, p.amount, p.currency
      FROM saved s, unnest($8::text[], $9::text[], $10::bigint[], $11::text[])
        WITH ORDINALITY AS p (ledger_account, side, amount, currency, line)`,
    values: [
      customerId,
      entryId,
      entry.key,
      entry.kind,
      timestamp(entry.effectiveAt),
      timestamp(recordedAt),
      entry.memo,
      column((posting) => posting.account),
      column((posting) => posting.side),
      column((posting) => posting.amount.minor),
      column((posting) => posting.amount.currency),
      day,
      entry.correlation ?? null,
      entry.reverses ?? null,
      entry.proof?.provider ?? null,
      entry.proof?.ref ?? null,
      toSave.facts ?? null,
      entry.bookOn ?? null,
    ],
  });
  if (rowCount === entry.postings.length) return 'posted';
  return (await isSamePosted(client, entry.key, entry.postings)) ? 'repeated' : 'conflict';
}

/** The provider's reference that an entry could not be saved for, because another stands for it; else undefined. */
export function usedReference(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== '23505') return undefined;
  const { constraint, detail = '' } = error as Error & { constraint?: string; detail?: string };
  if (constraint === 'entry_capture_proof')
    return /=\([^,]*, (.*)\) already/.exec(detail)?.[1] ?? '';
  if (constraint !== 'entry_proof') return undefined;
  return /=\([^,]*, (.*), [^,]*\) already/.exec(detail)?.[1] ?? '';
}

/** Saves the customer's line of an entry. */
export const saveOperation = (
  client: pg.ClientBase,
  customer: CustomerId,
  operation: Operation,
): Promise<pg.QueryResult> =>
  client.query({
    name: 'books-operation-save',
    text: `INSERT INTO operation (customer_id, account_id, posted_at, id, kind, amount, currency,
        description, counterparty, payment_id)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    values: [
      customer,
      operation.accountId,
      timestamp(operation.postedAt),
      operation.id,
      operation.kind,
      operation.amount.minor,
      operation.amount.currency,
      operation.description,
      operation.counterparty ?? null,
      operation.paymentId ?? null,
    ],
  });

/** Saves an account's new balance and version; its row must be locked. */
export const saveBalance = (client: pg.ClientBase, account: Account): Promise<pg.QueryResult> =>
  client.query({
    name: 'books-balance-save',
    text: 'UPDATE account SET balance = $3, version = $4 WHERE customer_id = $1 AND id = $2',
    values: [account.customerId, account.id, account.balance.minor, account.version],
  });

async function isSamePosted(
  client: pg.ClientBase,
  key: string,
  postings: readonly Posting[],
): Promise<boolean> {
  const { rows } = await client.query<PostingRow>({
    name: 'entry-postings',
    text: `SELECT p.ledger_account, p.side, p.amount, p.currency
      FROM entry e JOIN posting p ON p.customer_id = e.customer_id AND p.entry_id = e.id
      WHERE e.key = $1`,
    values: [key],
  });
  return contentOf(rows.map(toPosting)) === contentOf(postings);
}
