import { incomeOf, moneyText } from './money-text.ts';
import { refundableMinor } from './payments/payment.ts';
import type { Payment } from './payments/payment.ts';
import { isPaid } from './payments/payment-moves.ts';
import type { Refund } from './refunds/refund.ts';
import type { ShopTerms } from './shop-terms.ts';

export type Json = Readonly<Record<string, unknown>>;

/** The payment as the shop sees it now, over the API and in notifications. What is undefined is left out of the JSON. */
export function paymentAnswer(payment: Payment, terms: ShopTerms, url: string): Json {
  const { id, wish, status, amountMinor, cancellation } = payment;
  const { currency, description, metadata, customerId } = wish;
  return {
    id,
    status,
    amount: moneyText(amountMinor, currency),
    ...takenFields(payment),
    description,
    recipient: { account_id: terms.shopId, gateway_id: `${terms.shopId}1` },
    payment_method: methodFields(payment),
    created_at: timeText(payment.createdAt),
    expires_at: payment.expiresAt === undefined ? undefined : timeText(payment.expiresAt),
    confirmation: confirmationFields(payment, url),
    test: terms.isTest,
    paid: isPaid(payment),
    refundable: refundableMinor(payment) > 0,
    receipt_registration: wish.hasReceipt ? registrationOf(payment) : undefined,
    metadata,
    merchant_customer_id: customerId,
    cancellation_details: cancellation,
    authorization_details: authorizationFields(payment),
  };
}

/** What is there once the money is taken. */
function takenFields({ status, amountMinor, refundedMinor, capturedAt, wish }: Payment): Json {
  if (status !== 'succeeded' || capturedAt === undefined) return {};
  return {
    income_amount: moneyText(incomeOf(amountMinor), wish.currency),
    captured_at: timeText(capturedAt),
    refunded_amount: moneyText(refundedMinor, wish.currency),
  };
}

function methodFields({ id, wish, method }: Payment): Json | undefined {
  if (method !== undefined) {
    const { type, saved, title, details, isRevoked } = method;
    const status = isRevoked ? 'inactive' : 'active';
    return { type, id: method.id, saved, status, title, ...details };
  }
  if (wish.methodType === undefined) return undefined;
  return { type: wish.methodType, id, saved: false, status: 'pending' };
}

/** Only there while the payer still has to act. */
function confirmationFields({ status, wish }: Payment, url: string): Json | undefined {
  if (status !== 'pending' || wish.returnUrl === undefined) return undefined;
  return { type: 'redirect', return_url: wish.returnUrl, confirmation_url: url };
}

function registrationOf({ status }: Payment): string {
  return status === 'succeeded' || status === 'canceled' ? status : 'pending';
}

function authorizationFields(payment: Payment): Json | undefined {
  if (!isPaid(payment) || payment.method?.type !== 'bank_card') return undefined;
  const three_d_secure = { applied: payment.has3ds };
  return { rrn: '603668680243', auth_code: '062467', three_d_secure };
}

/** The refund as the shop sees it. */
export function refundAnswer(refund: Refund): Json {
  const { id, payment, amountMinor, createdAt, status, description, metadata } = refund;
  return {
    id,
    payment_id: payment.id,
    status,
    amount: moneyText(amountMinor, payment.wish.currency),
    created_at: timeText(createdAt),
    description,
    receipt_registration: refund.hasReceipt ? status : undefined,
    metadata,
    cancellation_details: refund.cancellation,
  };
}

const timeText = (ms: number): string => new Date(ms).toISOString();
