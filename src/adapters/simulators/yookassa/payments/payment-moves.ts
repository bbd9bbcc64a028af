import type { MethodType } from './method-terms.ts';
import type { Cancellation, Payment } from './payment.ts';
import { usedMethod } from './payment-method.ts';
import type { PaymentMethod } from './payment-method.ts';

const HOLD_MS = 7 * 24 * 60 * 60_000;

/** The payer agrees: the money is taken, or only held where the shop asked for that. */
export function pay(payment: Payment, type: MethodType, now: number, has3ds = true): void {
  const method = usedMethod(payment.id, type, has3ds);
  method.saved = payment.wish.saves;
  payment.has3ds = has3ds;
  take(payment, method, now);
}

/** Charges a method its payer has left with the shop; there may be nothing to charge any more. */
export function charge(payment: Payment, method: PaymentMethod, now: number): void {
  payment.method = method;
  if (method.isRevoked) {
    return cancel(payment, { party: 'yoo_money', reason: 'permission_revoked' });
  }
  if (method.isDry) {
    return cancel(payment, { party: 'payment_network', reason: 'insufficient_funds' });
  }
  take(payment, method, now);
}

function take(payment: Payment, method: PaymentMethod, now: number): void {
  payment.method = method;
  if (payment.wish.capture) return capture(payment, payment.amountMinor, now);
  payment.status = 'waiting_for_capture';
  payment.expiresAt = now + HOLD_MS;
}

/** Takes the money, or a part of what is held; the rest is let go. */
export function capture(payment: Payment, amountMinor: number, now: number): void {
  payment.status = 'succeeded';
  payment.amountMinor = amountMinor;
  payment.capturedAt = now;
  payment.expiresAt = undefined;
}

/** Ends the payment with no money taken; what is held is let go. */
export function cancel(payment: Payment, cancellation: Cancellation): void {
  payment.status = 'canceled';
  payment.cancellation = cancellation;
  payment.expiresAt = undefined;
}

/** The time of the payer, or of the shop to take what is held, is over. */
export function expire(payment: Payment): void {
  const waitsFor = payment.status === 'pending' ? 'confirmation' : 'capture';
  cancel(payment, { party: 'yoo_money', reason: `expired_on_${waitsFor}` });
}

/** Whether money was taken or is held. */
export function isPaid({ status }: Payment): boolean {
  return status === 'succeeded' || status === 'waiting_for_capture';
}
