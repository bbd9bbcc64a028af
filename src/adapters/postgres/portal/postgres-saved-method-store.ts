import type pg from 'pg';
import type { SavedMethodStore } from '../../../application/ports/saved-method-store.ts';
import type { CustomerId, PaymentId, SavedMethodId } from '../../../domain/ids.ts';
import type { SavedMethod } from '../../../domain/saved-method.ts';
import type { Instant } from '../../../domain/time.ts';
import { timestamp } from '../pool.ts';

interface SavedMethodRow {
  readonly customer_id: string;
  readonly id: string;
  readonly provider: string;
  readonly method: string;
  readonly title: string;
  readonly sealed_token: string;
  readonly payment_id: string;
  readonly created_at: Instant;
}

/** Remembered payment methods in PostgreSQL; tokens come sealed and stay so. */
export class PostgresSavedMethodStore implements SavedMethodStore {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async add(method: SavedMethod, sealedToken: string): Promise<void> {
    await this.#pool.query(
      `INSERT INTO saved_method
         (customer_id, id, provider, method, title, sealed_token, payment_id, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
      [
        method.customerId,
        method.id,
        method.provider,
        method.method,
        method.title,
        sealedToken,
        method.paymentId,
        timestamp(method.createdAt),
      ],
    );
  }

  async list(customer: CustomerId): Promise<SavedMethod[]> {
    const { rows } = await this.#pool.query<SavedMethodRow>(
      'SELECT * FROM saved_method WHERE customer_id = $1 ORDER BY id DESC',
      [customer],
    );
    return rows.map(toSavedMethod);
  }

  async find(id: SavedMethodId, customer: CustomerId) {
    const { rows } = await this.#pool.query<SavedMethodRow>(
      'SELECT * FROM saved_method WHERE customer_id = $1 AND id = $2',
      [customer, id],
    );
    const row = rows[0];
    return row && { method: toSavedMethod(row), sealedToken: row.sealed_token };
  }

  async forget(id: SavedMethodId, customer: CustomerId): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      'DELETE FROM saved_method WHERE customer_id = $1 AND id = $2',
      [customer, id],
    );
    return rowCount === 1;
  }
}

const toSavedMethod = (row: SavedMethodRow): SavedMethod => ({
  id: row.id as SavedMethodId,
  customerId: row.customer_id as CustomerId,
  provider: row.provider,
  method: row.method,
  title: row.title,
  paymentId: row.payment_id as PaymentId,
  createdAt: row.created_at,
});
