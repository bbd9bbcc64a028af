import type { Router } from '@koa/router';
import type { Context } from 'koa';
import { readText } from '../../request-body.ts';
import { isAgreed } from '../notices/shop-notices.ts';
import { askShop, decline, pay, refuse } from '../payment-moves.ts';
import type { DeskParts } from '../payment-moves.ts';
import type { ConfirmedBy, PursePayment } from '../purse-payment.ts';
import { payerChoices } from './payer-words.ts';
import type { PayerChoice } from './payer-words.ts';
import { showLeftPage, showPayerPage, showUnknownPayment } from './payer-page.ts';
import { isSentBack } from './way-back.ts';

/** The page where the payer decides: `/webmoney/pay/{page}`. */
export function payerRoutes(router: Router, parts: DeskParts): void {
  const { desk } = parts;
  router.get('/webmoney/pay/:page', (ctx) => {
    const payment = desk.onPage(ctx.params['page'] ?? '');
    if (payment === undefined) return showUnknownPayment(ctx);
    showPayerPage(ctx, payment, desk.purse);
  });

  router.post('/webmoney/pay/:page', async (ctx) => {
    const chosen = new URLSearchParams(await readText(ctx)).get('choice');
    const choice = payerChoices.find((each) => each === chosen);
    const payment = desk.onPage(ctx.params['page'] ?? '');
    if (payment === undefined) return showUnknownPayment(ctx);
    // A second click, or a click in a forgotten window, changes nothing.
    if (choice === undefined || payment.state !== 'open') {
      return showPayerPage(ctx, payment, desk.purse);
    }
    await decide(ctx, payment, choice, parts);
  });
}

async function decide(
  ctx: Context,
  payment: PursePayment,
  choice: PayerChoice,
  parts: DeskParts,
): Promise<void> {
  const { notifier } = parts.notices;
  switch (choice) {
    case 'sms':
      return confirm(ctx, payment, 'SMS', parts);
    case 'enum':
      return confirm(ctx, payment, 'ENUM', parts);
    case 'not-enough':
    case 'wrong-code':
      await notifier.send(decline(payment, choice, parts));
      return seePage(ctx);
    case 'refuse':
      await notifier.send(refuse(payment, parts));
      return goBack(ctx, payment);
    case 'leave':
      return showLeftPage(ctx, payment, parts.desk.purse);
  }
}

async function confirm(
  ctx: Context,
  payment: PursePayment,
  confirmedBy: ConfirmedBy,
  parts: DeskParts,
): Promise<void> {
  const { desk, notices } = parts;
  const answer = await askShop(payment, notices.question(payment, payment), parts);
  // While the shop was thinking, a second click or another window may have paid.
  const isPayable = payment.state === 'open' && desk.isNumberFree(payment.number);
  if (!isAgreed(answer) || !isPayable) return seePage(ctx);
  // The shop hears of it before its payer is back.
  await notices.notifier.send(pay(payment, payment, parts, confirmedBy));
  goBack(ctx, payment);
}

function goBack(ctx: Context, payment: PursePayment): void {
  if (payment.state !== 'open' && isSentBack(ctx, payment)) return;
  seePage(ctx);
}

function seePage(ctx: Context): void {
  ctx.redirect(ctx.path);
  ctx.status = 303;
}
