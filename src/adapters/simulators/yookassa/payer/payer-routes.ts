import type { Router } from '@koa/router';
import type { Context } from 'koa';
import { readText } from '../../request-body.ts';
import { declines } from '../payments/declines.ts';
import type { Payment } from '../payments/payment.ts';
import { cancel, pay } from '../payments/payment-moves.ts';
import type { Payments } from '../payments/payments.ts';
import { openDeclines, openWays, waysOff, waysToPay } from './payer-choices.ts';
import type { WayOff, WayToPay } from './payer-choices.ts';
import { showLeftPage, showPayerPage, showUnknownPayment } from './payer-page.ts';

const LATER_MS = 20_000;

/** The page where the payer decides: `/yookassa/pay/{payment}`. */
export function payerRoutes(router: Router, payments: Payments): void {
  router.get('/yookassa/pay/:id', (ctx) => {
    const payment = payments.payment(ctx.params['id'] ?? '');
    if (payment === undefined) return showUnknownPayment(ctx);
    showPayerPage(ctx, payment, payments.terms);
  });

  router.post('/yookassa/pay/:id', async (ctx) => {
    const chosen = new URLSearchParams(await readText(ctx)).get('choice');
    const payment = payments.payment(ctx.params['id'] ?? '');
    if (payment === undefined) return showUnknownPayment(ctx);
    const ways = openWays(payment, payments.terms);
    const way = ways.find((each) => each === chosen);
    const decline = openDeclines(payment).find((each) => each === chosen);
    const off = waysOff.find((each) => each === chosen);
    // A second click, or a click in a forgotten window, changes nothing.
    if (payment.status !== 'pending') return showPayerPage(ctx, payment, payments.terms);

    if (off !== undefined) return goOff(ctx, payment, payments, off);
    if (decline !== undefined) cancel(payment, declines[decline]);
    else if (way !== undefined) payBy(payment, payments, way);
    else return showPayerPage(ctx, payment, payments.terms);
    // The shop hears of it before its payer is back.
    await payments.tell(payment);
    goBack(ctx, payment);
  });
}

/** Leaves the page with nothing decided, or with a decision made a little later. */
function goOff(ctx: Context, payment: Payment, payments: Payments, off: WayOff): void {
  if (off === 'leave') return showLeftPage(ctx, payment);
  const [way] = openWays(payment, payments.terms);
  if (off === 'later' && way !== undefined) {
    payments.timers.after(LATER_MS, () => {
      if (payment.status !== 'pending') return;
      payBy(payment, payments, way);
      void payments.tell(payment);
    });
  }
  goBack(ctx, payment);
}

function payBy(payment: Payment, payments: Payments, way: WayToPay): void {
  const { type, has3ds } = waysToPay[way];
  pay(payment, type, payments.now(), has3ds);
}

/** To where the shop said, with nothing added; a payer nobody waits for stays. */
function goBack(ctx: Context, { wish }: Payment): void {
  if (wish.returnUrl === undefined) ctx.redirect(ctx.path);
  // As it stands: Koa would write it anew.
  else ctx.set('location', wish.returnUrl.toWellFormed().replace(/[^!-~]+/g, encodeURIComponent));
  ctx.status = 303;
}
