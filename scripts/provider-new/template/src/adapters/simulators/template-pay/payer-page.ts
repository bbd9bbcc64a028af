import type { Router } from '@koa/router';
import type { Context } from 'koa';
import { amountText } from '../../../../../../../src/adapters/simulators/amount-text.ts';
import { choiceGroup } from '../../../../../../../src/adapters/simulators/choice-group.ts';
import { html, showPage } from '../../../../../../../src/adapters/simulators/html.ts';
import { payerPageWords } from '../../../../../../../src/adapters/simulators/payer-page-words.ts';
import { readText } from '../../../../../../../src/adapters/simulators/request-body.ts';
import type { Payment, Payments } from './payments.ts';

const choices = {
  ru: { pay: ['Оплатить', 'деньги спишут'], decline: ['Банк откажет', 'платёж закроют'] },
  en: { pay: ['Pay', 'the money is taken'], decline: ['The bank says no', 'it is closed'] },
} as const;

/** The page where the payer decides. `tell` sends the shop its notification. */
export function payerPage(
  router: Router,
  payments: Payments,
  tell: (payment: Payment) => Promise<unknown>,
): void {
  const path = '/template-pay/pay/:page';
  const found = (ctx: Context & { params: Record<string, string> }) =>
    payments.all().find(({ page }) => page === ctx.params['page']);
  router.get(path, (ctx) => {
    show(ctx, found(ctx));
  });
  router.post(path, async (ctx) => {
    const choice = new URLSearchParams(await readText(ctx)).get('choice');
    const payment = found(ctx);
    // A second click, or a click in a forgotten window, changes nothing.
    if (payment?.standing !== 'open') return show(ctx, payment);
    payments.end(payment, choice === 'pay' ? 'paid' : 'failed');
    // The shop hears of it before its payer is back.
    await tell(payment);
    ctx.redirect(payment.returnUrl);
    ctx.status = 303;
  });
}

function show(ctx: Context, payment: Payment | undefined): void {
  const locale = ctx.acceptsLanguages('en', 'ru') === 'ru' ? 'ru' : 'en';
  const words = payerPageWords[locale];
  if (payment === undefined) {
    ctx.status = 404;
    return showPage(ctx, { title: 'Template Pay', locale, body: html`<h1>${words.unknown}</h1>` });
  }
  const { description, minor, currency, standing, returnUrl } = payment;
  const body = html`<p class="ribbon">Simulator</p>
    <main class="sheet">
      <h1>${description}</h1>
      <p class="label">${words.toPay}</p>
      <p class="sum">${amountText(minor, currency.toLowerCase(), locale)}</p>
      ${
        standing === 'open'
          ? html`<form method="post">
              ${choiceGroup('Template Pay', ['pay', 'decline'], choices[locale], 'pay')}
            </form>`
          : html`<p class="note">${standing === 'expired' ? words.expired : words.complete}</p>`
      }
      <p><a class="button" href="${returnUrl}">${words.back}</a></p>
    </main>`;
  // Browsers hold the redirect that answers a form to form-action too.
  showPage(ctx, { title: 'Template Pay', locale, body, formOrigins: [new URL(returnUrl).origin] });
}
