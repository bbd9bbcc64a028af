import type { Router } from '@koa/router';
import { z } from 'zod';
import { faultNames, faultyCalls } from '../faults.ts';
import { parseJson, readJson, readText } from '../request-body.ts';
import { showControlPage } from './control-page.ts';
import { pull, type Controlled } from './controlled.ts';
import { orderShape } from './order.ts';

const nextShape = z.strictObject({
  call: z.enum(faultyCalls).default('create'),
  fault: z.enum(faultNames),
  delayMs: z.number().int().min(0).max(600_000).default(30_000),
  times: z.number().int().min(1).max(1_000).default(1),
});
const noticesShape = z.strictObject({
  paused: z.boolean(),
  /** With `paused: false`: throw away what was held instead of sending it. */
  lose: z.boolean().default(false),
});

/** The levers of one simulated payment system: `/control/<code>/…`, JSON for programs, one page for people. */
export function controlRoutes(router: Router, system: Controlled): void {
  paymentLevers(router, system);
  networkLevers(router, system);
}

function paymentLevers(router: Router, system: Controlled): void {
  const root = `/control/${system.code}`;
  const shape = orderShape(system.outcomes, system.forgeries);

  router.get(`${root}/payments`, (ctx) => {
    ctx.body = { items: system.payments() };
  });
  router.get(`${root}/payments/:paymentId`, (ctx) => {
    const paymentId = ctx.params['paymentId'] ?? '';
    const items = system.payments().filter((each) => each.paymentId === paymentId);
    ctx.body = { items, made: system.made(paymentId) };
  });
  router.post(`${root}/payments/:paymentId`, async (ctx) => {
    const order = await readJson(ctx, shape);
    if (order === undefined) return;
    const done = await pull(system, ctx.params['paymentId'] ?? '', {
      ...order,
      forge: order.forge,
      amountMinor: order.amountMinor,
    });
    if (done === undefined) {
      ctx.status = 404;
      ctx.body = { error: 'nothing was made for this payment yet' };
    } else if (done === 'impossible') {
      ctx.status = 409;
      ctx.body = { error: 'this cannot happen to the payment any more' };
    } else ctx.body = done;
  });
  router.get(root, (ctx) => showControlPage(ctx, system));
  router.post(root, async (ctx) => {
    const form = Object.fromEntries(new URLSearchParams(await readText(ctx)));
    const order = shape.safeParse(parseJson(form['order'] ?? ''));
    if (order.success) {
      const { forge, amountMinor } = order.data;
      await pull(system, form['payment'] ?? '', { ...order.data, forge, amountMinor });
    }
    ctx.redirect(root);
    ctx.status = 303;
  });
}

function networkLevers(router: Router, { code, faults, notifier }: Controlled): void {
  const root = `/control/${code}`;
  router.post(`${root}/next`, async (ctx) => {
    const next = await readJson(ctx, nextShape);
    if (next === undefined) return;
    faults.plan(next.call, { fault: next.fault, delayMs: next.delayMs }, next.times);
    ctx.body = { ...next, planned: faults.plannedCount };
  });
  router.delete(`${root}/next`, (ctx) => {
    faults.clear();
    ctx.body = { planned: 0 };
  });
  router.post(`${root}/notifications`, async (ctx) => {
    const wish = await readJson(ctx, noticesShape);
    if (wish === undefined) return;
    const held = notifier.heldCount;
    if (wish.paused) notifier.pause();
    else notifier.resume(wish.lose);
    ctx.body = { paused: wish.paused, held };
  });
  router.get(`${root}/notifications`, (ctx) => {
    const items = notifier.sent().map(({ body, ...rest }) => ({
      ...rest,
      bodyBase64: body.toString('base64'),
    }));
    ctx.body = { items };
  });
}
