import type pg from 'pg';
import { Outage } from '../../../application/ports/outage.ts';
import type {
  AccountTotals,
  BookedEntry,
  DayRange,
  LedgerCheck,
  LedgerDifference,
  LedgerReports,
  LedgerSnapshot,
  SealFound,
} from '../../../application/ports/ledger-reports.ts';
import type { Currency } from '../../../domain/currency.ts';
import type { LedgerAccountId } from '../../../domain/ledger/entry.ts';
import type { CalendarDay } from '../../../domain/time.ts';
import { checkQueries, sealsFound, totalsThrough } from './ledger-checks.ts';
import { entryRow, toEntry, type EntryRow } from './ledger-reading.ts';

const fetchSize = 2_000;
const settings = `
  SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;
  SET LOCAL statement_timeout = 0;
  SET LOCAL idle_in_transaction_session_timeout = 0;
  SET LOCAL work_mem = '64MB'`;

/** Reads the books through cursors, all of a report in one snapshot. The pool must come from `openCopyPool`. */
export class PostgresLedgerReports implements LedgerReports {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async read<Answer>(work: (books: LedgerSnapshot) => Promise<Answer>): Promise<Answer> {
    const client = await this.#pool.connect().catch((cause: unknown) => {
      throw new Outage('no connection to the database', { cause });
    });
    try {
      await client.query(`BEGIN; ${settings}`);
      const answer = await work(new Snapshot(client));
      await client.query('COMMIT');
      client.release();
      return answer;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }
}

class Snapshot implements LedgerSnapshot {
  readonly #client: pg.ClientBase;

  constructor(client: pg.ClientBase) {
    this.#client = client;
  }

  differences(check: LedgerCheck): AsyncGenerator<readonly LedgerDifference[]> {
    return this.#fetch<LedgerDifference>(checkQueries[check], []);
  }

  async *seals(): AsyncGenerator<readonly SealFound[]> {
    for await (const rows of this.#fetch<SealRow>(sealsFound, [], 1)) {
      yield rows.map((row) => ({
        seqTo: row.seq_to,
        entries: row.entries,
        entriesFound: row.entries_found,
        isSame: row.is_same,
        digest: row.digest,
      }));
    }
  }

  async *totals(
    through: CalendarDay | undefined,
    only?: LedgerAccountId,
  ): AsyncGenerator<readonly AccountTotals[]> {
    const until = through ?? endOfTime;
    const [query, values] =
      only === undefined
        ? [totalsThrough, [until]]
        : [`SELECT * FROM (${totalsThrough}) AS of WHERE ledger_account = $2`, [until, only]];
    for await (const rows of this.#fetch<TotalsRow>(query, values)) {
      yield rows.map((row) => ({
        account: row.ledger_account as LedgerAccountId,
        currency: row.currency as Currency,
        debits: BigInt(row.debits),
        credits: BigInt(row.credits),
      }));
    }
  }

  async *entries(range: DayRange, only?: LedgerAccountId): AsyncGenerator<readonly BookedEntry[]> {
    const touching = `AND EXISTS (SELECT 1 FROM posting p
      WHERE p.customer_id = e.customer_id AND p.entry_id = e.id AND p.ledger_account = $3)`;
    const query = `SELECT ${entryRow} FROM entry e
      WHERE e.booked_on BETWEEN $1 AND $2 ${only === undefined ? '' : touching} ORDER BY e.booked_on, e.seq`;
    const values = only === undefined ? daysOf(range) : [...daysOf(range), only];
    for await (const rows of this.#fetch<EntryRow>(query, values)) {
      yield rows.map((row) => ({ entry: toEntry(row), bookedOn: row.booked_on as CalendarDay }));
    }
  }

  async *accounts(range: DayRange): AsyncGenerator<readonly LedgerAccountId[]> {
    const query = `SELECT ledger_account FROM entry e
      JOIN posting p ON p.customer_id = e.customer_id AND p.entry_id = e.id
      WHERE e.booked_on BETWEEN $1 AND $2 GROUP BY ledger_account ORDER BY ledger_account COLLATE "C"`;
    for await (const rows of this.#fetch<{ ledger_account: LedgerAccountId }>(
      query,
      daysOf(range),
    )) {
      yield rows.map((row) => row.ledger_account);
    }
  }

  async size(): Promise<number> {
    const { rows } = await this.#client.query<{ n: bigint }>('SELECT count(*) AS n FROM entry');
    return Number(rows[0]?.n ?? 0n);
  }

  async *#fetch<Row extends pg.QueryResultRow>(
    query: string,
    values: readonly unknown[],
    size = fetchSize,
  ): AsyncGenerator<Row[]> {
    const name = `reading_${String((this.#cursors += 1))}`;
    await this.#client.query(`DECLARE ${name} NO SCROLL CURSOR FOR ${query}`, [...values]);
    for (;;) {
      const { rows } = await this.#client.query<Row>(`FETCH ${String(size)} FROM ${name}`);
      if (rows.length === 0) break;
      yield rows;
    }
    await this.#client.query(`CLOSE ${name}`);
  }
  #cursors = 0;
}

const endOfTime = '9999-12-31';
const daysOf = ({ from, to }: DayRange) => [from ?? '0001-01-01', to ?? endOfTime];

interface SealRow {
  readonly seq_to: bigint;
  readonly entries: number;
  readonly entries_found: number;
  readonly is_same: boolean;
  readonly digest: string;
}
interface TotalsRow {
  readonly ledger_account: string;
  readonly currency: string;
  readonly debits: string;
  readonly credits: string;
}
