import type { Context } from 'koa';
import { amountText } from '../amount-text.ts';
import { html, showPage, type Html } from '../html.ts';
import type { Controlled, PaymentView } from './controlled.ts';

const SHOWN_PAYMENTS = 50;

/** Lists the newest payments of a simulated payment system, each with all that payer, bank or forger can do. */
export function showControlPage(ctx: Context, system: Controlled): void {
  const { title, faults, notifier } = system;
  const payments = system.payments();
  const body = html`<p class="ribbon">Simulator</p>
    <main class="wide">
      <h1>${title}</h1>
      <p class="muted">
        ${payments.length} payments. Notifications are
        ${notifier.paused ? `held (${notifier.heldCount})` : 'sent at once'}. Faults waiting for the
        next calls: ${faults.plannedCount}. <a href="/">All simulators</a>
      </p>
      ${payments.length === 0 ? html`<p class="note">No payment has been started yet.</p>` : ''}
      ${payments.slice(0, SHOWN_PAYMENTS).map((each) => row(each, ordersOf(system)))}
    </main>`;
  showPage(ctx, { title: `${title}: control`, locale: 'en', body });
}

type Labelled = readonly [label: string, order: object];

function ordersOf({ outcomes, forgeries }: Controlled): readonly Labelled[] {
  return [
    ...outcomes.map((outcome): Labelled => [outcome, { outcome }]),
    ['pay, told twice', { outcome: 'pay', times: 2 }],
    ['pay, told in 30 s', { outcome: 'pay', delayMs: 30_000 }],
    ['pay, never told', { outcome: 'pay', times: 0 }],
    ...forgeries.map((forge): Labelled => [`forge: ${forge}`, { outcome: 'pay', forge }]),
  ];
}

function row(payment: PaymentView, orders: readonly Labelled[]): Html {
  const amount = amountText(Number(payment.amountMinor), payment.currency.toLowerCase(), 'en');
  return html`<section class="card">
    <h2>${amount} · ${payment.title}</h2>
    <p>
      <span class="state">${payment.state}</span>
      ${payment.url === '' ? undefined : html`<a href="${payment.url}">payer’s page</a>`}
    </p>
    <p class="muted">${payment.paymentId} · ${payment.ref}</p>
    <form method="post" class="row">
      <input type="hidden" name="payment" value="${payment.paymentId}" />
      ${orders.map(
        ([label, order]) =>
          html`<button name="order" value="${JSON.stringify(order)}">${label}</button>`,
      )}
    </form>
  </section>`;
}
