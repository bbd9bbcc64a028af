import type { Router } from '@koa/router';
import type { Context } from 'koa';
import { readText } from '../../request-body.ts';
import type { Bill } from '../bill.ts';
import type { Bills } from '../bills.ts';
import { one, pageAddress } from './page-address.ts';
import type { PageAddress } from './page-address.ts';
import { isSource, payerChoices } from './payer-choices.ts';
import type { PayerChoice } from './payer-choices.ts';
import { showLeftPage, showPayerPage, showUnknownBill } from './payer-page.ts';

/** The page where the payer decides: `/qiwi/form/?invoice_uid={uid}`. */
export function payerRoutes(router: Router, bills: Bills): void {
  router.get('/qiwi/form', (ctx) => {
    const bill = bills.onPage(one(ctx, 'invoice_uid') ?? '');
    if (bill === undefined) return showUnknownBill(ctx);
    showPayerPage(ctx, bill, pageAddress(ctx, bill));
  });

  router.post('/qiwi/form', async (ctx) => {
    const chosen = new URLSearchParams(await readText(ctx)).get('choice');
    const choice = payerChoices.find((each) => each === chosen);
    const bill = bills.onPage(one(ctx, 'invoice_uid') ?? '');
    if (bill === undefined) return showUnknownBill(ctx);
    const address = pageAddress(ctx, bill);
    const isOffered =
      choice !== undefined && (!isSource(choice) || address.sources.includes(choice));
    // A second click, or a click in a forgotten window, changes nothing.
    if (!isOffered || bill.status !== 'WAITING') return showPayerPage(ctx, bill, address);
    await decide(ctx, bill, choice, address, bills);
  });
}

async function decide(
  ctx: Context,
  bill: Bill,
  choice: PayerChoice,
  address: PageAddress,
  bills: Bills,
): Promise<void> {
  let next = ctx.url;
  switch (choice) {
    case 'wallet':
    case 'card':
    case 'mobile':
      bills.move(bill, 'PAID');
      // The shop hears of it before its payer is back; only the wallet leads back at all.
      await bills.tell(bill);
      if (choice === 'wallet') next = address.successUrl ?? next;
      break;
    case 'declined':
      bill.wasDeclined = true;
      break;
    case 'refuse':
      bills.move(bill, 'REJECTED');
      await bills.tell(bill);
      break;
    case 'leave':
      return showLeftPage(ctx, bill, address);
  }
  ctx.redirect(next);
  ctx.status = 303;
}
