import type { Context } from 'koa';
import { amountText } from '../../amount-text.ts';
import { choiceGroup } from '../../choice-group.ts';
import { html, showPage } from '../../html.ts';
import type { Html } from '../../html.ts';
import type { Payment } from '../payments/payment.ts';
import type { ShopTerms } from '../shop-terms.ts';
import { openDeclines, openWays, waysOff } from './payer-choices.ts';
import { payerWords } from './payer-words.ts';
import type { PayerWords } from './payer-words.ts';

/** Shows the payer what is to be paid and every way it can end. */
export function showPayerPage(ctx: Context, payment: Payment, terms: ShopTerms): void {
  const words = payerWords[localeOf(ctx, payment)];
  const body =
    payment.status === 'pending'
      ? choiceGroups(payment, terms, words)
      : html`<p class="note">${ending(payment, words)}</p>
          ${wayBack(payment, words)}`;
  show(ctx, payment, body);
}

/** Shows that the payer is gone and the payment is still open. */
export function showLeftPage(ctx: Context, payment: Payment): void {
  const words = payerWords[localeOf(ctx, payment)];
  const body = html`<p class="note"><strong>${words.left}.</strong> ${words.leftHint}</p>
    <p><a class="button" href="${ctx.path}">${words.resume}</a></p>`;
  show(ctx, payment, body);
}

export function showUnknownPayment(ctx: Context): void {
  const locale = localeOf(ctx);
  const { title, unknown } = payerWords[locale];
  ctx.status = 404;
  showPage(ctx, { title, locale, body: html`<main class="sheet"><h1>${unknown}</h1></main>` });
}

function show(ctx: Context, payment: Payment, content: Html): void {
  const locale = localeOf(ctx, payment);
  const words = payerWords[locale];
  const { id, amountMinor, wish } = payment;
  const body = html`<p class="ribbon">${words.simulator}</p>
    <main class="sheet">
      <h1>${wish.description ?? words.title}</h1>
      <p class="label">${words.toPay}</p>
      <p class="sum">${amountText(amountMinor, wish.currency.toLowerCase(), locale)}</p>
      <p class="muted">${words.number} ${id}</p>
      ${content}
    </main>`;
  // Browsers hold the redirect that answers a form to form-action too.
  const formOrigins = wish.returnUrl === undefined ? [] : [new URL(wish.returnUrl).origin];
  showPage(ctx, { title: words.title, locale, body, formOrigins });
}

function choiceGroups(payment: Payment, terms: ShopTerms, words: PayerWords): Html {
  const ways = openWays(payment, terms);
  return html`<form method="post">
    ${choiceGroup(words.succeeds, ways, words.choices, ways[0])}
    ${choiceGroup(words.otherwise, waysOff, words.choices)}
    ${choiceGroup(words.fails, openDeclines(payment), words.choices)}
  </form>`;
}

function ending({ status, cancellation }: Payment, words: PayerWords): string {
  if (status === 'succeeded') return words.complete;
  if (status === 'waiting_for_capture') return words.held;
  return cancellation?.reason === 'expired_on_confirmation' ? words.expired : words.canceled;
}

function wayBack({ wish }: Payment, words: PayerWords): Html | undefined {
  if (wish.returnUrl === undefined) return undefined;
  return html`<p><a class="button" href="${wish.returnUrl}">${words.back}</a></p>`;
}

function localeOf(ctx: Context, payment?: Payment): 'ru' | 'en' {
  const asked = payment?.wish.locale;
  return asked ?? (ctx.acceptsLanguages('en', 'ru') === 'ru' ? 'ru' : 'en');
}
