import type pg from 'pg';
import type { PaymentName } from '../../../application/ports/payment-provider.ts';
import type {
  Applied,
  Children,
  Decision,
  InboxEvent,
  Papers,
  PaymentStore,
} from '../../../application/ports/payment-store.ts';
import { isId, type CustomerId, type PaymentId } from '../../../domain/ids.ts';
import type { CreatedPayment, InitiatingPayment, Payment } from '../../../domain/payment.ts';
import type { Instant } from '../../../domain/time.ts';
import { inTransaction } from '../pool.ts';
import { parkEvent } from './notification-inbox.ts';
import { applyToPayment } from './payment-applying.ts';
import { insertValues, paymentInsert } from './payment-columns.ts';
import { toPayment, type PaymentRow } from './payment-row.ts';
import { takeDueToAsk, takeDueToSend, takeToAsk, takeToSend } from './payment-work.ts';

/** Payments in PostgreSQL. All that follows from a proof is one transaction under the payment's row lock. */
export class PostgresPaymentStore implements PaymentStore {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async add(
    payment: CreatedPayment,
    request: { readonly key: string; readonly hash: string },
  ): Promise<
    'added' | 'number-taken' | { readonly existing: Payment; readonly sameRequest: boolean }
  > {
    const added =
      payment.number === undefined
        ? await insert(this.#pool, payment, request)
        : await insertNumbered(this.#pool, payment, payment.number, request);
    if (added !== 'known') return added;
    const { rows } = await this.#pool.query<PaymentRow>(
      'SELECT * FROM payment WHERE customer_id = $1 AND idempotency_key = $2',
      [payment.customerId, request.key],
    );
    const row = rows[0];
    if (row === undefined) throw new Error('the payment of this key has just disappeared');
    return { existing: toPayment(row), sameRequest: row.request_hash === request.hash };
  }

  async find(id: PaymentId, customer: CustomerId): Promise<Payment | undefined> {
    const { rows } = await this.#pool.query<PaymentRow>({
      name: 'payment-find',
      text: 'SELECT * FROM payment WHERE customer_id = $1 AND id = $2',
      values: [customer, id],
    });
    return rows[0] === undefined ? undefined : toPayment(rows[0]);
  }

  async list(
    customer: CustomerId,
    limit: number,
    after: PaymentId | undefined,
  ): Promise<Payment[]> {
    // Ids are UUID version 7: newest first is the primary key read backwards.
    const { rows } = await this.#pool.query<PaymentRow>({
      name: 'payment-list',
      text: `SELECT * FROM payment WHERE customer_id = $1 AND ($3::uuid IS NULL OR id < $3)
        ORDER BY id DESC LIMIT $2`,
      values: [customer, limit, after ?? null],
    });
    return rows.map(toPayment);
  }

  takeToSend(id: PaymentId, now: Instant): Promise<InitiatingPayment | undefined> {
    return takeToSend(this.#pool, id, now);
  }

  takeDueToSend(now: Instant, limit: number): Promise<InitiatingPayment[]> {
    return takeDueToSend(this.#pool, now, limit);
  }

  takeDueToAsk(now: Instant, limit: number): Promise<Payment[]> {
    return takeDueToAsk(this.#pool, now, limit);
  }

  takeToAsk(id: PaymentId, before: Instant, now: Instant): Promise<Payment | undefined> {
    return takeToAsk(this.#pool, id, before, now);
  }

  async locate(provider: string, name: PaymentName): Promise<PaymentId | undefined> {
    const { rows } = await this.#pool.query<{ id: PaymentId }>(locating(provider, name));
    return rows[0]?.id;
  }

  apply(
    id: PaymentId,
    event: InboxEvent | undefined,
    decide: (payment: Payment, children: Children) => Decision,
    papers: Papers,
    year: number,
  ): Promise<Applied> {
    return inTransaction(this.#pool, (client) =>
      applyToPayment(client, id, { event, decide, papers, year }),
    );
  }

  park(event: InboxEvent, paymentId: string, now: Instant): Promise<{ firstSeenAt: Instant }> {
    return parkEvent(this.#pool, event, paymentId, now);
  }
}

type Request = { readonly key: string; readonly hash: string };

async function insert(
  client: pg.ClientBase | pg.Pool,
  payment: CreatedPayment,
  request: Request,
): Promise<'added' | 'known'> {
  const { rowCount } = await client.query({
    name: 'payment-add',
    text: paymentInsert,
    values: insertValues(payment, request),
  });
  return rowCount === 1 ? 'added' : 'known';
}

const insertNumbered = (
  pool: pg.Pool,
  payment: CreatedPayment,
  number: number,
  request: Request,
): Promise<'added' | 'number-taken' | 'known'> =>
  inTransaction(pool, async (client) => {
    const added = await insert(client, payment, request);
    if (added === 'known') return added;
    const { rowCount } = await client.query(
      'INSERT INTO payment_number VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [number, payment.customerId, payment.id],
    );
    if (rowCount === 1) return added;
    await client.query('DELETE FROM payment WHERE customer_id = $1 AND id = $2', [
      payment.customerId,
      payment.id,
    ]);
    return 'number-taken';
  });

function locating(provider: string, name: PaymentName): pg.QueryConfig {
  switch (name.by) {
    case 'id': {
      // What is no id of ours would be an error to PostgreSQL, and is nobody's payment.
      const id = isId(name.id) ? name.id : null;
      return {
        name: 'payment-by-id',
        text: 'SELECT id FROM payment WHERE id = $1 AND provider = $2',
        values: [id, provider],
      };
    }
    case 'number':
      return {
        name: 'payment-by-number',
        text: `SELECT p.id FROM payment_number n JOIN payment p
          ON p.customer_id = n.customer_id AND p.id = n.payment_id
          WHERE n.number = $1 AND p.provider = $2`,
        values: [name.number, provider],
      };
    case 'ref':
      return {
        name: 'payment-by-ref',
        text: 'SELECT id FROM payment WHERE provider = $2 AND provider_ref = $1 LIMIT 1',
        values: [name.ref, provider],
      };
  }
}
