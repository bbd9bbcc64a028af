import type { Router } from '@koa/router';
import type { Context } from 'koa';
import { readText } from '../../request-body.ts';
import type { Transfer } from '../transfer.ts';
import { readWalletForm } from '../wallet-form.ts';
import type { Wallet } from '../wallet.ts';
import { showLeftPage, showPayerPage, showRefusal, showUnknownTransfer } from './payer-page.ts';

/** Where the form goes, and the page where its payer decides. `tell` sends the shop its notification. */
export function payerRoutes(
  router: Router,
  wallet: Wallet,
  receiver: string,
  tell: (transfer: Transfer) => Promise<unknown>,
): void {
  for (const path of ['/quickpay/confirm', '/quickpay/confirm.xml']) {
    router.post(path, async (ctx) => {
      const form = readWalletForm(await readText(ctx), receiver);
      if (typeof form === 'string') return showRefusal(ctx, form);
      ctx.redirect(`/yoomoney-quickpay/pay/${wallet.open(form).id}`);
    });
  }
  router.get('/yoomoney-quickpay/pay/:id', (ctx) => {
    const transfer = wallet.withId(ctx.params['id'] ?? '');
    if (transfer === undefined) return showUnknownTransfer(ctx);
    showPayerPage(ctx, transfer);
  });
  router.post('/yoomoney-quickpay/pay/:id', async (ctx) => {
    const transfer = wallet.withId(ctx.params['id'] ?? '');
    if (transfer === undefined) return showUnknownTransfer(ctx);
    const choice = new URLSearchParams(await readText(ctx)).get('choice');
    // A second click, or a click in a forgotten window, changes nothing.
    if (transfer.status !== 'open') return showPayerPage(ctx, transfer);
    if (choice === 'leave') return showLeftPage(ctx, transfer);
    if (choice !== 'wallet' && choice !== 'card') return showPayerPage(ctx, transfer);

    transfer.paymentType = choice === 'wallet' ? 'PC' : 'AC';
    wallet.pay(transfer);
    // The shop hears of it before its payer is back.
    await tell(transfer);
    goBack(ctx, transfer);
  });
}

/** To where the form said, as it stands there; a payer nobody waits for stays. */
function goBack(ctx: Context, { successUrl }: Transfer): void {
  ctx.redirect(ctx.path);
  // Koa would write the address anew.
  if (successUrl !== undefined) ctx.set('location', inAscii(successUrl));
}

const inAscii = (address: string): string =>
  address.toWellFormed().replace(/[^!-~]+/g, (text) => encodeURIComponent(text));
