import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import type {
  CompanyLoad,
  LoadCounts,
  Misfit,
  OperationToPost,
  Staged,
} from '../../../application/ports/company-books.ts';
import type { AccountRow, CompanyFile, CustomerRow } from '../../../domain/company-file.ts';
import type { Currency } from '../../../domain/currency.ts';
import { invariant } from '../../../domain/invariant.ts';
import type { Instant } from '../../../domain/time.ts';
import { timestamp } from '../pool.ts';
import { accountMessages, customerMessages } from './company-messages.ts';
import { findMisfits } from './company-misfits.ts';
import { postingSteps, unbalancedEntries } from './company-posting.ts';
import { accountCells, copyRows, customerCells, operationCells } from './company-staging.ts';

/** Rows fetched at once from what may be as long as the files. */
const fetchSize = 5_000;

/** One load, in the transaction of the given connection. */
export class PostgresCompanyLoad implements CompanyLoad {
  readonly #client: pg.ClientBase;
  readonly #zone: string;

  constructor(client: pg.ClientBase, zone: string) {
    this.#client = client;
    this.#zone = zone;
  }

  stageCustomers(rows: AsyncIterable<readonly Staged<CustomerRow>[]>): Promise<void> {
    return copyRows(this.#client, 'staged_customer', rows, customerCells);
  }

  stageAccounts(rows: AsyncIterable<readonly Staged<AccountRow>[]>): Promise<void> {
    return copyRows(this.#client, 'staged_account', rows, accountCells);
  }

  stageOperations(rows: AsyncIterable<readonly Staged<OperationToPost>[]>): Promise<void> {
    return copyRows(this.#client, 'staged_operation', rows, operationCells);
  }

  async currencies(): Promise<ReadonlyMap<string, Currency>> {
    const found = new Map<string, Currency>();
    const query = `SELECT number, currency::text FROM account
      UNION ALL SELECT number, currency FROM staged_account`;
    for await (const rows of this.#fetch<{ number: string; currency: Currency }>(query)) {
      for (const { number, currency } of rows) {
        // The books' own word comes first; a file that says otherwise is a misfit.
        if (!found.has(number)) found.set(number, currency);
      }
    }
    return found;
  }

  async *misfits(): AsyncGenerator<readonly Misfit[]> {
    for (const statement of findMisfits) await this.#client.query(statement);
    const query = `SELECT * FROM misfit
      ORDER BY array_position(ARRAY['customers', 'accounts', 'operations'], file), line`;
    for await (const rows of this.#fetch<MisfitRow>(query)) yield rows.map(toMisfit);
  }

  async post(now: Instant, step: (done: string) => void): Promise<LoadCounts> {
    const at = timestamp(now);
    const written = new Map<string, number>();
    for (const { done, sql } of postingSteps) {
      for (const statement of sql) {
        const values = [at, this.#zone].slice(0, parametersOf(statement));
        const { rowCount } = await this.#client.query(statement, values);
        written.set(done, rowCount ?? 0);
      }
      step(done);
    }
    await this.#checkBalance();
    const messages = await this.#tell(at);
    step('messages');
    await this.#client.query('ANALYZE customer, account, operation, entry, posting, outbox');
    return {
      customers: written.get('customers') ?? 0,
      accounts: written.get('accounts') ?? 0,
      operations: written.get('operations') ?? 0,
      messages,
    };
  }

  async #checkBalance(): Promise<void> {
    const { rows } = await this.#client.query<{ unbalanced: number }>(unbalancedEntries);
    const unbalanced = rows[0]?.unbalanced ?? 0;
    invariant(
      unbalanced === 0,
      `${String(unbalanced)} imported entries are out of balance or on closed accounts`,
    );
  }

  async #tell(at: Date): Promise<number> {
    const mark = randomBytes(5).toString('hex');
    const customers = await this.#client.query(customerMessages, [at, mark]);
    const told = customers.rowCount ?? 0;
    const accounts = await this.#client.query(accountMessages, [at, mark, told]);
    await this.#client.query("SELECT pg_notify('outbox', '')");
    return told + (accounts.rowCount ?? 0);
  }

  async *#fetch<Row extends pg.QueryResultRow>(query: string): AsyncGenerator<Row[]> {
    await this.#client.query(`DECLARE reading NO SCROLL CURSOR FOR ${query}`);
    for (;;) {
      const { rows } = await this.#client.query<Row>(`FETCH ${String(fetchSize)} FROM reading`);
      if (rows.length === 0) break;
      yield rows;
    }
    await this.#client.query('CLOSE reading');
  }
}

const parametersOf = (statement: string): number =>
  statement.includes('$2') ? 2 : Number(statement.includes('$1'));

interface MisfitRow {
  readonly file: CompanyFile;
  readonly line: number;
  readonly column_name: string;
  readonly reason: string;
  readonly raw: string;
}

const toMisfit = (row: MisfitRow): Misfit => ({
  file: row.file,
  line: row.line,
  column: row.column_name,
  reason: row.reason,
  text: row.raw,
});
