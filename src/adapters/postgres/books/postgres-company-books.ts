import type pg from 'pg';
import type { CompanyBooks, CompanyLoad } from '../../../application/ports/company-books.ts';
import { Outage } from '../../../application/ports/outage.ts';
import { PostgresCompanyLoad } from './postgres-company-load.ts';
import { stagingTables } from './company-staging.ts';

// Any number, the same for every load: only one runs at a time.
const loadLock = 7_365_202;

const settings = `
  SET LOCAL statement_timeout = 0;
  SET LOCAL idle_in_transaction_session_timeout = 0;
  SET LOCAL work_mem = '64MB';
  SET LOCAL books.bulk_load = 'on';
`;

/** Loads a company's files into the books by COPY and set-based SQL. The pool must come from `openPool`. */
export class PostgresCompanyBooks implements CompanyBooks {
  readonly #pool: pg.Pool;
  readonly #zone: string;

  /** The zone is the one the company's days are in. */
  constructor(pool: pg.Pool, zone = 'Europe/Moscow') {
    this.#pool = pool;
    this.#zone = zone;
  }

  async load<Answer extends { readonly keep: boolean }>(
    work: (load: CompanyLoad) => Promise<Answer>,
  ): Promise<Answer> {
    const client = await this.#pool.connect().catch((cause: unknown) => {
      throw new Outage('no connection to the database', { cause });
    });
    try {
      await client.query(`BEGIN; ${settings}`);
      await client.query('SELECT pg_advisory_xact_lock($1)', [loadLock]);
      await client.query(stagingTables);
      const answer = await work(new PostgresCompanyLoad(client, this.#zone));
      await client.query(answer.keep ? 'COMMIT' : 'ROLLBACK');
      client.release();
      return answer;
    } catch (error) {
      // A COPY may be under way: closing the connection undoes everything, whatever state it is in.
      client.release(true);
      throw error;
    }
  }

  async hasContract(contract: string): Promise<boolean> {
    const { rowCount } = await this.#pool.query('SELECT 1 FROM customer WHERE contract = $1', [
      contract,
    ]);
    return rowCount === 1;
  }
}
