import type pg from 'pg';
import type { FiscalStore } from '../../../application/ports/fiscal-store.ts';
import {
  nextFiscalAsk,
  type FiscalEnd,
  type FiscalOrder,
  type FiscalReceipt,
} from '../../../domain/fiscal/fiscal-order.ts';
import type { CustomerId, PaymentId } from '../../../domain/ids.ts';
import type { Instant } from '../../../domain/time.ts';
import { inTransaction, timestamp } from '../pool.ts';
import {
  toDocument,
  toFiscalOrder,
  toFiscalReceipt,
  type FiscalOrderRow,
  type FiscalRow,
} from './fiscal-row.ts';

/** Fiscal receipts in PostgreSQL. */
export class PostgresFiscalStore implements FiscalStore {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async gather(since: Instant, now: Instant, limit: number): Promise<number> {
    const values = (room: number) => [timestamp(since), timestamp(now), room];
    const { rowCount: payments } = await this.#pool.query(gatherPayments, values(limit));
    const left = limit - (payments ?? 0);
    // A refund is looked for only when the payments before it have their orders.
    if (left === 0) return limit;
    const { rowCount: refunds } = await this.#pool.query(gatherRefunds, values(left));
    return limit - left + (refunds ?? 0);
  }

  takeDue(now: Instant, limit: number): Promise<FiscalOrder[]> {
    return inTransaction(this.#pool, async (client) => {
      const { rows } = await client.query<FiscalOrderRow>(takeDue, [timestamp(now), limit]);
      await client.query(
        `UPDATE fiscal_receipt AS f SET attempts = f.attempts + 1, next_ask_at = asked.next_at
         FROM unnest($1::uuid[], $2::timestamptz[]) AS asked (key, next_at) WHERE f.key = asked.key`,
        [
          rows.map(({ key }) => key),
          rows.map(({ attempts }) => timestamp(nextFiscalAsk(attempts + 1, now))),
        ],
      );
      return rows.map(toFiscalOrder);
    });
  }

  async end(key: FiscalOrder['key'], end: FiscalEnd, now: Instant): Promise<void> {
    const data = end.tag === 'registered' ? toDocument(end.data) : null;
    const why = end.tag === 'refused' ? end.why : null;
    await this.#pool.query(
      `UPDATE fiscal_receipt SET state = $2, data = $3, why = $4, ended_at = $5, next_ask_at = NULL
       WHERE key = $1 AND state = 'pending'`,
      [key, end.tag, data, why, timestamp(now)],
    );
  }

  async find(payment: PaymentId, customer: CustomerId): Promise<FiscalReceipt[]> {
    const { rows } = await this.#pool.query<FiscalRow>(
      `SELECT * FROM fiscal_receipt WHERE customer_id = $1 AND payment_id = $2
       ORDER BY kind, settled_at, key`,
      [customer, payment],
    );
    return rows.map(toFiscalReceipt);
  }
}

/**
 * What settled since the newest of the known, and ten minutes before it: a commit takes seconds at most, so whatever
 * became visible late is still in sight.
 */
const lately = (kind: FiscalOrder['kind'], updatedAt: string) => `
  ${updatedAt} >= $1 AND ${updatedAt} >= coalesce(
    (SELECT max(settled_at) FROM fiscal_receipt WHERE kind = '${kind}'), '-infinity'
  ) - interval '10 minutes'`;

const insert = `INSERT INTO fiscal_receipt
  (customer_id, key, kind, payment_id, total_minor, settled_at, state, attempts, next_ask_at)`;

const gatherPayments = `${insert}
  SELECT p.customer_id, p.id, 'payment', p.id, p.captured_minor, p.updated_at, 'pending', 0, $2
  FROM payment p
  WHERE p.state = 'succeeded' AND p.paid_at >= $1 AND ${lately('payment', 'p.updated_at')}
    AND p.captured_currency = 'RUB' AND p.captured_minor > 0
    AND NOT EXISTS (SELECT FROM fiscal_receipt f WHERE f.key = p.id)
  ORDER BY p.updated_at LIMIT $3
  ON CONFLICT DO NOTHING`;

const gatherRefunds = `${insert}
  SELECT r.customer_id, r.id, 'refund', r.payment_id, r.amount_minor, r.updated_at, 'pending', 0, $2
  FROM refund r JOIN fiscal_receipt paid ON paid.key = r.payment_id
  WHERE r.state = 'succeeded' AND ${lately('refund', 'r.updated_at')} AND r.currency = 'RUB'
    AND NOT EXISTS (SELECT FROM fiscal_receipt f WHERE f.key = r.id)
  ORDER BY r.updated_at LIMIT $3
  ON CONFLICT DO NOTHING`;

const takeDue = `
  SELECT f.*, p.account_number, coalesce(c.email, c.phone) AS contact
  FROM fiscal_receipt f
  JOIN payment p ON p.customer_id = f.customer_id AND p.id = f.payment_id
  JOIN customer c ON c.id = f.customer_id
  WHERE f.next_ask_at <= $1 AND (f.kind = 'payment' OR EXISTS (
    SELECT FROM fiscal_receipt paid WHERE paid.key = f.payment_id AND paid.state = 'registered'))
  ORDER BY f.next_ask_at LIMIT $2 FOR UPDATE OF f SKIP LOCKED`;
