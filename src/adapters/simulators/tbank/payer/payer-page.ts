import type { Context } from 'koa';
import { amountText } from '../../amount-text.ts';
import { choiceGroup } from '../../choice-group.ts';
import { html, showPage } from '../../html.ts';
import type { Html } from '../../html.ts';
import { isOpen } from '../bank-payment.ts';
import type { BankPayment } from '../bank-payment.ts';
import { payerWords } from './payer-words.ts';
import type { PayerWords } from './payer-words.ts';

/** Shows the payer what is to be paid and every way it can end. */
export function showPayerPage(ctx: Context, payment: BankPayment): void {
  const locale = localeOf(ctx, payment);
  const words = payerWords[locale];
  const body = isOpen(payment)
    ? html`${lastDecline(payment, words)} ${choiceGroups(words)}`
    : html`<p class="note">${ending(payment, words)}</p>
        ${wayBack(payment, words)}`;
  show(ctx, payment, locale, body);
}

/** Shows that the payer is gone and the payment is still open. */
export function showLeftPage(ctx: Context, payment: BankPayment): void {
  const locale = localeOf(ctx, payment);
  const words = payerWords[locale];
  const body = html`<p class="note"><strong>${words.left}.</strong> ${words.leftHint}</p>
    <p><a class="button" href="${ctx.path}">${words.resume}</a></p>`;
  show(ctx, payment, locale, body);
}

export function showUnknownPayment(ctx: Context): void {
  const locale = ctx.acceptsLanguages('en', 'ru') === 'ru' ? 'ru' : 'en';
  const { title, unknown } = payerWords[locale];
  ctx.status = 404;
  showPage(ctx, { title, locale, body: html`<main class="sheet"><h1>${unknown}</h1></main>` });
}

/** Where the shop wants its payer back; undefined where it has not said so. */
export function shopAddress(payment: BankPayment): string | undefined {
  return isPaid(payment) ? payment.successUrl : payment.failUrl;
}

function show(ctx: Context, payment: BankPayment, locale: 'ru' | 'en', content: Html): void {
  const words = payerWords[locale];
  const { description, orderId, amount, id } = payment;
  const body = html`<p class="ribbon">${words.simulator}</p>
    <main class="sheet">
      <h1>${description === '' ? `${words.order} ${orderId}` : description}</h1>
      <p class="label">${words.toPay}</p>
      <p class="sum">${amountText(amount, 'rub', locale)}</p>
      <p class="muted">${words.order} ${orderId} · ${words.number} ${id}</p>
      ${content}
    </main>`;
  // Browsers hold the redirect that answers a form to form-action too.
  const addresses = [payment.successUrl, payment.failUrl].filter((each) => each !== undefined);
  const formOrigins = [...new Set(addresses.map((address) => new URL(address).origin))];
  showPage(ctx, { title: words.title, locale, body, formOrigins });
}

function lastDecline({ lastDecline: reason, triesLeft }: BankPayment, words: PayerWords) {
  if (reason === undefined) return undefined;
  const said = words.declined[reason];
  return html`<p class="bad" role="alert">${said} ${words.triesLeft} ${triesLeft}.</p>`;
}

function choiceGroups(words: PayerWords): Html {
  const bad = ['declined', 'insufficient-funds', '3ds-failed', 'forbidden'] as const;
  return html`<form method="post">
    ${choiceGroup(words.succeeds, ['card', '3ds-ok', 'sbp'], words.choices, 'card')}
    ${choiceGroup(words.fails, bad, words.choices)}
    ${choiceGroup(words.otherwise, ['cancel', 'leave'], words.choices)}
  </form>`;
}

function ending(payment: BankPayment, words: PayerWords): string {
  switch (payment.status) {
    case 'CANCELED':
      return words.cancelled;
    case 'DEADLINE_EXPIRED':
      return words.expired;
    case 'ATTEMPTS_EXPIRED':
      return words.outOfTries;
    default:
      return words.complete;
  }
}

function wayBack(payment: BankPayment, words: PayerWords): Html | undefined {
  const address = shopAddress(payment);
  if (address === undefined) return undefined;
  return html`<p><a class="button" href="${address}">${words.back}</a></p>`;
}

/** Whether the payer has done the payer's part. */
function isPaid({ status }: BankPayment): boolean {
  return !['CANCELED', 'DEADLINE_EXPIRED', 'ATTEMPTS_EXPIRED'].includes(status);
}

function localeOf(ctx: Context, { language }: BankPayment): 'ru' | 'en' {
  return language ?? (ctx.acceptsLanguages('en', 'ru') === 'ru' ? 'ru' : 'en');
}
