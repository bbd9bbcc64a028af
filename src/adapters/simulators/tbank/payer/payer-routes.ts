import type { Router } from '@koa/router';
import type { Context } from 'koa';
import { readText } from '../../request-body.ts';
import type { Bank } from '../bank.ts';
import { card, isOpen } from '../bank-payment.ts';
import type { BankPayment } from '../bank-payment.ts';
import { cancel, decline, pay, showForm } from '../payment-moves.ts';
import { payerChoices } from './payer-choices.ts';
import type { PayerChoice } from './payer-choices.ts';
import { shopAddress, showLeftPage, showPayerPage, showUnknownPayment } from './payer-page.ts';

/** The page where the payer decides: `/tbank/pay/{page}`. */
export function payerRoutes(router: Router, bank: Bank): void {
  router.get('/tbank/pay/:page', (ctx) => {
    const payment = bank.onPage(ctx.params['page'] ?? '');
    if (payment === undefined) return showUnknownPayment(ctx);
    showForm(payment);
    showPayerPage(ctx, payment);
  });

  router.post('/tbank/pay/:page', async (ctx) => {
    const chosen = new URLSearchParams(await readText(ctx)).get('choice');
    const choice = payerChoices.find((each) => each === chosen);
    const payment = bank.onPage(ctx.params['page'] ?? '');
    if (payment === undefined) return showUnknownPayment(ctx);
    // A second click, or a click in a forgotten window, changes nothing.
    if (choice === undefined || !isOpen(payment)) return showPayerPage(ctx, payment);
    showForm(payment);
    await decide(ctx, payment, choice, bank);
  });
}

async function decide(
  ctx: Context,
  payment: BankPayment,
  choice: PayerChoice,
  bank: Bank,
): Promise<void> {
  switch (choice) {
    case 'card':
    case '3ds-ok':
    case 'sbp':
      // The shop hears of it before its payer is back.
      await bank.tell(payment, pay(payment, choice === 'sbp' ? undefined : card));
      break;
    case 'declined':
    case 'insufficient-funds':
    case '3ds-failed':
    case 'forbidden':
      await bank.tell(payment, decline(payment, choice, card));
      break;
    case 'cancel':
      await bank.tell(payment, cancel(payment));
      break;
    case 'leave':
      return showLeftPage(ctx, payment);
  }
  // Without an address to go to, or with another try to make, the payer stays here.
  const next = isOpen(payment) ? undefined : shopAddress(payment);
  ctx.redirect(next ?? ctx.path);
  ctx.status = 303;
}
