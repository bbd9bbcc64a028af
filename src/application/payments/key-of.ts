import { providerRefOf, type Payment } from '../../domain/payment.ts';
import type { PaymentKey } from '../ports/payment-provider.ts';

/** How a payment is named towards its provider. */
export const keyOf = (payment: Payment): PaymentKey => ({
  paymentId: payment.id,
  createdAt: payment.createdAt,
  number: payment.number,
  ref: providerRefOf(payment),
});
