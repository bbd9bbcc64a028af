import type { Context } from 'koa';
import { html } from '../../html.ts';
import type { Html } from '../../html.ts';
import { moscowTime } from '../moscow-time.ts';
import type { PursePayment, WayBack } from '../purse-payment.ts';
import { writeForm } from '../text/form-text.ts';
import type { FormField } from '../text/form-text.ts';
import type { PayerWords } from './payer-words.ts';

/** Sends the payer back at once, where the shop wants that: by address. */
export function isSentBack(ctx: Context, payment: PursePayment): boolean {
  const way = wayOf(payment);
  if (way.method !== '0') return false;
  ctx.redirect(addressOf(way, payment));
  ctx.status = 303;
  return true;
}

/** The button that leads back to the shop, in the way the shop wants its payers back. */
export function backButton(payment: PursePayment, words: PayerWords): Html {
  const way = wayOf(payment);
  if (way.method !== '1') {
    const address = way.method === '2' ? way.url : addressOf(way, payment);
    return html`<p><a class="button" href="${address}">${words.back}</a></p>`;
  }
  return html`<form method="post" action="${way.url}" accept-charset="${payment.encoding}">
    ${returnFields(payment).map(
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
    )}
    <button class="choice main">${words.back}</button>
  </form>`;
}

function wayOf({ state, success, fail }: PursePayment): WayBack {
  return state === 'paid' ? success : fail;
}

function addressOf({ url }: WayBack, payment: PursePayment): string {
  const address = new URL(url);
  const fields = writeForm(returnFields(payment), payment.encoding);
  address.search = address.search === '' ? fields : `${address.search}&${fields}`;
  return address.href;
}

/** What comes back with the payer; nothing of it is signed. */
function returnFields({ number, invoiceNo, transfer, language, ownFields }: PursePayment) {
  const fields: FormField[] = [
    ['LMI_PAYMENT_NO', number],
    ['LMI_SYS_INVS_NO', invoiceNo],
    ['LMI_SYS_TRANS_NO', transfer?.number ?? ''],
    ['LMI_SYS_TRANS_DATE', transfer === undefined ? '' : moscowTime(transfer.at)],
    ['LMI_LANG', language],
    ...ownFields,
  ];
  return fields;
}
