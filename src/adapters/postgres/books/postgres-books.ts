import type pg from 'pg';
import type { CommandOutcome, MoneyCommand } from '../../../application/ports/accounting-system.ts';
import type { Books, BooksAccount, Intent, Posting } from '../../../application/ports/books.ts';
import { isId, type CustomerId } from '../../../domain/ids.ts';
import { dayIn } from '../../../domain/time.ts';
import { saveMessage } from '../outbox-row.ts';
import { inTransaction, together } from '../pool.ts';
import { saveBalance, saveEntry, saveOperation, usedReference } from './entry-writing.ts';
import {
  toBooksAccount,
  toBooksOperation,
  type BooksAccountRow,
  type BooksOperationRow,
} from './books-rows.ts';

/** The books on PostgreSQL. The pool must come from `openPool`, which reads int8 as bigint. */
export class PostgresBooks implements Books {
  readonly #pool: pg.Pool;
  readonly #zone: string;

  /** The zone is the one the company's days are in. */
  constructor(pool: pg.Pool, zone = 'Europe/Moscow') {
    this.#pool = pool;
    this.#zone = zone;
  }

  async post(
    command: MoneyCommand,
    accountId: string,
    decide: (account: BooksAccount | undefined) => Posting,
  ): Promise<CommandOutcome> {
    // Two tellings of one capture meet at its key, whose index is the older one; at its reference only another does.
    try {
      return await this.#post(command, accountId, decide);
    } catch (error) {
      if (usedReference(error) === undefined) throw error;
    }
    await this.refuse(command);
    return 'conflict';
  }

  #post(
    command: MoneyCommand,
    accountId: string,
    decide: (account: BooksAccount | undefined) => Posting,
  ): Promise<CommandOutcome> {
    return inTransaction(this.#pool, async (client) => {
      const [before, account] = await together(
        claimKey(client, command),
        accountFor(client, 'lock', command.customerId, accountId),
      );
      if (before !== undefined) return before;

      const posting = decide(account);
      const day = dayIn(this.#zone, posting.entry.effectiveAt);
      const entry = await saveEntry(client, { ...posting, day });
      if (entry !== 'posted') {
        await rememberOutcome(client, command, entry);
        return entry;
      }
      if (posting.change !== undefined) await saveChange(client, posting.change);
      return 'posted';
    });
  }

  intend(command: MoneyCommand, accountId: string, entryKey: string): Promise<Intent> {
    return inTransaction(this.#pool, async (client) => {
      const before = await keepIntent(client, command, entryKey);
      if (before !== undefined) return { outcome: before, account: undefined };
      const { customerId } = command;
      return {
        outcome: undefined,
        account: await accountFor(client, 'look', customerId, accountId),
      };
    });
  }

  async refuse(command: MoneyCommand): Promise<void> {
    await inTransaction(this.#pool, async (client) => {
      const before = await claimKey(client, command);
      if (before === undefined) await rememberOutcome(client, command, 'conflict');
    });
  }

  async readAccount(accountId: string, customer: CustomerId, limit: number) {
    if (!isId(accountId)) return undefined;
    // One snapshot for both, or a balance might miss an operation shown beside it.
    return inTransaction(this.#pool, async (client) => {
      await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
      const accounts = await client.query<BooksAccountRow>({
        name: 'books-account',
        text: `${selectAccount} ${ofCustomer}`,
        values: [customer, accountId],
      });
      const row = accounts.rows[0];
      if (row === undefined) return undefined;
      const operations = await client.query<BooksOperationRow>({
        name: 'books-operations',
        text: `SELECT * FROM operation WHERE customer_id = $1 AND account_id = $2
          ORDER BY posted_at DESC, id DESC LIMIT $3`,
        values: [customer, accountId, limit],
      });
      const { account } = toBooksAccount(row);
      return { account, operations: operations.rows.map(toBooksOperation) };
    });
  }
}

