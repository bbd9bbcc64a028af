import type pg from 'pg';
import type { PaymentId } from '../../../domain/ids.ts';
import {
  startSending,
  triedAgain,
  type InitiatingPayment,
  type Payment,
} from '../../../domain/payment.ts';
import type { Instant } from '../../../domain/time.ts';
import { inTransaction, timestamp } from '../pool.ts';
import { afterChange, changeValues, paymentChange } from './payment-columns.ts';
import { toPayment, type PaymentRow } from './payment-row.ts';

/** Takes one new payment for sending; undefined when somebody else did. Two statements of their own, no transaction. */
export async function takeToSend(
  pool: pg.Pool,
  id: PaymentId,
  now: Instant,
): Promise<InitiatingPayment | undefined> {
  const { rows } = await pool.query<PaymentRow>({
    name: 'payment-to-send',
    text: `SELECT * FROM payment WHERE id = $1 AND state = 'created'`,
    values: [id],
  });
  const [found] = rows.map(toPayment);
  const next = found && sendingAgain(found, now);
  if (next === undefined) return undefined;
  const { rowCount } = await pool.query({
    name: 'payment-take-to-send',
    // Whoever came in between has counted a try or moved it on.
    text: `${paymentChange} AND state = 'created' AND attempts = ${afterChange}`,
    values: [id, ...changeValues(next), found?.attempts],
  });
  return rowCount === 1 ? next : undefined;
}

export const takeDueToSend = (
  pool: pg.Pool,
  now: Instant,
  limit: number,
): Promise<InitiatingPayment[]> =>
  inTransaction(pool, async (client) => {
    const { rows } = await client.query<PaymentRow>(
      `SELECT * FROM payment WHERE state IN ('created', 'initiating') AND next_look_at <= $1
       ORDER BY next_look_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [timestamp(now), limit],
    );
    return taken(client, rows, (payment) => sendingAgain(payment, now));
  });

const waiting = `state IN ('pending', 'authorized', 'capturing', 'canceling')`;

export const takeDueToAsk = (pool: pg.Pool, now: Instant, limit: number): Promise<Payment[]> =>
  inTransaction(pool, async (client) => {
    const { rows } = await client.query<PaymentRow>(
      `SELECT * FROM payment WHERE ${waiting} AND next_look_at <= $1
       ORDER BY next_look_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [timestamp(now), limit],
    );
    return taken(client, rows, (payment) => triedAgain(payment, now));
  });

/** Takes one waiting payment for its payer's page, unless it was looked at after `before`. */
export const takeToAsk = (
  pool: pg.Pool,
  id: PaymentId,
  before: Instant,
  now: Instant,
): Promise<Payment | undefined> =>
  inTransaction(pool, async (client) => {
    const { rows } = await client.query<PaymentRow>(
      `SELECT * FROM payment WHERE id = $1 AND ${waiting} AND updated_at <= $2
       FOR UPDATE SKIP LOCKED`,
      [id, timestamp(before)],
    );
    return (await taken(client, rows, (payment) => triedAgain(payment, now)))[0];
  });

/** Saves the next step of each payment that has one. */
async function taken<Next extends Payment>(
  client: pg.ClientBase,
  rows: readonly PaymentRow[],
  step: (payment: Payment) => Next | undefined,
): Promise<Next[]> {
  const next = rows.map(toPayment).flatMap((payment) => step(payment) ?? []);
  // Twenty at most; what each waits for next differs.
  for (const each of next) {
    await client.query({
      name: 'payment-change',
      text: paymentChange,
      values: [each.id, ...changeValues(each)],
    });
  }
  return next;
}

/** The move to `initiating`, or one more try of a call whose outcome nobody knows. */
function sendingAgain(payment: Payment, now: Instant): InitiatingPayment | undefined {
  if (payment.state === 'created') return startSending(payment, now);
  return payment.state === 'initiating' ? triedAgain(payment, now) : undefined;
}
