import type { Router } from '@koa/router';
import { pull } from '../../control/controlled.ts';
import type { Done } from '../../control/controlled.ts';
import { orderShape } from '../../control/order.ts';
import type { Order } from '../../control/order.ts';
import { parseJson, readJson, readText } from '../../request-body.ts';
import { isAgreed } from '../notices/shop-notices.ts';
import { askShop } from '../payment-moves.ts';
import type { WebmoneyControl } from './webmoney-control.ts';

/** What an order comes to where the shop said no: nothing was paid, and this is what it answered. */
interface Stopped extends Done {
  readonly stopped: true;
}

/** The levers that wait: a payer who pays is only let through when the shop says yes. */
export function webmoneyLevers(router: Router, control: WebmoneyControl): void {
  const root = `/control/${control.code}`;
  const shape = orderShape(control.outcomes, control.forgeries);

  router.post(`${root}/payments/:paymentId`, async (ctx) => {
    const order = await readJson(ctx, shape);
    if (order === undefined) return;
    const { forge, amountMinor } = order;
    const whole = { ...order, forge, amountMinor };
    const done = await askAndPull(control, ctx.params['paymentId'] ?? '', whole);
    if (done === undefined) {
      ctx.status = 404;
      ctx.body = { error: 'nothing was made for this payment yet' };
    } else if (done === 'impossible') {
      ctx.status = 409;
      ctx.body = { error: 'this cannot happen to the payment any more' };
    } else ctx.body = done;
  });
  router.post(root, async (ctx) => {
    const form = new URLSearchParams(await readText(ctx));
    const order = shape.safeParse(parseJson(form.get('order') ?? ''));
    if (order.success) {
      const { forge, amountMinor } = order.data;
      const whole = { ...order.data, forge, amountMinor };
      await askAndPull(control, form.get('payment') ?? '', whole);
    }
    ctx.redirect(root);
    ctx.status = 303;
  });
}

async function askAndPull(
  control: WebmoneyControl,
  paymentId: string,
  order: Order,
): Promise<Done | Stopped | 'impossible' | undefined> {
  const payment = control.payment(paymentId);
  const question = payment === undefined ? undefined : control.question(payment, order);
  if (payment === undefined || question === undefined) return pull(control, paymentId, order);

  const answer = await askShop(payment, question, control.parts);
  if (isAgreed(answer)) return pull(control, paymentId, order);
  const { id, kind } = question;
  const { outcome } = order;
  return { paymentId, outcome, notifications: [{ id, kind, ...answer }], stopped: true };
}
