import { createHmac } from 'node:crypto';
import { guarded, type GuardedProvider } from '../../src/adapters/payment/guarded.ts';
import { stripe } from '../../src/adapters/payment/stripe/stripe.ts';
import { systemClock } from '../../src/adapters/system/system-clock.ts';
import type { PaymentProvider, RawRequest } from '../../src/application/ports/payment-provider.ts';
import type { PaymentSettings } from '../../src/main/payment-settings.ts';
import { amountMinor } from './names.ts';

/** As long as Stripe's own, and the same for all: what it is made of does not matter to a database. */
const redirect = { kind: 'get', url: `https://checkout.example/c/pay/${'s'.repeat(300)}` } as const;
const sessionOf = (paymentId: string): string => `cs_test_${paymentId}`;

/** Stripe's adapter; while `isAtOnce` its one call is answered in this process without any wait. */
export function benchProvider(settings: PaymentSettings['stripe']) {
  const real = stripe(settings);
  const mode = { isAtOnce: true };
  const provider: PaymentProvider = {
    ...real,
    create: async (command, deadlineMs) => {
      if (!mode.isAtOnce) return real.create(command, deadlineMs);
      const { paymentId, expiresAt } = command;
      return { tag: 'done', value: { ref: sessionOf(paymentId), redirect, expiresAt } };
    },
  };
  const guard: GuardedProvider = guarded(provider, systemClock);
  const secret = settings.webhookSecrets[0] ?? '';
  return {
    guard,
    mode,
    /** The notification that a payment was paid, as Stripe signs it. */
    notice: (paymentId: string, eventId = `evt_${paymentId}`, ref = sessionOf(paymentId)) =>
      signed(paidEvent(paymentId, eventId, ref), secret),
  };
}
export type BenchProvider = ReturnType<typeof benchProvider>;

function paidEvent(paymentId: string, eventId: string, ref: string): string {
  const created = Math.floor(Date.now() / 1_000);
  const session = {
    id: ref,
    object: 'checkout.session',
    ...{ amount_subtotal: amountMinor, amount_total: amountMinor, currency: 'rub' },
    client_reference_id: paymentId,
    ...{ created, expires_at: created + 3_600, livemode: false, locale: null },
    customer_details: { address: null, email: 'payer@example.com', name: null, phone: null },
    metadata: { payment_id: paymentId },
    ...{ mode: 'payment', payment_intent: `pi_${paymentId}`, payment_method_types: ['card'] },
    ...{ payment_status: 'paid', status: 'complete', ui_mode: 'hosted', url: null },
    success_url: `http://localhost:8080/payments/${paymentId}`,
  };
  return JSON.stringify({
    ...{ id: eventId, object: 'event', api_version: '2025-03-31.basil', created },
    ...{ data: { object: session }, livemode: false, pending_webhooks: 1 },
    type: 'checkout.session.completed',
  });
}

function signed(body: string, secret: string): RawRequest {
  const stamp = Math.floor(Date.now() / 1_000);
  const mac = createHmac('sha256', secret).update(`${stamp}.${body}`).digest('hex');
  const headers = { 'stripe-signature': `t=${stamp},v1=${mac}` };
  return { headers, body: Buffer.from(body) };
}
