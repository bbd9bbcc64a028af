import type { Currency } from '../../../domain/currency.ts';
import type { AccountId, CustomerId, PaymentId } from '../../../domain/ids.ts';
import { invariant } from '../../../domain/invariant.ts';
import { money } from '../../../domain/money.ts';
import type { DeclineReason } from '../../../domain/payment-claim.ts';
import type { PaymentState } from '../../../domain/payment-moves.ts';
import { nextLook } from '../../../domain/payment-schedule.ts';
import type { Payment, Redirect } from '../../../domain/payment.ts';
import type { Instant } from '../../../domain/time.ts';
import { timestamp } from '../pool.ts';

export interface PaymentRow {
  readonly customer_id: string;
  readonly id: string;
  readonly request_hash: string;
  readonly account_id: string;
  readonly account_number: string;
  readonly amount_minor: bigint;
  readonly currency: string;
  readonly method: string;
  readonly provider: string;
  readonly state: PaymentState;
  readonly provider_ref: string | null;
  readonly redirect: Redirect | null;
  readonly expires_at: Instant | null;
  readonly paid_at: Instant | null;
  readonly late: boolean | null;
  readonly reason: string | null;
  readonly why: string | null;
  readonly attempts: number;
  readonly created_at: Instant;
  readonly updated_at: Instant;
}

/** Reads a row as the payment it is; a row without what its state needs is a bug. */
export function toPayment(row: PaymentRow): Payment {
  const facts = {
    id: row.id as PaymentId,
    customerId: row.customer_id as CustomerId,
    accountId: row.account_id as AccountId,
    accountNumber: row.account_number,
    amount: money(row.amount_minor, row.currency as Currency),
    method: row.method,
    provider: row.provider,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    attempts: row.attempts,
  };
  const providerRef = row.provider_ref ?? undefined;
  const { state } = row;
  switch (state) {
    case 'created':
    case 'initiating':
      return { ...facts, state };
    case 'pending':
      invariant(row.expires_at !== null, `pending payment ${row.id} without expiry`);
      return {
        ...facts,
        state,
        providerRef,
        redirect: row.redirect ?? undefined,
        expiresAt: row.expires_at,
      };
    case 'succeeded':
      invariant(row.paid_at !== null, `paid payment ${row.id} without its time`);
      return { ...facts, state, providerRef, paidAt: row.paid_at, late: row.late === true };
    case 'failed':
      return { ...facts, state, providerRef, reason: (row.reason ?? 'declined') as DeclineReason };
    case 'review':
      return { ...facts, state, providerRef, why: row.why ?? '' };
    case 'canceled':
    case 'expired':
      return { ...facts, state, providerRef };
  }
}

/** The columns a move may change, in the order of `paymentChange`'s parameters after the id. */
export function changeValues(payment: Payment): unknown[] {
  const look = nextLook(payment);
  return [
    payment.state,
    'providerRef' in payment ? (payment.providerRef ?? null) : null,
    'redirect' in payment ? JSON.stringify(payment.redirect ?? null) : null,
    'expiresAt' in payment ? timestamp(payment.expiresAt) : null,
    'paidAt' in payment ? timestamp(payment.paidAt) : null,
    'late' in payment ? payment.late : null,
    'reason' in payment ? payment.reason : null,
    'why' in payment ? payment.why : null,
    payment.attempts,
    timestamp(payment.updatedAt),
    look === undefined ? null : timestamp(look),
  ];
}
export const paymentChange = `UPDATE payment SET state = $2, provider_ref = $3, redirect = $4,
  expires_at = $5, paid_at = $6, late = $7, reason = $8, why = $9, attempts = $10, updated_at = $11,
  next_look_at = $12 WHERE id = $1`;