/** Saves the key first; whoever comes second waits here for the first one's commit. */
async function claimKey(
  client: pg.ClientBase,
  command: MoneyCommand,
): Promise<CommandOutcome | undefined> {
  const { source, idempotencyKey, customerId, requestHash } = command;
  const claimed = await client.query({
    name: 'inbox-claim',
    text: `INSERT INTO inbox (source, idempotency_key, customer_id, request_hash, result)
      VALUES ($1, $2, $3, $4, 'posted') ON CONFLICT DO NOTHING`,
    values: [source, idempotencyKey, customerId, requestHash],
  });
  if (claimed.rowCount === 1) return undefined;

  const { rows } = await client.query<{ same: boolean; result: string }>({
    name: 'inbox-read',
    text: `SELECT request_hash = $3 AND customer_id = $4 AS same, result FROM inbox
      WHERE source = $1 AND idempotency_key = $2`,
    values: [source, idempotencyKey, requestHash, customerId],
  });
  return rows[0]?.same === true && rows[0].result !== 'conflict' ? 'repeated' : 'conflict';
}

/** Keeps what the key stands for; answers how a command ended that was done, or is another than the one kept. */
async function keepIntent(
  client: pg.ClientBase,
  command: MoneyCommand,
  entryKey: string,
): Promise<CommandOutcome | undefined> {
  const { source, idempotencyKey, customerId, requestHash } = command;
  await client.query({
    name: 'intent-keep',
    text: `INSERT INTO posting_intent
        (source, idempotency_key, customer_id, request_hash, entry_key)
      VALUES ($1, $2, $3, $4, $5) ON CONFLICT (source, idempotency_key) DO UPDATE
        SET entry_key = excluded.entry_key WHERE posting_intent.entry_key IS NULL`,
    values: [source, idempotencyKey, customerId, requestHash, entryKey],
  });
  const { rows } = await client.query<{ same: boolean; result: string | null }>({
    name: 'intent-read',
    text: `SELECT intent.request_hash = $3 AND intent.customer_id = $4 AS same, inbox.result
      FROM posting_intent intent LEFT JOIN inbox USING (source, idempotency_key)
      WHERE source = $1 AND idempotency_key = $2`,
    values: [source, idempotencyKey, requestHash, customerId],
  });
  const [kept] = rows;
  if (kept?.same !== true || kept.result === 'conflict') return 'conflict';
  return kept.result === null ? undefined : 'repeated';
}

const rememberOutcome = (client: pg.ClientBase, command: MoneyCommand, result: CommandOutcome) =>
  client.query({
    name: 'inbox-result',
    text: 'UPDATE inbox SET result = $3 WHERE source = $1 AND idempotency_key = $2',
    values: [command.source, command.idempotencyKey, result],
  });

/** An account with its customer's language; add a condition. */
export const selectAccount = `
  SELECT a.*, c.locale, now() AS as_of, EXISTS (
    SELECT 1 FROM closed_ledger_account WHERE ledger_account = 'receivable:' || a.number) AS is_closed
  FROM account a JOIN customer c ON c.id = a.customer_id`;
const ofCustomer = 'WHERE a.customer_id = $1 AND a.id = $2';

async function accountFor(
  client: pg.ClientBase,
  way: 'look' | 'lock',
  customerId: CustomerId,
  accountId: string,
): Promise<BooksAccount | undefined> {
  if (!isId(accountId)) return undefined;
  const { rows } = await client.query<BooksAccountRow>({
    name: `books-account-${way}`,
    text: `${selectAccount} ${ofCustomer} ${way === 'lock' ? 'FOR UPDATE OF a' : ''}`,
    values: [customerId, accountId],
  });
  return rows[0] === undefined ? undefined : toBooksAccount(rows[0]);
}

/** Saves what a posting does to a customer's account. */
export async function saveChange(
  client: pg.ClientBase,
  { account, operation, message }: NonNullable<Posting['change']>,
): Promise<void> {
  await together(
    saveOperation(client, account.customerId, operation),
    saveBalance(client, account),
    saveMessage(client, message),
  );
}
