import type { Router } from '@koa/router';
import { controlRoutes } from '../control/control-routes.ts';
import { Faults } from '../faults.ts';
import { Notifier } from '../notifier.ts';
import type { ShopAnswer } from '../notifier.ts';
import type { World } from '../world.ts';
import { Acquirer } from './acquirer.ts';
import { IdempotencyKeys } from './api/idempotency.ts';
import { stripeApiRoutes } from './api/stripe-api-routes.ts';
import { StripeCalls } from './api/stripe-calls.ts';
import { StripeControl } from './control/stripe-control.ts';
import { stripeLevers } from './control/stripe-levers.ts';
import type { Wire } from './payer-moves.ts';
import { payerRoutes } from './payer/payer-routes.ts';
import { Refunds } from './refunds.ts';
import { Webhooks } from './webhooks/webhooks.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const testPausesMs: readonly number[] = [1_000, 5_000, 30_000, 2 * MINUTE_MS];
/** In live mode it is tried for about three days. */
const livePausesMs: readonly number[] = [
  ...testPausesMs,
  10 * MINUTE_MS,
  ...[1, 3, 6, 12, 24, 24].map((hours) => hours * HOUR_MS),
];

export interface StripeSettings {
  readonly secretKey: string;
  /** The endpoint secret, `whsec_` included. */
  readonly webhookSecret: string;
  /** The endpoint secret being replaced: with it every notification carries its signature too, and first. */
  readonly retiringWebhookSecret?: string;
  /** Where the shop takes notifications. */
  readonly webhookUrl: string;
  readonly livemode: boolean;
  /** How long a refund stays pending; not at all when absent. */
  readonly refundPendingMs?: number;
}

/** A card acquirer that speaks the Stripe Checkout protocol, kept in memory. */
export function stripeSimulator(router: Router, settings: StripeSettings, world: World): void {
  const { timers, publicUrl } = world;
  const wire: Wire = {
    live: settings.livemode,
    now: () => Math.floor(timers.now() / 1_000),
    urlOf: ({ id }) => `${publicUrl}/stripe/pay/${id}`,
  };
  const faults = new Faults((call) => world.callTrouble?.('stripe', call));
  const webhooks = webhooksOf(settings, world, wire);
  const acquirer = new Acquirer(wire, webhooks, timers);
  const refunds = new Refunds(wire, webhooks, timers, settings.refundPendingMs ?? 0);
  const calls = new StripeCalls(settings.secretKey, new IdempotencyKeys(), faults, timers);
  const control = new StripeControl({ acquirer, refunds, webhooks, faults }, timers);

  stripeApiRoutes(router, { acquirer, calls, refunds, webhooks });
  payerRoutes(router, acquirer, webhooks);
  // Before the shared levers: the first route that fits is taken.
  stripeLevers(router, control, acquirer);
  controlRoutes(router, control);
}

function webhooksOf(settings: StripeSettings, world: World, wire: Wire) {
  const pausesMs = settings.livemode ? livePausesMs : testPausesMs;
  const chance = () => world.noticeTrouble?.('stripe');
  const target = { url: settings.webhookUrl, pausesMs, isTaken, chance };
  const notifier = new Notifier(target, world.timers);
  const { webhookSecret: secret, retiringWebhookSecret: retiring } = settings;
  return new Webhooks(notifier, { secret, retiring }, wire);
}

function isTaken({ status }: ShopAnswer): boolean {
  return typeof status === 'number' && status >= 200 && status < 300;
}
