import type pg from 'pg';
import type {
  Applied,
  InboxEvent,
  PaymentStore,
  ReceiptPlace,
  SuccessPapers,
} from '../../../application/ports/payment-store.ts';
import type { CustomerId, PaymentId } from '../../../domain/ids.ts';
import type { Settlement } from '../../../domain/payment-settlement.ts';
import { startSending, triedAgain } from '../../../domain/payment.ts';
import type {
  CreatedPayment,
  InitiatingPayment,
  Payment,
  PendingPayment,
  SucceededPayment,
} from '../../../domain/payment.ts';
import type { Instant } from '../../../domain/time.ts';
import { inTransaction, timestamp } from '../pool.ts';
import { addToFeed } from './feed.ts';
import { markApplied, meetEvent, parkEvent } from './notification-inbox.ts';
import { changeValues, paymentChange, toPayment, type PaymentRow } from './payment-row.ts';
import { savePapers } from './success-papers.ts';

/** Payments in PostgreSQL. All that follows from a proof is one transaction under the payment's row lock. */
export class PostgresPaymentStore implements PaymentStore {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async add(
    payment: CreatedPayment,
    request: { readonly key: string; readonly hash: string },
  ): Promise<'added' | { readonly existing: Payment; readonly sameRequest: boolean }> {
    const { rowCount } = await this.#pool.query({
      name: 'payment-add',
      text: `INSERT INTO payment (customer_id, id, idempotency_key, request_hash, account_id,
          account_number, amount_minor, currency, method, provider, created_at, state, provider_ref,
          redirect, expires_at, paid_at, late, reason, why, attempts, updated_at, next_look_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
          $20, $21, $22) ON CONFLICT (customer_id, idempotency_key) DO NOTHING`,
      values: [
        payment.customerId,
        payment.id,
        request.key,
        request.hash,
        payment.accountId,
        payment.accountNumber,
        payment.amount.minor,
        payment.amount.currency,
        payment.method,
        payment.provider,
        timestamp(payment.createdAt),
        ...changeValues(payment),
      ],
    });
    if (rowCount === 1) return 'added';
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
    return inTransaction(this.#pool, async (client) => {
      const { rows } = await client.query<PaymentRow>(
        `SELECT * FROM payment WHERE id = $1 AND state = 'created' FOR UPDATE SKIP LOCKED`,
        [id],
      );
      return (await this.#startSending(client, rows, now))[0];
    });
  }

  takeDueToSend(now: Instant, limit: number): Promise<InitiatingPayment[]> {
    return inTransaction(this.#pool, async (client) => {
      const { rows } = await client.query<PaymentRow>(
        `SELECT * FROM payment WHERE state IN ('created', 'initiating') AND next_look_at <= $1
         ORDER BY next_look_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
        [timestamp(now), limit],
      );
      return this.#startSending(client, rows, now);
    });
  }

  async #startSending(
    client: pg.PoolClient,
    rows: readonly PaymentRow[],
    now: Instant,
  ): Promise<InitiatingPayment[]> {
    const sending: InitiatingPayment[] = [];
    for (const row of rows) {
      const payment = toPayment(row);
      const next = sendingAgain(payment, now);
      if (next === undefined) continue;
      await client.query(paymentChange, [next.id, ...changeValues(next)]);
      sending.push(next);
    }
    return sending;
  }

  takeDueToAsk(now: Instant, limit: number): Promise<PendingPayment[]> {
    return inTransaction(this.#pool, async (client) => {
      const { rows } = await client.query<PaymentRow>(
        `SELECT * FROM payment WHERE state = 'pending' AND next_look_at <= $1
         ORDER BY next_look_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
        [timestamp(now), limit],
      );
      const asking: PendingPayment[] = [];
      for (const payment of rows.map(toPayment)) {
        if (payment.state !== 'pending') continue;
        const next = triedAgain(payment, now);
        await client.query(paymentChange, [next.id, ...changeValues(next)]);
        asking.push(next);
      }
      return asking;
    });
  }

  apply(
    id: PaymentId,
    event: InboxEvent | undefined,
    decide: (payment: Payment) => Settlement,
    papers: (paid: SucceededPayment, place: ReceiptPlace) => SuccessPapers,
    year: number,
  ): Promise<Applied> {
    return inTransaction(this.#pool, async (client): Promise<Applied> => {
      const met = event === undefined ? 'new' : await meetEvent(client, event, id);
      if (met === 'applied') return { result: 'duplicate' };
      if (met === 'other-body') return { result: 'conflict', why: 'one event key, two bodies' };
      const { rows } = await client.query<PaymentRow>({
        name: 'payment-lock',
        text: 'SELECT * FROM payment WHERE id = $1 FOR UPDATE',
        values: [id],
      });
      if (rows[0] === undefined) return { result: 'payment-unknown' };
      const before = toPayment(rows[0]);
      const decided = decide(before);
      if (event !== undefined) await markApplied(client, event);
      if (decided.kind === 'conflict') return { result: 'conflict', why: decided.why };
      if (decided.kind === 'same') return { result: 'same', payment: before };

      const { payment } = decided;
      await client.query({
        name: 'payment-change',
        text: paymentChange,
        values: [payment.id, ...changeValues(payment)],
      });
      if (payment.state === 'succeeded') await savePapers(client, payment, papers, year);
      const told = { kind: 'payment', ref: payment.id, detail: payment.state } as const;
      await addToFeed(client, payment.customerId, [told]);
      return { result: 'moved', payment };
    });
  }

  park(event: InboxEvent, paymentId: string, now: Instant): Promise<{ firstSeenAt: Instant }> {
    return parkEvent(this.#pool, event, paymentId, now);
  }
}

/** The move to `initiating`, or one more try of a call whose outcome nobody knows. */
function sendingAgain(payment: Payment, now: Instant): InitiatingPayment | undefined {
  if (payment.state === 'created') return startSending(payment, now);
  return payment.state === 'initiating' ? triedAgain(payment, now) : undefined;
}
