import type { Instrument } from '../../../domain/instrument.ts';
import { nextLook } from '../../../domain/payment-schedule.ts';
import type { Money } from '../../../domain/money.ts';
import type { CreatedPayment, Payment, Redirect, ReviewProposal } from '../../../domain/payment.ts';
import type { Instant } from '../../../domain/time.ts';
import { timestamp } from '../pool.ts';
import { fromQuote } from './quote-json.ts';

/** Every field that only some states have; the others are empty in the row. */
interface StateFields extends Pick<Payment, 'state'> {
  readonly providerRef?: string | undefined;
  readonly redirect?: Redirect | undefined;
  readonly expiresAt?: Instant;
  readonly paidAt?: Instant;
  readonly late?: boolean;
  readonly reason?: string;
  readonly why?: string;
  readonly captured?: Money | undefined;
  readonly providerFee?: Money | undefined;
  readonly proposal?: ReviewProposal | undefined;
  readonly instrument?: Instrument;
}

/** The columns a move may change, in the order of `paymentChange`'s parameters after the id. */
export function changeValues(payment: Payment): unknown[] {
  const fields: StateFields = payment;
  return [
    payment.state,
    fields.providerRef,
    fields.redirect && JSON.stringify(fields.redirect),
    moment(fields.expiresAt),
    moment(fields.paidAt),
    fields.late,
    fields.reason,
    fields.why,
    payment.attempts,
    timestamp(payment.updatedAt),
    moment(nextLook(payment)),
    fields.captured?.minor,
    fields.captured?.currency,
    fields.providerFee?.minor,
    fields.proposal?.as,
    fields.proposal?.by,
    fields.instrument && JSON.stringify(fields.instrument),
  ].map((value) => value ?? null);
}

const moment = (at: Instant | undefined): Date | undefined => at && timestamp(at);

const changing =
  'state, provider_ref, redirect, expires_at, paid_at, late, reason, why, attempts, updated_at, ' +
  'next_look_at, captured_minor, captured_currency, provider_fee_minor, proposed_as, proposed_by, instrument';
/** How many columns those are. */
const changed = 17;
/** The first parameter of a statement that is free after a change. */
export const afterChange = `$${String(changed + 2)}`;
const parameters = (from: number, count: number): string =>
  Array.from({ length: count }, (_, n) => `$${String(from + n)}`).join(', ');

export const paymentChange = `UPDATE payment SET (${changing}) = (${parameters(2, changed)}) WHERE id = $1`;

/** A move of a payment with the entry of its customer's feed that tells of it; see `addToFeed`. */
export const paymentMove = `WITH moved AS (
    ${paymentChange} RETURNING customer_id, id, state
  ), grown AS (
    INSERT INTO feed_end (customer_id, seq) SELECT customer_id, 1 FROM moved
    ON CONFLICT (customer_id) DO UPDATE SET seq = feed_end.seq + 1 RETURNING seq
  ), told AS (SELECT pg_notify('live', customer_id::text) FROM moved)
  INSERT INTO feed (customer_id, seq, kind, ref, detail)
  SELECT moved.customer_id, grown.seq, 'payment', moved.id, moved.state FROM moved, grown, told`;

const fixed =
  'customer_id, id, idempotency_key, request_hash, account_id, account_number, amount_minor, currency, ' +
  'fee_minor, charge_minor, charge_currency, quote, number, method, provider, provider_method, holds, ' +
  'saves, saved_method_id, created_at';

const fixedCount = 20;

export const paymentInsert = `INSERT INTO payment (${fixed}, ${changing})
  VALUES (${parameters(1, fixedCount + changed)}) ON CONFLICT (customer_id, idempotency_key) DO NOTHING`;

/** The parameters of `paymentInsert`. */
export const insertValues = (
  payment: CreatedPayment,
  request: { readonly key: string; readonly hash: string },
): unknown[] => [
  payment.customerId,
  payment.id,
  request.key,
  request.hash,
  payment.accountId,
  payment.accountNumber,
  payment.amount.minor,
  payment.amount.currency,
  payment.fee.minor,
  payment.charge.minor,
  payment.charge.currency,
  payment.quote === undefined ? null : fromQuote(payment.quote),
  payment.number ?? null,
  payment.method,
  payment.provider,
  payment.providerMethod ?? null,
  payment.holds,
  payment.saves,
  payment.savedMethod ?? null,
  timestamp(payment.createdAt),
  ...changeValues(payment),
];
