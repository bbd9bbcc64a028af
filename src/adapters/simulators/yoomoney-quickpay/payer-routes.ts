import type { Router } from '@koa/router';
import type { Context } from 'koa';
import { amountText } from '../amount-text.ts';
import { html, showPage, type Html } from '../html.ts';
import { readText } from '../request-body.ts';
import { payerWords, type PayerWords } from './payer-words.ts';
import type { Transfer } from './transfer.ts';
import { readWalletForm } from './wallet-form.ts';
import type { Wallet } from './wallet.ts';

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
      if (typeof form === 'string') return showTrouble(ctx, form);
      ctx.redirect(`/yoomoney-quickpay/pay/${wallet.open(form).id}`);
    });
  }
  router.get('/yoomoney-quickpay/pay/:id', (ctx) => {
    const transfer = wallet.withId(ctx.params['id'] ?? '');
    if (transfer === undefined) return showTrouble(ctx, wordsFor(ctx).unknown, 404);
    show(ctx, transfer, transfer.status === 'open' ? choices(wordsFor(ctx)) : ended(ctx, transfer));
  });
  router.post('/yoomoney-quickpay/pay/:id', async (ctx) => {
    const transfer = wallet.withId(ctx.params['id'] ?? '');
    if (transfer === undefined) return showTrouble(ctx, wordsFor(ctx).unknown, 404);
    const choice = new URLSearchParams(await readText(ctx)).get('choice');
    if (choice === 'leave') {
      return show(ctx, transfer, html`<p class="note">${wordsFor(ctx).left}</p>`);
    }
    if (transfer.status === 'open' && (choice === 'wallet' || choice === 'card')) {
      wallet.pay(transfer);
      await tell(transfer);
    }
    ctx.redirect(transfer.successUrl ?? ctx.path);
    ctx.status = 303;
  });
}

const localeOf = (ctx: Context): 'ru' | 'en' =>
  ctx.acceptsLanguages('en', 'ru') === 'ru' ? 'ru' : 'en';
const wordsFor = (ctx: Context): PayerWords => payerWords[localeOf(ctx)];

function show(ctx: Context, transfer: Transfer, content: Html): void {
  const words = wordsFor(ctx);
  const body = html`<p class="ribbon">${words.simulator}</p>
    <main class="sheet">
      <h1>${words.title}</h1>
      <p class="label">${words.toPay}</p>
      <p class="sum">${amountText(transfer.sumMinor, 'rub', localeOf(ctx))}</p>
      <p class="muted">${words.label} ${transfer.label}</p>
      ${content}
    </main>`;
  const formOrigins =
    transfer.successUrl === undefined ? [] : [new URL(transfer.successUrl).origin];
  showPage(ctx, { title: words.title, locale: localeOf(ctx), body, formOrigins });
}

function choices(words: PayerWords): Html {
  return html`<form method="post">
    ${(['wallet', 'card', 'leave'] as const).map((choice) => {
      const [label, hint] = words.choices[choice];
      const look = choice === 'wallet' ? 'choice main' : 'choice';
      return html`<button class="${look}" name="choice" value="${choice}">
        <span>${label}</span><small>${hint}</small>
      </button>`;
    })}
  </form>`;
}

function ended(ctx: Context, { successUrl }: Transfer): Html {
  const words = wordsFor(ctx);
  return html`<p class="note">${words.paid}</p>
    ${
      successUrl === undefined
        ? undefined
        : html`<p><a class="button" href="${successUrl}">${words.back}</a></p>`
    }`;
}

function showTrouble(ctx: Context, sentence: string, status = 400): void {
  ctx.status = status;
  const body = html`<main class="sheet"><h1>${sentence}</h1></main>`;
  showPage(ctx, { title: wordsFor(ctx).title, locale: localeOf(ctx), body });
}
