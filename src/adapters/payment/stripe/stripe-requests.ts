import type { CreateCommand, RefundCommand } from '../../../application/ports/payment-provider.ts';
import { second } from '../../../domain/time.ts';
import { toStripeAmount } from './stripe-money.ts';

const longestName = 250;

/** What we ask Stripe for; undefined when the sum cannot be charged there. The same command asks the same. */
export function sessionRequest(command: CreateCommand) {
  const sum = toStripeAmount(command.amount);
  if (sum === undefined) return undefined;
  const { paymentId, returnUrl } = command;
  const description = shortened(command.description);
  return {
    mode: 'payment' as const,
    client_reference_id: paymentId as string,
    // The intent does not inherit the session's metadata, and its events must tell whose they are.
    metadata: { payment_id: paymentId as string },
    success_url: returnUrl,
    cancel_url: returnUrl,
    // The page speaks the browser's language; a repeated call must not differ by whoever repeats it.
    locale: 'auto',
    expires_at: Math.floor(command.expiresAt / second),
    allowed_payment_method_types: ['card' as const],
    payment_intent_data: {
      capture_method: command.holds === true ? ('manual' as const) : ('automatic' as const),
      description,
      metadata: { payment_id: paymentId as string },
    },
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: sum.currency,
          unit_amount: sum.amount,
          product_data: { name: description },
        },
      },
    ],
  };
}

/** What we ask back of an intent, marked with our names of it; undefined when it is no sum of theirs. */
export function refundRequest({ refundId, payment, amount }: RefundCommand, intentId: string) {
  const sum = toStripeAmount(amount);
  if (sum === undefined) return undefined;
  return {
    payment_intent: intentId,
    amount: sum.amount,
    metadata: { refund_id: refundId as string, payment_id: payment.paymentId as string },
  };
}

/** Cuts between characters, not within one. */
function shortened(description: string): string {
  return Array.from(description.toWellFormed()).slice(0, longestName).join('');
}
