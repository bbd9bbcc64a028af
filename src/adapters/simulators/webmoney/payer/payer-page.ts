import type { Context } from 'koa';
import { amountText } from '../../amount-text.ts';
import { choiceGroup } from '../../choice-group.ts';
import { html, showPage } from '../../html.ts';
import type { Html } from '../../html.ts';
import type { PursePayment } from '../purse-payment.ts';
import { titleUnit } from '../shop-purse.ts';
import type { ShopPurse } from '../shop-purse.ts';
import { payerWords } from './payer-words.ts';
import type { PayerWords } from './payer-words.ts';
import { backButton } from './way-back.ts';

/** Shows the payer what is to be paid and every way it can end. */
export function showPayerPage(ctx: Context, payment: PursePayment, purse: ShopPurse): void {
  const words = payerWords[payment.language];
  const body =
    payment.state === 'open'
      ? html`${lastTrouble(payment, words)} ${choiceGroups(words)}`
      : html`<p class="note">${words.endings[payment.state]}</p>
          ${backButton(payment, words)}`;
  show(ctx, payment, purse, body);
}

/** Shows that the payer is gone and the payment is still open. */
export function showLeftPage(ctx: Context, payment: PursePayment, purse: ShopPurse): void {
  const words = payerWords[payment.language];
  const body = html`<p class="note"><strong>${words.left}.</strong> ${words.leftHint}</p>
    <p><a class="button" href="${ctx.path}">${words.resume}</a></p>`;
  show(ctx, payment, purse, body);
}

export function showUnknownPayment(ctx: Context): void {
  const language = ctx.acceptsLanguages('en', 'ru') === 'ru' ? 'ru-RU' : 'en-US';
  const { title, unknown } = payerWords[language];
  const body = html`<main class="sheet"><h1>${unknown}</h1></main>`;
  ctx.status = 404;
  showPage(ctx, { title, locale: localeOf(language), body });
}

/** Shows a payer whose shop has sent a form that cannot be paid what is wrong with it. */
export function showFormProblem(
  ctx: Context,
  problem: string,
  language: PursePayment['language'],
): void {
  const words = payerWords[language];
  const body = html`<p class="ribbon">${words.simulator}</p>
    <main class="sheet">
      <h1>${words.badForm}</h1>
      <p class="bad" role="alert">${problem}</p>
    </main>`;
  ctx.status = 400;
  showPage(ctx, { title: words.title, locale: localeOf(language), body });
}

function show(ctx: Context, payment: PursePayment, { purse, isTest }: ShopPurse, content: Html) {
  const { language, amountMinor, number, paymentId, description, success, fail } = payment;
  const words = payerWords[language];
  const locale = localeOf(language);
  const id = paymentId === number ? '' : ` · ${paymentId}`;
  const body = html`<p class="ribbon">${words.simulator}</p>
    <main class="sheet">
      <h1>${description}</h1>
      <p class="label">${words.toPay}</p>
      <p class="sum">${amountText(amountMinor, titleUnit(purse).toLowerCase(), locale)}</p>
      <p class="muted">${words.toPurse} ${purse} · ${words.number} ${number}${id}</p>
      ${isTest ? html`<p class="muted">${words.test}</p>` : undefined} ${holdNote(payment, words)}
      ${content}
    </main>`;
  // Browsers hold the redirect that answers a form to form-action too.
  const origins = [success, fail].map(({ url }) => new URL(url).origin);
  showPage(ctx, { title: words.title, locale, body, formOrigins: [...new Set(origins)] });
}

function holdNote({ holdDays }: PursePayment, words: PayerWords): Html | undefined {
  if (holdDays === undefined) return undefined;
  return html`<p class="muted">${words.hold} ${holdDays}</p>`;
}

function lastTrouble({ trouble }: PursePayment, words: PayerWords): Html | undefined {
  if (trouble === undefined) return undefined;
  const said = trouble.reason === 'shop-said-no' ? trouble.text : '';
  return html`<p class="bad" role="alert">${words.troubles[trouble.reason]} ${said}</p>`;
}

function choiceGroups(words: PayerWords): Html {
  return html`<form method="post">
    ${choiceGroup(words.succeeds, ['sms', 'enum'], words.choices, 'sms')}
    ${choiceGroup(words.fails, ['not-enough', 'wrong-code'], words.choices)}
    ${choiceGroup(words.otherwise, ['refuse', 'leave'], words.choices)}
  </form>`;
}

const localeOf = (language: PursePayment['language']): 'ru' | 'en' =>
  language === 'ru-RU' ? 'ru' : 'en';
