import { z } from 'zod';
import type {
  ChargeCommand,
  CreateCommand,
  Created,
  Reading,
  RefundCommand,
  Snapshot,
} from '../../../application/ports/payment-provider.ts';
import { isCurrency } from '../../../domain/currency.ts';
import { instrumentOf } from '../../../domain/instrument.ts';
import { decimalText, isPositive, parseDecimal, type Money } from '../../../domain/money.ts';
import type { Claim, ClaimedState, DeclineReason } from '../../../domain/payment-claim.ts';
import type { RefundClaim } from '../../../domain/refund-settlement.ts';
import { parseInstant } from '../../../domain/time.ts';
import { jsonOfBytes } from '../json.ts';
import { shortened } from '../shortened.ts';

const longestDescription = 128;
const longestRefundDescription = 250;

const sumShape = z
  .object({ value: z.string(), currency: z.string() })
  .transform(({ value, currency }): Money | undefined => readSum(value, currency));

export const paymentShape = z.object({
  id: z.string().min(1).max(64),
  status: z.string(),
  amount: sumShape,
  income_amount: sumShape.optional(),
  refunded_amount: sumShape.optional(),
  test: z.boolean(),
  captured_at: z.string().optional(),
  confirmation: z.object({ confirmation_url: z.url().optional() }).optional().catch(undefined),
  metadata: z.record(z.string(), z.string()).optional().catch(undefined),
  cancellation_details: z
    .object({ party: z.string().optional(), reason: z.string().optional() })
    .optional()
    .catch(undefined),
  // Nothing of a card is read but what its owner tells it by.
  payment_method: z
    .object({
      id: z.string(),
      saved: z.boolean().optional(),
      title: z.string().optional(),
      card: z.object({ last4: z.string() }).optional().catch(undefined),
      account_number: z.string().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  authorization_details: z
    .object({ rrn: z.string().optional(), auth_code: z.string().optional() })
    .optional()
    .catch(undefined),
});
export type YookassaPayment = z.output<typeof paymentShape>;

export const refundShape = z.object({
  id: z.string().min(1).max(64),
  status: z.string(),
  amount: sumShape,
  metadata: z.record(z.string(), z.string()).optional().catch(undefined),
});
export type YookassaRefund = z.output<typeof refundShape>;

const notificationShape = z.object({
  type: z.literal('notification'),
  event: z.string().max(100),
  object: z.object({
    id: z.string().regex(/^[\w-]{1,64}$/),
    payment_id: z
      .string()
      .regex(/^[\w-]{1,64}$/)
      .optional(),
  }),
});

/** `98.00`: as many digits as the currency has, never more, never fewer. */
function readSum(value: string, currency: string): Money | undefined {
  return isCurrency(currency) ? parseDecimal(value, currency) : undefined;
}
const toSum = (sum: Money) => ({ value: decimalText(sum), currency: sum.currency });

/** What we ask for; undefined when the sum cannot be charged there. The same command asks the same. */
export function createRequest(command: CreateCommand): object | undefined {
  const { amount, method, holds = false, saves = false } = command;
  if (!isPositive(amount)) return undefined;
  return {
    amount: toSum(amount),
    capture: !holds,
    confirmation: { type: 'redirect', return_url: command.returnUrl },
    ...(method !== undefined && { payment_method_data: { type: method } }),
    description: shortened(command.description, longestDescription),
    metadata: { payment_id: command.paymentId },
    ...(saves && { save_payment_method: true }),
  };
}

/** A payment charged to a remembered method. */
export const chargeRequest = (command: ChargeCommand): object => ({
  amount: toSum(command.amount),
  capture: true,
  payment_method_id: command.token,
  description: shortened(command.description, longestDescription),
  metadata: { payment_id: command.paymentId },
});

export const refundRequest = (command: RefundCommand, ref: string): object => ({
  payment_id: ref,
  amount: toSum(command.amount),
  description: shortened(command.reason, longestRefundDescription),
  metadata: { refund_id: command.refundId },
});

export const captureRequest = (amount: Money): object => ({ amount: toSum(amount) });

/** Where the payer goes; one who need not act any more comes straight back to us. */
export const createdFrom = (payment: YookassaPayment, returnUrl: string): Created => ({
  ref: payment.id,
  redirect: { kind: 'get', url: payment.confirmation?.confirmation_url ?? returnUrl },
});

const states: Readonly<Record<string, ClaimedState>> = {
  pending: 'open',
  waiting_for_capture: 'held',
  succeeded: 'paid',
};

/** What a payment object says; undefined for a status nobody has heard of. */
export function claimFrom(payment: YookassaPayment): Claim | undefined {
  const { status, cancellation_details: details } = payment;
  const state = status === 'canceled' ? canceledState(details?.reason) : states[status];
  if (state === undefined) return undefined;
  return {
    state,
    ref: payment.id,
    amount: payment.amount,
    mode: payment.test ? 'test' : 'live',
    reason: state === 'failed' ? declineReason(details?.reason) : undefined,
    paidAt: state === 'paid' ? parseInstant(payment.captured_at ?? '') : undefined,
    ...(payment.income_amount !== undefined && { credited: payment.income_amount }),
    ...(payment.refunded_amount !== undefined && { refundedTotal: payment.refunded_amount }),
    ...(state === 'paid' && methodOf(payment)),
  };
}

/** What was paid with, and what is remembered of it for the next time. */
function methodOf(payment: YookassaPayment): Pick<Claim, 'instrument' | 'saved'> {
  const { payment_method: method, authorization_details: codes } = payment;
  const instrument = instrumentOf(method?.card?.last4 ?? method?.account_number, {
    rrn: codes?.rrn,
    authCode: codes?.auth_code,
  });
  return {
    ...(instrument && { instrument }),
    ...(method?.saved === true && { saved: { token: method.id, title: method.title ?? '' } }),
  };
}

function canceledState(reason: string | undefined): ClaimedState {
  if (reason === 'expired_on_confirmation' || reason === 'expired_on_capture') return 'expired';
  return reason === 'canceled_by_merchant' ? 'canceled' : 'failed';
}

const reasons: Readonly<Record<string, DeclineReason>> = {
  '3d_secure_failed': 'three_ds_failed',
  card_expired: 'card_expired',
  country_forbidden: 'country_forbidden',
  fraud_suspected: 'fraud_suspected',
  insufficient_funds: 'insufficient_funds',
  internal_timeout: 'issuer_unavailable',
  issuer_unavailable: 'issuer_unavailable',
  payment_method_limit_exceeded: 'limit_exceeded',
  payment_method_restricted: 'method_restricted',
  permission_revoked: 'method_restricted',
  identification_required: 'method_restricted',
  unsupported_mobile_operator: 'method_restricted',
};

/** Why the bank said no, as much of it as a payer is told; a reason nobody has heard of is a plain decline. */
export const declineReason = (reason: string | undefined): DeclineReason =>
  (reason !== undefined && Object.hasOwn(reasons, reason) ? reasons[reason] : undefined) ??
  'declined';

/** A payment object as a claim with our name of it. */
export function snapshotFrom(payment: YookassaPayment): Snapshot | undefined {
  const claim = claimFrom(payment);
  const id = payment.metadata?.['payment_id'];
  return (
    claim && { of: id === undefined ? { by: 'ref', ref: payment.id } : { by: 'id', id }, claim }
  );
}

export function refundClaimFrom(refund: YookassaRefund): RefundClaim | undefined {
  const { status } = refund;
  if (status !== 'pending' && status !== 'succeeded' && status !== 'canceled') return undefined;
  return { state: status, ref: refund.id, amount: refund.amount };
}

/**
 * Reads a notification whose sender was looked at. Nothing in it is signed, so nothing of it counts but which object to
 * go and look at.
 */
export function readNotice(body: Uint8Array): Reading {
  const notice = notificationShape.safeParse(jsonOfBytes(body)).data;
  if (notice === undefined) return { tag: 'refused', why: 'malformed' };
  const { event, object } = notice;
  const eventKey = `${event}:${object.id}`;
  switch (event) {
    case 'payment.waiting_for_capture':
    case 'payment.succeeded':
    case 'payment.canceled':
      return { tag: 'hint', eventKey, ref: object.id };
    case 'refund.succeeded':
      return object.payment_id === undefined
        ? { tag: 'refused', why: 'malformed' }
        : { tag: 'hint', eventKey, ref: object.payment_id, refundRef: object.id };
    default:
      return { tag: 'ignored', why: 'this event settles nothing' };
  }
}
