import type { Context } from 'koa';
import { html, showPage } from '../../html.ts';
import type { Html } from '../../html.ts';
import { amountText } from '../amount-text.ts';
import type { StripeParts } from '../api/stripe-api-routes.ts';
import type { Session } from '../stripe-objects.ts';

const SHOWN_SESSIONS = 50;

const orders: readonly (readonly [label: string, order: object])[] = [
  ['Pay', { outcome: 'pay' }],
  ['Pay, told twice', { outcome: 'pay', times: 2 }],
  ['Pay, told in 30 s', { outcome: 'pay', delayMs: 30_000 }],
  ['Pay, never told', { outcome: 'pay', times: 0 }],
  ['Decline', { outcome: 'decline' }],
  ['Delayed', { outcome: 'delayed' }],
  ['Expire', { outcome: 'expire' }],
  ['Leave', { outcome: 'leave' }],
  ['Forge: signature', { outcome: 'pay', forge: 'signature' }],
  ['Forge: old', { outcome: 'pay', forge: 'old' }],
  ['Forge: future', { outcome: 'pay', forge: 'future' }],
  ['Forge: livemode', { outcome: 'pay', forge: 'livemode' }],
];

/** Lists the newest sessions, each with the choices a payer, a bank or a forger has. */
export function showControlPage(ctx: Context, { acquirer, faults, webhooks }: StripeParts): void {
  const sessions = acquirer.sessions();
  const body = html`<p class="ribbon">Simulator</p>
    <main class="wide">
      <h1>Card payments (Stripe protocol)</h1>
      <p class="muted">
        ${sessions.length} sessions. Notifications are
        ${webhooks.paused ? `held (${webhooks.heldCount})` : 'sent at once'}. Faults waiting for the
        next payments: ${faults.plannedCount}. <a href="/">All simulators</a>
      </p>
      ${sessions.length === 0 ? html`<p class="note">No payment has been started yet.</p>` : ''}
      ${sessions.slice(0, SHOWN_SESSIONS).map((each) => row(each, acquirer.wire.urlOf(each)))}
    </main>`;
  showPage(ctx, { title: 'Card payments: control', locale: 'en', body });
}

function row(session: Session, url: string): Html {
  const state = session.intent === undefined ? '' : ` · ${session.intent.status}`;
  return html`<section class="card">
    <h2>${amountText(session.amountTotal, session.currency, 'en')} · ${session.name}</h2>
    <p>
      <span class="state">${session.status} · ${session.paymentStatus}${state}</span>
      <a href="${url}">payer’s page</a>
    </p>
    <p class="muted">${session.paymentId} · ${session.id}</p>
    <form method="post" class="row">
      <input type="hidden" name="session" value="${session.id}" />
      ${orders.map(
        ([label, order]) =>
          html`<button name="order" value="${JSON.stringify(order)}">${label}</button>`,
      )}
    </form>
  </section>`;
}
