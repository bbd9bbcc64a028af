import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { MemoryLedger } from '../../src/adapters/memory/memory-ledger.ts';
import { booksMigrations } from '../../src/adapters/postgres/books/books-migrations.ts';
import { PostgresLedger } from '../../src/adapters/postgres/books/postgres-ledger.ts';
import { migrateDatabase } from '../../src/adapters/postgres/migrate-database.ts';
import { openPool } from '../../src/adapters/postgres/pool.ts';
import { postEvent, type PostEvent } from '../../src/application/accounting/post-event.ts';
import type { Ledger } from '../../src/application/ports/ledger.ts';
import type { Currency } from '../../src/domain/currency.ts';
import { zero } from '../../src/domain/money.ts';
import { anAccount, clock, randomness } from './given-ledger.ts';
import { testDatabase } from './postgres.ts';

export { ledgerNow } from './given-ledger.ts';

/** A ledger under test, and a look behind it. */
export interface LedgerStage {
  readonly ledger: Ledger;
  readonly post: PostEvent;
  /** A new customer's account that stands at nothing; answers its number. */
  addAccount(currency: Currency, number?: string): Promise<string>;
  customer(number: string): Promise<{
    readonly balance: bigint;
    readonly version: number;
    /** Kind, amount and text of each line of its history, oldest first. */
    readonly lines: readonly (readonly [string, bigint, string])[];
  }>;
  /** The day an entry was booked on. */
  dayOf(key: string): Promise<string | undefined>;
  /** The number of entries booked in a month. */
  bookedIn(month: string): Promise<number>;
  close(): Promise<void>;
}

const fresh = (currency: Currency, number?: string) => {
  const account = anAccount(0n);
  return { ...account, number: number ?? account.number, balance: zero(currency), version: 0 };
};

export const memoryLedgerStage = async (): Promise<
  LedgerStage & { readonly ledger: MemoryLedger }
> => {
  const ledger = new MemoryLedger();
  return {
    ledger,
    post: postEvent(ledger, clock, randomness),
    addAccount: async (currency, number) => {
      const account = fresh(currency, number);
      ledger.accounts.set(account.number, { account, locale: 'ru', isClosed: false });
      return account.number;
    },
    customer: async (number) => {
      const account = ledger.accounts.get(number)!.account;
      const lines = ledger.operations
        .filter(({ accountId }) => accountId === account.id)
        .map(({ kind, amount, description }) => [kind, amount.minor, description] as const);
      return { balance: account.balance.minor, version: account.version, lines };
    },
    dayOf: async (key) => ledger.kept.get(key)?.bookedOn,
    bookedIn: async (month) =>
      [...ledger.kept.values()].filter(({ bookedOn }) => bookedOn.startsWith(month)).length,
    close: async () => undefined,
  };
};

export interface PostgresLedgerStage extends LedgerStage {
  readonly pool: pg.Pool;
  readonly url: string;
}

export const postgresLedgerStage = async (): Promise<PostgresLedgerStage> => {
  const database = await testDatabase('books', async (url) => {
    await migrateDatabase(url, booksMigrations);
  });
  const pool = openPool(database.url, 10, 'test');
  const ledger = new PostgresLedger(pool);
  return {
    ledger,
    pool,
    url: database.url,
    post: postEvent(ledger, clock, randomness),
    addAccount: (currency, number) => addAccount(pool, currency, number),
    customer: async (number) => {
      const found = await pool.query<{ id: string; balance: bigint; version: bigint }>(
        'SELECT id, balance, version FROM account WHERE number = $1',
        [number],
      );
      const [account] = found.rows;
      const { rows } = await pool.query<{ kind: string; amount: bigint; description: string }>(
        `SELECT o.* FROM operation o JOIN entry e ON e.customer_id = o.customer_id AND e.id = o.id
          WHERE o.account_id = $1 ORDER BY e.seq`,
        [account?.id],
      );
      return {
        balance: account?.balance ?? 0n,
        version: Number(account?.version),
        lines: rows.map(({ kind, amount, description }) => [kind, amount, description] as const),
      };
    },
    dayOf: async (key) => {
      const { rows } = await pool.query<{ booked_on: string }>(
        'SELECT booked_on FROM entry WHERE key = $1',
        [key],
      );
      return rows[0]?.booked_on;
    },
    bookedIn: async (month) => {
      const { rows } = await pool.query<{ n: number }>(
        `SELECT count(*)::integer AS n FROM entry WHERE to_char(booked_on, 'YYYY-MM') = $1`,
        [month],
      );
      return rows[0]?.n ?? 0;
    },
    close: async () => {
      await pool.end();
      await database.drop();
    },
  };
};

async function addAccount(pool: pg.Pool, currency: Currency, given?: string): Promise<string> {
  const { number, customerId, id } = fresh(currency, given);
  await pool.query(`INSERT INTO customer VALUES ($1, $2, 'Anna', '+79990000001', NULL, 'ru', 1)`, [
    customerId,
    randomUUID(),
  ]);
  await pool.query(`INSERT INTO account VALUES ($1, $2, $3, $4, 'Flat', '2024-02-29', 0, 0)`, [
    customerId,
    id,
    number,
    currency,
  ]);
  return number;
}
