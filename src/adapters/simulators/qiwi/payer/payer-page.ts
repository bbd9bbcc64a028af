import type { Context } from 'koa';
import { amountText } from '../../amount-text.ts';
import { choiceGroup } from '../../choice-group.ts';
import { html, showPage } from '../../html.ts';
import type { Html } from '../../html.ts';
import type { Bill } from '../bill.ts';
import type { PageAddress } from './page-address.ts';
import { payerWords } from './payer-words.ts';
import type { PayerWords } from './payer-words.ts';

/** Shows the payer what is to be paid and every way it can end. */
export function showPayerPage(ctx: Context, bill: Bill, address: PageAddress): void {
  const words = payerWords[localeOf(ctx)];
  const { status, wasDeclined } = bill;
  if (status !== 'WAITING') {
    return show(ctx, bill, address, html`<p class="note">${words.endings[status]}</p>`);
  }
  const said = wasDeclined ? html`<p class="bad" role="alert">${words.declined}</p>` : undefined;
  show(ctx, bill, address, html`${said} ${choiceGroups(address, words)}`);
}

/** Shows that the payer is gone and the bill is still open. */
export function showLeftPage(ctx: Context, bill: Bill, address: PageAddress): void {
  const words = payerWords[localeOf(ctx)];
  const body = html`<p class="note"><strong>${words.left}.</strong> ${words.leftHint}</p>
    <p><a class="button" href="${ctx.url}">${words.resume}</a></p>`;
  show(ctx, bill, address, body);
}

export function showUnknownBill(ctx: Context): void {
  const locale = localeOf(ctx);
  const { title, unknown } = payerWords[locale];
  ctx.status = 404;
  showPage(ctx, { title, locale, body: html`<main class="sheet"><h1>${unknown}</h1></main>` });
}

function show(ctx: Context, bill: Bill, { successUrl }: PageAddress, content: Html): void {
  const locale = localeOf(ctx);
  const words = payerWords[locale];
  const { comment, currency } = bill.wish;
  const body = html`<p class="ribbon">${words.simulator}</p>
    <main class="sheet">
      <h1>${comment ?? words.title}</h1>
      <p class="label">${words.toPay}</p>
      <p class="sum">${amountText(bill.amountMinor, currency.toLowerCase(), locale)}</p>
      <p class="muted">${words.bill} ${bill.id}</p>
      ${content}
    </main>`;
  // Browsers hold the redirect that answers a form to form-action too.
  const formOrigins = successUrl === undefined ? [] : [new URL(successUrl).origin];
  showPage(ctx, { title: words.title, locale, body, formOrigins });
}

function choiceGroups({ sources, first }: PageAddress, words: PayerWords): Html {
  const others = ['declined', 'refuse', 'leave'] as const;
  return html`<form method="post">
    ${choiceGroup(words.succeeds, sources, words.choices, first)}
    ${choiceGroup(words.otherwise, others, words.choices, first)}
  </form>`;
}

const localeOf = (ctx: Context): 'ru' | 'en' =>
  ctx.acceptsLanguages('en', 'ru') === 'ru' ? 'ru' : 'en';
