import type { Router } from '@koa/router';
import { z } from 'zod';
import { pull } from '../../control/controlled.ts';
import { orderShape } from '../../control/order.ts';
import { readJson } from '../../request-body.ts';
import type { Acquirer } from '../acquirer.ts';
import { forgeries } from '../webhooks/forgery.ts';
import { outcomeWords } from './outcomes.ts';
import type { StripeControl } from './stripe-control.ts';

/** `true` is a wrong signature, `livemode` the other mode. */
const stripeOrderShape = orderShape(outcomeWords, forgeries).extend({
  forge: z
    .union([z.boolean(), z.literal('livemode'), z.enum(forgeries)])
    .optional()
    .transform((forge) => {
      if (forge === true) return 'signature';
      return forge === 'livemode' ? 'mode' : forge || undefined;
    }),
});
const webhooksShape = z.strictObject({ paused: z.boolean(), lose: z.boolean().default(false) });

/** Levers beside those all systems share: orders answered in the acquirer's own words, and a few names of their own. */
export function stripeLevers(router: Router, control: StripeControl, acquirer: Acquirer): void {
  router.post('/control/stripe/payments/:paymentId', async (ctx) => {
    const order = await readJson(ctx, stripeOrderShape);
    if (order === undefined) return;
    const paymentId = ctx.params['paymentId'] ?? '';
    const { forge, amountMinor, delayMs } = order;
    const done = await pull(control, paymentId, { ...order, forge, amountMinor });
    const session = control.session(paymentId);
    if (done === undefined || session === undefined) {
      ctx.status = 404;
      ctx.body = { error: 'no session was created for this payment yet' };
    } else if (done === 'impossible') {
      ctx.status = 409;
      ctx.body = { error: `the session is ${session.status}: this cannot happen any more` };
    } else {
      ctx.body = {
        ...done,
        notifications: done.notifications.map((each) => ({
          ...each,
          event: each.id,
          type: each.kind,
        })),
        sessionId: session.id,
        forged: forge ?? false,
        status: session.status,
        paymentStatus: session.paymentStatus,
        intentStatus: session.intent?.status,
        notificationsInMs: delayMs > 0 ? delayMs : undefined,
      };
    }
  });

  router.get('/control/stripe/requests', (ctx) => {
    ctx.body = { items: acquirer.made() };
  });

  router.post('/control/stripe/webhooks', async (ctx) => {
    const wish = await readJson(ctx, webhooksShape);
    if (wish === undefined) return;
    const { notifier } = control;
    const held = notifier.heldCount;
    if (wish.paused) notifier.pause();
    else notifier.resume(wish.lose);
    ctx.body = { paused: wish.paused, held };
  });
}
