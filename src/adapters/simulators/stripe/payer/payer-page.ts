import type { Context } from 'koa';
import { choiceGroup } from '../../choice-group.ts';
import { html, showPage } from '../../html.ts';
import type { Html } from '../../html.ts';
import { amountText } from '../../amount-text.ts';
import type { PayerChoice } from './payer-choices.ts';
import { payerWords } from './payer-words.ts';
import type { PayerWords } from './payer-words.ts';
import type { Session } from '../stripe-objects.ts';

/** Shows the payer what is to be paid and every way it can end. */
export function showPayerPage(ctx: Context, session: Session): void {
  const locale = localeOf(ctx, session);
  const words = payerWords[locale];
  const body =
    session.status === 'open'
      ? html`${lastDecline(session, words)} ${choiceGroups(session, words)}`
      : html`<p class="note">${session.status === 'expired' ? words.expired : words.complete}</p>
          <p><a class="button" href="${wayBack(session)}">${words.back}</a></p>`;
  show(ctx, session, locale, body);
}

/** Shows that the payer is gone and the payment is still open. */
export function showLeftPage(ctx: Context, session: Session, url: string): void {
  const locale = localeOf(ctx, session);
  const words = payerWords[locale];
  const body = html`<p class="note"><strong>${words.left}.</strong> ${words.leftHint}</p>
    <p><a class="button" href="${url}">${words.resume}</a></p>`;
  show(ctx, session, locale, body);
}

export function showUnknownSession(ctx: Context): void {
  const locale = ctx.acceptsLanguages('en', 'ru') === 'ru' ? 'ru' : 'en';
  const { title, unknown } = payerWords[locale];
  ctx.status = 404;
  showPage(ctx, { title, locale, body: html`<main class="sheet"><h1>${unknown}</h1></main>` });
}

/** Where the payer goes when all is paid: the provider puts the session's id into the address. */
export function successAddress({ id, successUrl }: Session): string {
  return successUrl.replaceAll('{CHECKOUT_SESSION_ID}', id);
}

function show(ctx: Context, session: Session, locale: 'ru' | 'en', content: Html): void {
  const words = payerWords[locale];
  const body = html`<p class="ribbon">${words.simulator}</p>
    <main class="sheet">
      <h1>${session.name}</h1>
      <p class="label">${words.toPay}</p>
      <p class="sum">${amountText(session.amountTotal, session.currency, locale)}</p>
      <p class="muted">${words.number} ${session.paymentId}</p>
      ${content}
    </main>`;
  // Browsers hold the redirect that answers a form to form-action too.
  const addresses = [session.successUrl, session.cancelUrl ?? session.successUrl];
  const formOrigins = addresses.map((address) => new URL(address).origin);
  showPage(ctx, { title: words.title, locale, body, formOrigins: [...new Set(formOrigins)] });
}

function lastDecline({ intent }: Session, words: PayerWords): Html | undefined {
  const error = intent?.lastError;
  if (error === undefined) return undefined;
  const said = words.declined[error.declineCode ?? error.code] ?? error.message;
  return html`<p class="bad" role="alert">${said} ${words.tryAgain}</p>`;
}

function choiceGroups(session: Session, words: PayerWords): Html {
  const last: PayerChoice[] = session.cancelUrl === undefined ? [] : ['cancel'];
  return html`<form method="post">
    ${choiceGroup(words.succeeds, ['visa', 'mastercard', '3ds-ok'], words.choices, 'visa')}
    ${choiceGroup(words.fails, ['declined', 'insufficient-funds', '3ds-failed'], words.choices)}
    ${choiceGroup(words.otherwise, ['delayed', ...last, 'leave'], words.choices)}
  </form>`;
}

function wayBack(session: Session): string {
  if (session.status === 'complete') return successAddress(session);
  return session.cancelUrl ?? successAddress(session);
}

function localeOf(ctx: Context, { locale }: Session): 'ru' | 'en' {
  if (locale === 'ru' || locale === 'en') return locale;
  return ctx.acceptsLanguages('en', 'ru') === 'ru' ? 'ru' : 'en';
}
