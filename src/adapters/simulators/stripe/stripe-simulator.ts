import type { Router } from '@koa/router';
import type { Timers } from '../timers.ts';
import { Acquirer } from './acquirer.ts';
import { CreateFaults } from './api/create-faults.ts';
import { IdempotencyKeys } from './api/idempotency.ts';
import type { Wire } from './payer-moves.ts';
import { payerRoutes } from './payer/payer-routes.ts';
import { stripeApiRoutes } from './api/stripe-api-routes.ts';
import type { StripeParts } from './api/stripe-api-routes.ts';
import { StripeCalls } from './api/stripe-calls.ts';
import { stripeControlRoutes } from './control/stripe-control-routes.ts';
import { WebhookSender } from './webhooks/webhook-sender.ts';

export interface StripeSettings {
  readonly secretKey: string;
  /** The endpoint secret, `whsec_` included. */
  readonly webhookSecret: string;
  /** Where the shop takes notifications. */
  readonly webhookUrl: string;
  readonly livemode: boolean;
}

/** A card acquirer that speaks the Stripe Checkout protocol, kept in memory. */
export function stripeSimulator(
  router: Router,
  settings: StripeSettings,
  publicUrl: string,
  timers: Timers,
): void {
  const { secretKey, webhookSecret, webhookUrl, livemode } = settings;
  const wire: Wire = {
    live: livemode,
    urlOf: ({ id }) => `${publicUrl}/stripe/pay/${id}`,
  };
  const target = { url: webhookUrl, secret: webhookSecret, live: livemode };
  const webhooks = new WebhookSender(target, timers);
  const parts: StripeParts = {
    webhooks,
    acquirer: new Acquirer(wire, webhooks, timers),
    calls: new StripeCalls(secretKey, new IdempotencyKeys(), timers),
    faults: new CreateFaults(),
  };
  stripeApiRoutes(router, parts);
  payerRoutes(router, parts.acquirer, webhooks);
  stripeControlRoutes(router, parts, timers);
}
