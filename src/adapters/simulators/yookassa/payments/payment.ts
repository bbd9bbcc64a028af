import type { MethodType } from './method-terms.ts';
import type { PaymentMethod } from './payment-method.ts';

export type PaymentStatus = 'pending' | 'waiting_for_capture' | 'succeeded' | 'canceled';

export interface Cancellation {
  readonly party: 'yoo_money' | 'payment_network' | 'merchant' | 'refund_network';
  readonly reason: string;
}

/** What the shop asks for with a payment. */
export interface PaymentWish {
  readonly amountMinor: number;
  readonly currency: string;
  /** Takes the money at once; otherwise it is held first. */
  readonly capture: boolean;
  readonly returnUrl: string | undefined;
  readonly locale: 'ru' | 'en' | undefined;
  /** The card holder must be checked by the own bank. */
  readonly enforces3ds: boolean;
  /** The payer chooses where it is absent. */
  readonly methodType: MethodType | undefined;
  readonly saves: boolean;
  readonly description: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  readonly customerId: string | undefined;
  readonly hasReceipt: boolean;
}

/** A payment as YooKassa remembers it. Sums in hundredths. */
export interface Payment {
  readonly id: string;
  /** The shop's own id of it, found in what it sent along. */
  readonly shopPaymentId: string;
  readonly wish: PaymentWish;
  readonly createdAt: number;
  status: PaymentStatus;
  /** What was asked for; then what was paid, and of a hold what was taken. */
  amountMinor: number;
  method: PaymentMethod | undefined;
  has3ds: boolean;
  capturedAt: number | undefined;
  /** When a hold is let go by itself. */
  expiresAt: number | undefined;
  cancellation: Cancellation | undefined;
  refundedMinor: number;
  /** Of refunds that are still pending. */
  refundPendingMinor: number;
}

/** What can still be paid back. */
export function refundableMinor(payment: Payment): number {
  if (payment.status !== 'succeeded') return 0;
  return payment.amountMinor - payment.refundedMinor - payment.refundPendingMinor;
}

/** Under which id the shop keeps the payment: what it calls `payment_id`, or the first thing it sent along. */
export function shopPaymentIdOf({ metadata }: PaymentWish): string | undefined {
  return metadata['payment_id'] ?? Object.values(metadata)[0];
}
