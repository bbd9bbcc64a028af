import type pg from 'pg';
import { Outage } from '../../application/ports/outage.ts';

/** Runs one statement. Throws Outage when the database did not answer, the database's own error when it said no. */
export const ask = async <Row extends pg.QueryResultRow>(
  pool: pg.Pool,
  query: pg.QueryConfig,
): Promise<pg.QueryResult<Row>> => {
  try {
    return await pool.query<Row>(query);
  } catch (error) {
    if (saidNo(error)) throw error;
    throw new Outage('the database does not answer', { cause: error });
  }
};

/** SQLSTATE classes that are the server's trouble, not the statement's: connection, resources, operator. */
const passing = /^(08|53|57|58)/;

const saidNo = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  /^[0-9A-Z]{5}$/.test(error.code) &&
  !passing.test(error.code);
