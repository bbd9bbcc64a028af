import type pg from 'pg';
import type { SessionStore } from '../../../application/ports/session-store.ts';
import type { Customer } from '../../../domain/customer.ts';
import type { CustomerId } from '../../../domain/ids.ts';
import type { Session } from '../../../domain/session.ts';
import type { Instant } from '../../../domain/time.ts';
import { timestamp } from '../pool.ts';
import { toCustomer, type CustomerRow } from './customer-row.ts';

/** Sessions in PostgreSQL: one prepared statement per request finds the session and its customer. */
export class PostgresSessionStore implements SessionStore {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async find(tokenHash: string): Promise<{ session: Session; customer: Customer } | undefined> {
    const { rows } = await this.#pool.query<CustomerRow & SessionRow>({
      name: 'session-find',
      text: `SELECT k.id, k.contract, k.name, k.phone, k.email, k.locale, s.signed_in_at, s.last_seen_at
        FROM session s JOIN customer k ON k.id = s.customer_id WHERE s.token_hash = $1`,
      values: [tokenHash],
    });
    const row = rows[0];
    if (row === undefined) return undefined;
    const { signed_in_at: signedInAt, last_seen_at: lastSeenAt } = row;
    const session = { tokenHash, customerId: row.id as CustomerId, signedInAt, lastSeenAt };
    return { session, customer: toCustomer(row) };
  }

  async touch(tokenHash: string, now: Instant): Promise<void> {
    await this.#pool.query('UPDATE session SET last_seen_at = $2 WHERE token_hash = $1', [
      tokenHash,
      timestamp(now),
    ]);
  }

  async end(tokenHash: string): Promise<void> {
    await this.#pool.query('DELETE FROM session WHERE token_hash = $1', [tokenHash]);
  }
}

interface SessionRow {
  readonly signed_in_at: Instant;
  readonly last_seen_at: Instant;
}
