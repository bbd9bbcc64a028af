import Stripe from 'stripe';
import { stripeKey } from './running-simulators.ts';

export function order(paymentId: string): Stripe.Checkout.SessionCreateParams {
  return {
    mode: 'payment',
    client_reference_id: paymentId,
    metadata: { payment_id: paymentId },
    success_url: 'https://shop.example/done?s={CHECKOUT_SESSION_ID}',
    cancel_url: 'https://shop.example/cancelled',
    allowed_payment_method_types: ['card'],
    payment_intent_data: { metadata: { payment_id: paymentId } },
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: 'rub',
          unit_amount: 123_450,
          product_data: { name: 'Счёт 7000001-1 & <b>' },
        },
      },
    ],
  };
}

export function sdk(port: number, key = stripeKey, maxNetworkRetries = 0): Stripe {
  return new Stripe(key, {
    host: '127.0.0.1',
    port,
    protocol: 'http',
    maxNetworkRetries,
    timeout: 2_000,
    telemetry: false,
  });
}
