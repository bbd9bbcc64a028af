import type { Router } from '@koa/router';
import { z } from 'zod';
import { parseJson, readJson, readText } from '../../request-body.ts';
import type { Timers } from '../../timers.ts';
import { faults } from '../api/create-faults.ts';
import { control, orderShape } from './payment-control.ts';
import { showControlPage } from './stripe-control-page.ts';
import type { StripeParts } from '../api/stripe-api-routes.ts';
import type { Session } from '../stripe-objects.ts';

const nextShape = z.strictObject({
  fault: z.enum(faults),
  delayMs: z.number().int().min(0).max(600_000).default(30_000),
  times: z.number().int().min(1).max(1_000).default(1),
});
const webhooksShape = z.strictObject({
  paused: z.boolean(),
  /** With `paused: false`: throw away what was held instead of sending it. */
  lose: z.boolean().default(false),
});

/** The levers of the simulated acquirer: `/control/stripe/…`, JSON for programs, one page for people. */
export function stripeControlRoutes(router: Router, parts: StripeParts, timers: Timers): void {
  paymentLevers(router, parts, timers);
  networkLevers(router, parts);
}

function paymentLevers(router: Router, parts: StripeParts, timers: Timers): void {
  const { acquirer } = parts;

  router.get('/control/stripe/payments', (ctx) => {
    const items = acquirer.sessions().map((session) => summary(session, acquirer.wire.urlOf));
    ctx.body = { items };
  });
  router.post('/control/stripe/payments/:paymentId', async (ctx) => {
    const order = await readJson(ctx, orderShape);
    if (order === undefined) return;
    const session = acquirer.sessionOfPayment(ctx.params['paymentId'] ?? '');
    if (session === undefined) {
      ctx.status = 404;
      ctx.body = { error: 'no session was created for this payment yet' };
      return;
    }
    const done = await control(session, order, { ...parts, timers });
    ctx.status = done === undefined ? 409 : 200;
    ctx.body = done ?? { error: `the session is ${session.status}: this cannot happen any more` };
  });
  router.get('/control/stripe/requests', (ctx) => {
    ctx.body = { items: acquirer.made() };
  });
  router.get('/control/stripe', (ctx) => showControlPage(ctx, parts));
  router.post('/control/stripe', async (ctx) => {
    const form = Object.fromEntries(new URLSearchParams(await readText(ctx)));
    const order = orderShape.safeParse(parseJson(form['order'] ?? ''));
    const session = acquirer.session(form['session'] ?? '');
    if (order.success && session !== undefined) {
      await control(session, order.data, { ...parts, timers });
    }
    ctx.redirect('/control/stripe');
    ctx.status = 303;
  });
}

function networkLevers(router: Router, { faults: planned, webhooks }: StripeParts): void {
  router.post('/control/stripe/next', async (ctx) => {
    const next = await readJson(ctx, nextShape);
    if (next === undefined) return;
    planned.plan({ fault: next.fault, delayMs: next.delayMs }, next.times);
    ctx.body = { ...next, planned: planned.plannedCount };
  });
  router.delete('/control/stripe/next', (ctx) => {
    planned.clear();
    ctx.body = { planned: 0 };
  });
  router.post('/control/stripe/webhooks', async (ctx) => {
    const wish = await readJson(ctx, webhooksShape);
    if (wish === undefined) return;
    const held = webhooks.heldCount;
    if (wish.paused) webhooks.pause();
    else webhooks.resume(wish.lose);
    ctx.body = { paused: wish.paused, held };
  });
}

function summary(session: Session, urlOf: (session: Session) => string) {
  return {
    paymentId: session.paymentId,
    sessionId: session.id,
    url: urlOf(session),
    status: session.status,
    paymentStatus: session.paymentStatus,
    intentId: session.intent?.id,
    intentStatus: session.intent?.status,
    amountMinor: String(session.amountTotal),
    refundedMinor: String(session.intent?.amountRefunded ?? 0),
    currency: session.currency,
    createdAt: new Date(session.created * 1000).toISOString(),
  };
}
