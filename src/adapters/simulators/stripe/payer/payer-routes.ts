import type { Router } from '@koa/router';
import type { Context } from 'koa';
import { readText } from '../../request-body.ts';
import type { Acquirer } from '../acquirer.ts';
import { payerChoices } from './payer-choices.ts';
import { showLeftPage, showPayerPage, showUnknownSession, successAddress } from './payer-page.ts';
import type { PayerChoice } from './payer-choices.ts';
import { decline, declines, pay } from '../payer-moves.ts';
import type { Session } from '../stripe-objects.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';

/** The page where the payer decides: `/stripe/pay/{session}`. */
export function payerRoutes(router: Router, acquirer: Acquirer, webhooks: Webhooks): void {
  router.get('/stripe/pay/:id', (ctx) => {
    const session = acquirer.session(ctx.params['id'] ?? '');
    if (session === undefined) return showUnknownSession(ctx);
    showPayerPage(ctx, session);
  });

  router.post('/stripe/pay/:id', async (ctx) => {
    const chosen = new URLSearchParams(await readText(ctx)).get('choice');
    const choice = payerChoices.find((each) => each === chosen);
    const session = acquirer.session(ctx.params['id'] ?? '');
    if (session === undefined) return showUnknownSession(ctx);
    // A second click, or a click in a forgotten window, changes nothing.
    if (choice === undefined || session.status !== 'open') return showPayerPage(ctx, session);
    await decide(ctx, session, choice, acquirer, webhooks);
  });
}

async function decide(
  ctx: Context,
  session: Session,
  choice: PayerChoice,
  acquirer: Acquirer,
  webhooks: Webhooks,
): Promise<void> {
  const { wire } = acquirer;
  switch (choice) {
    case 'visa':
    case 'mastercard':
    case '3ds-ok':
      // Like the real page, wait for the shop's answer to the webhook before sending the payer back.
      await webhooks.send(pay(session, wire));
      return seeOther(ctx, successAddress(session));
    case 'delayed':
      acquirer.payByDelayedMethod(session);
      return seeOther(ctx, successAddress(session));
    case 'declined':
    case 'insufficient-funds':
    case '3ds-failed':
      void webhooks.send(decline(session, declines[choice], wire));
      return seeOther(ctx, ctx.path);
    case 'cancel':
      return seeOther(ctx, session.cancelUrl ?? ctx.path);
    case 'leave':
      return showLeftPage(ctx, session, ctx.path);
  }
}

function seeOther(ctx: Context, address: string): void {
  ctx.redirect(address);
  ctx.status = 303;
}
