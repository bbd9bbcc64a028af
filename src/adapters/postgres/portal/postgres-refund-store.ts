import type pg from 'pg';
import type { RefundStore } from '../../../application/ports/refund-store.ts';
import type { Dispute } from '../../../domain/dispute.ts';
import type { PaymentId, RefundId } from '../../../domain/ids.ts';
import type { Refund, RefundState } from '../../../domain/refund.ts';
import type { Instant } from '../../../domain/time.ts';
import { inTransaction, timestamp } from '../pool.ts';
import {
  refundSave,
  refundValues,
  toDispute,
  toRefund,
  type DisputeRow,
  type RefundRow,
} from './refund-row.ts';

/** Refunds in PostgreSQL; the payment store writes them, under their payment's lock. */
export class PostgresRefundStore implements RefundStore {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async find(id: RefundId): Promise<Refund | undefined> {
    const { rows } = await this.#pool.query<RefundRow>('SELECT * FROM refund WHERE id = $1', [id]);
    return rows[0] === undefined ? undefined : toRefund(rows[0]);
  }

  async of(payment: PaymentId): Promise<Refund[]> {
    const { rows } = await this.#pool.query<RefundRow>(
      'SELECT * FROM refund WHERE payment_id = $1 ORDER BY created_at, id',
      [payment],
    );
    return rows.map(toRefund);
  }

  async paidBack(payments: readonly PaymentId[]): Promise<ReadonlyMap<PaymentId, bigint>> {
    const { rows } = await this.#pool.query<{ payment_id: PaymentId; minor: string }>(
      `SELECT payment_id, sum(amount_minor)::text AS minor FROM refund
       WHERE payment_id = ANY($1) AND state = 'succeeded' GROUP BY payment_id`,
      [payments],
    );
    return new Map(rows.map(({ payment_id: id, minor }) => [id, BigInt(minor)]));
  }

  async disputesOf(payment: PaymentId): Promise<Dispute[]> {
    const { rows } = await this.#pool.query<DisputeRow>(
      `SELECT d.* FROM dispute d JOIN payment p
         ON p.customer_id = d.customer_id AND p.id = d.payment_id
       WHERE p.id = $1 ORDER BY d.opened_at, d.ref`,
      [payment],
    );
    return rows.map(toDispute);
  }

  takeDue(now: Instant, limit: number): Promise<Refund[]> {
    return inTransaction(this.#pool, async (client) => {
      const { rows } = await client.query<RefundRow>(
        `SELECT * FROM refund WHERE next_look_at <= $1
         ORDER BY next_look_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
        [timestamp(now), limit],
      );
      const taken = rows
        .map(toRefund)
        .map((refund) => ({ ...refund, attempts: refund.attempts + 1, updatedAt: now }));
      for (const refund of taken) {
        await client.query({ name: 'refund-save', text: refundSave, values: refundValues(refund) });
      }
      return taken;
    });
  }

  async list(states: readonly RefundState[], limit: number, after?: RefundId): Promise<Refund[]> {
    const { rows } = await this.#pool.query<RefundRow>(
      `SELECT * FROM refund WHERE state = ANY($1) AND ($3::uuid IS NULL OR id < $3)
       ORDER BY id DESC LIMIT $2`,
      [states, limit, after ?? null],
    );
    return rows.map(toRefund);
  }
}
