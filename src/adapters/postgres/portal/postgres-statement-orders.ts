import type pg from 'pg';
import type {
  StatementOrder,
  StatementOrders,
  TakenOrder,
} from '../../../application/ports/statement-orders.ts';
import type { AccountId, CustomerId } from '../../../domain/ids.ts';
import type { Locale } from '../../../domain/locale.ts';
import { later, type CalendarDay, type Instant } from '../../../domain/time.ts';
import { timestamp } from '../pool.ts';

interface OrderRow {
  readonly id: string;
  readonly customer_id: string;
  readonly account_id: string;
  readonly from_day: string;
  readonly to_day: string;
  readonly locale: string;
  readonly ordered_at: Instant;
  readonly attempts: number;
}

/** Statements that wait to be sent, in PostgreSQL. */
export class PostgresStatementOrders implements StatementOrders {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async add({
    id,
    customerId,
    accountId,
    period,
    locale,
    orderedAt,
  }: StatementOrder): Promise<void> {
    await this.#pool.query({
      name: 'statement-order-add',
      text: `INSERT INTO statement_order
          (id, customer_id, account_id, from_day, to_day, locale, ordered_at, next_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $7)`,
      values: [id, customerId, accountId, period.from, period.to, locale, timestamp(orderedAt)],
    });
  }

  async take(leaseMs: number, now: Instant): Promise<TakenOrder | undefined> {
    const { rows } = await this.#pool.query<OrderRow>({
      name: 'statement-order-take',
      text: `UPDATE statement_order SET attempts = attempts + 1, next_at = $2
        WHERE id = (SELECT id FROM statement_order WHERE next_at <= $1
          ORDER BY next_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING *`,
      values: [timestamp(now), timestamp(later(now, leaseMs))],
    });
    return rows[0] === undefined ? undefined : takenOrder(rows[0]);
  }

  async done(id: string): Promise<void> {
    await this.#pool.query({
      name: 'statement-order-done',
      text: 'DELETE FROM statement_order WHERE id = $1',
      values: [id],
    });
  }

  async again(id: string, at: Instant): Promise<void> {
    await this.#pool.query({
      name: 'statement-order-again',
      text: 'UPDATE statement_order SET next_at = $2 WHERE id = $1',
      values: [id, timestamp(at)],
    });
  }
}

const takenOrder = (row: OrderRow): TakenOrder => ({
  id: row.id,
  customerId: row.customer_id as CustomerId,
  accountId: row.account_id as AccountId,
  period: { from: row.from_day as CalendarDay, to: row.to_day as CalendarDay },
  locale: row.locale as Locale,
  orderedAt: row.ordered_at,
  attempts: row.attempts - 1,
});
