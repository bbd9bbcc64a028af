import type pg from 'pg';
import type { AutoPayStore } from '../../../application/ports/autopay-store.ts';
import type { OutgoingMessage } from '../../../application/ports/outbox.ts';
import type { AutoPay } from '../../../domain/autopay.ts';
import type { AccountId, CustomerId, SavedMethodId } from '../../../domain/ids.ts';
import { later, type Instant } from '../../../domain/time.ts';
import { saveMessage } from '../outbox-row.ts';
import { inTransaction, timestamp } from '../pool.ts';
import { roundValues, toAutoPay, type AutoPayRow } from './autopay-row.ts';

/** Auto-pay in PostgreSQL. An agreement that ends and the rows it stands for go in one commit. */
export class PostgresAutoPayStore implements AutoPayStore {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async list(customer: CustomerId): Promise<AutoPay[]> {
    const { rows } = await this.#pool.query<AutoPayRow>(
      'SELECT * FROM autopay WHERE customer_id = $1 ORDER BY account_id',
      [customer],
    );
    return rows.map(toAutoPay);
  }

  async find(account: AccountId, customer: CustomerId): Promise<AutoPay | undefined> {
    const { rows } = await this.#pool.query<AutoPayRow>(
      'SELECT * FROM autopay WHERE customer_id = $1 AND account_id = $2',
      [customer, account],
    );
    return rows[0] && toAutoPay(rows[0]);
  }

  agree(autopay: AutoPay, words: string, now: Instant): Promise<void> {
    const { customerId, accountId, consentId, savedMethod, limit, dayOfMonth } = autopay;
    return inTransaction(this.#pool, async (client) => {
      // Of two agreements at once the later one waits here, and ends the earlier.
      await client.query('SELECT 1 FROM account WHERE customer_id = $1 AND id = $2 FOR UPDATE', [
        customerId,
        accountId,
      ]);
      await end(client, 'account_id', accountId, customerId, now);
      await client.query(
        `INSERT INTO autopay_consent (customer_id, id, account_id, saved_method_id, words, agreed_at)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        [customerId, consentId, accountId, savedMethod, words, timestamp(now)],
      );
      await client.query(
        `INSERT INTO autopay (customer_id, account_id, stage, charge_at, amount_minor, payment_id,
           last_end, last_at, last_minor, last_payment_id, next_at,
           consent_id, saved_method_id, limit_minor, currency, day_of_month)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
        [
          ...roundValues(autopay),
          ...[consentId, savedMethod, limit.minor, limit.currency, dayOfMonth],
        ],
      );
    });
  }

  stop(account: AccountId, customer: CustomerId, now: Instant): Promise<boolean> {
    return inTransaction(this.#pool, (client) => end(client, 'account_id', account, customer, now));
  }

  async stopBy(method: SavedMethodId, customer: CustomerId, now: Instant): Promise<void> {
    await inTransaction(this.#pool, (client) =>
      end(client, 'saved_method_id', method, customer, now),
    );
  }

  async takeDue(now: Instant, limit: number, leaseMs: number): Promise<AutoPay[]> {
    const { rows } = await this.#pool.query<AutoPayRow>(
      `WITH due AS (
         SELECT customer_id, account_id FROM autopay WHERE next_at <= $1
         ORDER BY next_at LIMIT $2 FOR UPDATE SKIP LOCKED)
       UPDATE autopay a SET next_at = $3 FROM due
       WHERE a.customer_id = due.customer_id AND a.account_id = due.account_id RETURNING a.*`,
      [timestamp(now), limit, timestamp(later(now, leaseMs))],
    );
    return rows.map(toAutoPay);
  }

  save(autopay: AutoPay, message?: OutgoingMessage): Promise<boolean> {
    return inTransaction(this.#pool, async (client) => {
      const { rowCount } = await client.query(
        `UPDATE autopay SET stage = $3, charge_at = $4, amount_minor = $5, payment_id = $6,
           last_end = $7, last_at = $8, last_minor = $9, last_payment_id = $10, next_at = $11
         WHERE customer_id = $1 AND account_id = $2 AND consent_id = $12`,
        [...roundValues(autopay), autopay.consentId],
      );
      if (rowCount !== 1) return false;
      if (message !== undefined) await saveMessage(client, message);
      return true;
    });
  }
}

/** Ends agreements and what stands for them; answers whether there were any. */
async function end(
  client: pg.ClientBase,
  by: 'account_id' | 'saved_method_id',
  id: string,
  customer: CustomerId,
  now: Instant,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `WITH gone AS (DELETE FROM autopay WHERE customer_id = $1 AND ${by} = $2 RETURNING consent_id)
     UPDATE autopay_consent c SET ended_at = $3 FROM gone
     WHERE c.customer_id = $1 AND c.id = gone.consent_id`,
    [customer, id, timestamp(now)],
  );
  return (rowCount ?? 0) > 0;
}
