import Stripe from 'stripe';
import { stripeSimulator } from '../../../src/adapters/simulators/stripe/stripe-simulator.ts';
import type { StripeSettings } from '../../../src/adapters/simulators/stripe/stripe-simulator.ts';
import { stripeKey, webhookSecret } from './running-simulators.ts';
import { givenSystem } from './running-system.ts';
import type { RunningSystem, ShopNotice } from './running-system.ts';

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

export function held(paymentId: string): Stripe.Checkout.SessionCreateParams {
  return { ...order(paymentId), payment_intent_data: { capture_method: 'manual' } };
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

/** The simulated acquirer on a clock moved by hand, and the official package as its shop. */
export interface StripeShop extends RunningSystem {
  readonly stripe: Stripe;
  /** Lets payer, bank or forger act on `p1`. */
  order(order: object): Promise<{ status: number; json: Record<string, unknown> }>;
  /** The intent of `p1`, paid or held. */
  paid(params?: Stripe.Checkout.SessionCreateParams): Promise<string>;
  /** What the shop was told since the last look, as the package understands it. */
  events(): Promise<Stripe.Event[]>;
}

export async function givenStripe(settings: Partial<StripeSettings> = {}): Promise<StripeShop> {
  const running = await givenSystem((router, world, webhookUrl) => {
    const own = { secretKey: stripeKey, webhookSecret, webhookUrl, livemode: false };
    stripeSimulator(router, { ...own, ...settings }, world);
  });
  const stripe = sdk(Number(new URL(running.url).port));
  const act = (body: object) => running.control('/control/stripe/payments/p1', body);
  return Object.assign(running, {
    stripe,
    order: act,
    paid: async (params = order('p1')) => {
      const { id } = await stripe.checkout.sessions.create(params);
      await act({ outcome: 'pay' });
      running.notices.length = 0;
      return (await stripe.checkout.sessions.retrieve(id)).payment_intent as string;
    },
    events: async () => {
      // What is on its way arrives.
      await running.timers.advance(0);
      return running.notices.splice(0).map((notice) => judged(stripe, notice));
    },
  });
}

export const signatureOf = ({ headers }: ShopNotice): string =>
  String(headers['stripe-signature'] ?? '');

/** The event, if its signature is good for the time it says it was made. */
function judged(stripe: Stripe, notice: ShopNotice): Stripe.Event {
  const header = signatureOf(notice);
  const madeAt = Number(/t=(\d+)/.exec(header)?.[1]) * 1000;
  return stripe.webhooks.constructEvent(notice.body, header, webhookSecret, 300, undefined, madeAt);
}
