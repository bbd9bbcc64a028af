import type { Context } from 'koa';
import { amountText } from '../../amount-text.ts';
import { html, showPage } from '../../html.ts';
import type { Html } from '../../html.ts';
import type { Transfer } from '../transfer.ts';
import { payerWords } from './payer-words.ts';
import type { PayerWords } from './payer-words.ts';

/** Shows the payer what is to be transferred and every way it can end. */
export function showPayerPage(ctx: Context, transfer: Transfer): void {
  const words = wordsFor(ctx);
  if (transfer.status === 'open') return show(ctx, transfer, choices(transfer, words));
  const { successUrl } = transfer;
  const back =
    successUrl === undefined
      ? undefined
      : html`<p><a class="button" href="${successUrl}">${words.back}</a></p>`;
  show(
    ctx,
    transfer,
    html`<p class="note">${words.paid}</p>
      ${back}`,
  );
}

/** Shows that the payer is gone and nothing was transferred. */
export function showLeftPage(ctx: Context, transfer: Transfer): void {
  const words = wordsFor(ctx);
  const body = html`<p class="note"><strong>${words.left}.</strong> ${words.leftHint}</p>
    <p><a class="button" href="${ctx.path}">${words.resume}</a></p>`;
  show(ctx, transfer, body);
}

/** Says what is wrong with a form. */
export function showRefusal(ctx: Context, sentence: string): void {
  showSentence(ctx, 400, sentence);
}

export function showUnknownTransfer(ctx: Context): void {
  showSentence(ctx, 404, wordsFor(ctx).unknown);
}

function showSentence(ctx: Context, status: number, sentence: string): void {
  ctx.status = status;
  const body = html`<main class="sheet"><h1>${sentence}</h1></main>`;
  showPage(ctx, { title: wordsFor(ctx).title, locale: localeOf(ctx), body });
}

function show(ctx: Context, transfer: Transfer, content: Html): void {
  const words = wordsFor(ctx);
  const { id, label, sumMinor, successUrl } = transfer;
  const body = html`<p class="ribbon">${words.simulator}</p>
    <main class="sheet">
      <h1>${words.title}</h1>
      <p class="label">${words.toPay}</p>
      <p class="sum">${amountText(sumMinor, 'rub', localeOf(ctx))}</p>
      <p class="muted">${words.label} ${label} · ${words.number} ${id}</p>
      ${content}
    </main>`;
  // Browsers hold the redirect that answers a form to form-action too.
  const formOrigins = successUrl === undefined ? [] : [new URL(successUrl).origin];
  showPage(ctx, { title: words.title, locale: localeOf(ctx), body, formOrigins });
}

/** What the form proposes comes first; the payer may choose the other. */
function choices({ paymentType }: Transfer, words: PayerWords): Html {
  const first =
    paymentType === 'PC' ? (['wallet', 'card'] as const) : (['card', 'wallet'] as const);
  return html`<form method="post">
    <fieldset>
      <legend>${words.from}</legend>
      ${([...first, 'leave'] as const).map((choice, at) => {
        const [label, hint] = words.choices[choice];
        const look = at === 0 ? 'choice main' : 'choice';
        return html`<button class="${look}" name="choice" value="${choice}">
          <span>${label}</span><small>${hint}</small>
        </button>`;
      })}
    </fieldset>
  </form>`;
}

const localeOf = (ctx: Context): 'ru' | 'en' =>
  ctx.acceptsLanguages('en', 'ru') === 'ru' ? 'ru' : 'en';
const wordsFor = (ctx: Context): PayerWords => payerWords[localeOf(ctx)];
