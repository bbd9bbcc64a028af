import type pg from 'pg';
import type { OddNotification, PaymentDesk } from '../../../application/ports/payment-desk.ts';
import type { PaymentId } from '../../../domain/ids.ts';
import type { PaymentState } from '../../../domain/payment-moves.ts';
import type { Payment } from '../../../domain/payment.ts';
import type { Instant } from '../../../domain/time.ts';
import { timestamp } from '../pool.ts';
import { toPayment, type PaymentRow } from './payment-row.ts';

/** Payments across all customers, for staff and for reconciliation. */
export class PostgresPaymentDesk implements PaymentDesk {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async find(id: PaymentId): Promise<Payment | undefined> {
    const { rows } = await this.#pool.query<PaymentRow>('SELECT * FROM payment WHERE id = $1', [
      id,
    ]);
    return rows[0] === undefined ? undefined : toPayment(rows[0]);
  }

  async list(
    states: readonly PaymentState[],
    limit: number,
    after?: PaymentId,
  ): Promise<Payment[]> {
    const { rows } = await this.#pool.query<PaymentRow>(
      `SELECT * FROM payment WHERE state = ANY($1) AND ($3::uuid IS NULL OR id < $3)
       ORDER BY id DESC LIMIT $2`,
      [states, limit, after ?? null],
    );
    return rows.map(toPayment);
  }

  async paidBetween(
    provider: string,
    from: Instant,
    to: Instant,
    limit: number,
    after?: PaymentId,
  ): Promise<Payment[]> {
    const { rows } = await this.#pool.query<PaymentRow>(
      `SELECT * FROM payment WHERE provider = $1 AND paid_at >= $2 AND paid_at < $3
         AND ($5::uuid IS NULL OR id > $5) ORDER BY id LIMIT $4`,
      [provider, timestamp(from), timestamp(to), limit, after ?? null],
    );
    return rows.map(toPayment);
  }

  async odd(limit: number): Promise<OddNotification[]> {
    const { rows } = await this.#pool.query<OddRow>(
      `SELECT provider, event_key, payment_id, why, received_at FROM notification
       WHERE NOT applied OR why IS NOT NULL ORDER BY received_at DESC LIMIT $1`,
      [limit],
    );
    return rows.map((row) => ({
      provider: row.provider,
      eventKey: row.event_key,
      paymentId: row.payment_id,
      why: row.why ?? 'no payment of ours',
      receivedAt: row.received_at,
    }));
  }
}

interface OddRow {
  readonly provider: string;
  readonly event_key: string;
  readonly payment_id: string;
  readonly why: string | null;
  readonly received_at: Instant;
}
