import type { Currency } from '../../../domain/currency.ts';
import type { Dispute } from '../../../domain/dispute.ts';
import type { CustomerId, PaymentId, RefundId, StaffId } from '../../../domain/ids.ts';
import { money } from '../../../domain/money.ts';
import { nextRefundLook } from '../../../domain/payment-schedule.ts';
import type { Refund, RefundState } from '../../../domain/refund.ts';
import type { Instant } from '../../../domain/time.ts';
import { timestamp } from '../pool.ts';

export interface RefundRow {
  readonly customer_id: string;
  readonly id: string;
  readonly payment_id: string;
  readonly provider: string;
  readonly amount_minor: bigint;
  readonly currency: string;
  readonly debit_minor: bigint;
  readonly debit_currency: string;
  readonly state: RefundState;
  readonly origin: Refund['origin'];
  readonly reason: string;
  readonly requested_by: string | null;
  readonly approved_by: string | null;
  readonly request_key: string | null;
  readonly provider_ref: string | null;
  readonly attempts: number;
  readonly created_at: Instant;
  readonly updated_at: Instant;
}

export const toRefund = (row: RefundRow): Refund => ({
  id: row.id as RefundId,
  paymentId: row.payment_id as PaymentId,
  customerId: row.customer_id as CustomerId,
  provider: row.provider,
  amount: money(row.amount_minor, row.currency as Currency),
  debit: money(row.debit_minor, row.debit_currency as Currency),
  state: row.state,
  origin: row.origin,
  reason: row.reason,
  requestedBy: (row.requested_by ?? undefined) as StaffId | undefined,
  approvedBy: (row.approved_by ?? undefined) as StaffId | undefined,
  ...(row.request_key !== null && { requestKey: row.request_key }),
  providerRef: row.provider_ref ?? undefined,
  attempts: row.attempts,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** Saves a refund, new or in its next state. Parameters: `refundValues`. */
export const refundSave = `INSERT INTO refund (customer_id, id, payment_id, provider, amount_minor,
    currency, debit_minor, debit_currency, origin, reason, requested_by, created_at, state, approved_by,
    provider_ref, attempts, updated_at, next_look_at, request_key)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
  ON CONFLICT (customer_id, id) DO UPDATE SET state = $13, approved_by = $14, provider_ref = $15,
    attempts = $16, updated_at = $17, next_look_at = $18`;

export function refundValues(refund: Refund): unknown[] {
  const look = nextRefundLook(refund);
  return [
    refund.customerId,
    refund.id,
    refund.paymentId,
    refund.provider,
    refund.amount.minor,
    refund.amount.currency,
    refund.debit.minor,
    refund.debit.currency,
    refund.origin,
    refund.reason,
    refund.requestedBy ?? null,
    timestamp(refund.createdAt),
    refund.state,
    refund.approvedBy ?? null,
    refund.providerRef ?? null,
    refund.attempts,
    timestamp(refund.updatedAt),
    look === undefined ? null : timestamp(look),
    refund.requestKey ?? null,
  ];
}

export interface DisputeRow {
  readonly customer_id: string;
  readonly payment_id: string;
  readonly provider: string;
  readonly ref: string;
  readonly amount_minor: bigint;
  readonly currency: string;
  readonly state: Dispute['state'];
  readonly reason: string;
  readonly opened_at: Instant;
  readonly updated_at: Instant;
}

export const toDispute = (row: DisputeRow): Dispute => ({
  ref: row.ref,
  provider: row.provider,
  paymentId: row.payment_id as PaymentId,
  customerId: row.customer_id as CustomerId,
  amount: money(row.amount_minor, row.currency as Currency),
  state: row.state,
  reason: row.reason,
  openedAt: row.opened_at,
  updatedAt: row.updated_at,
});
