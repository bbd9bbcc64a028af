import type { Router } from '@koa/router';
import { html, showPage } from './html.ts';
import type { Phones } from './phone/phones.ts';

const SHOWN_PHONES = 20;

/** The first page of the simulators: what stands here and where. */
export function startPage(router: Router, phones: Phones): void {
  router.get('/', (ctx) => {
    const numbers = phones.numbers().slice(0, SHOWN_PHONES);
    const body = html`<p class="ribbon">Simulators. Nothing here is real.</p>
      <main class="sheet">
        <h1>Simulators</h1>
        <h2>Card payments</h2>
        <p><a href="/control/stripe">Payments and what becomes of them</a></p>
        <p class="muted">Speaks the Stripe Checkout protocol under /v1.</p>
        <h2>Phones</h2>
        ${
          numbers.length === 0
            ? html`<p class="muted">No message yet. A phone is at /phone/79990000001.</p>`
            : html`<ul>
                ${numbers.map((each) => html`<li><a href="/phone/${each}">+${each}</a></li>`)}
              </ul>`
        }
        <p class="muted">The SMS operator speaks Vonage’s SMS API at /sms/json.</p>
        <h2>For programs</h2>
        <ul class="plain">
          <li><code>POST /control/stripe/payments/{payment}</code></li>
          <li><code>GET /control/stripe/payments</code></li>
          <li><code>GET /control/stripe/requests</code></li>
          <li><code>POST /control/stripe/next</code></li>
          <li><code>POST /control/stripe/webhooks</code></li>
          <li><code>POST /control/vonage/rules</code></li>
          <li><code>POST /control/vonage/reset</code></li>
          <li><code>GET /phone/{number}/messages.json</code></li>
        </ul>
      </main>`;
    showPage(ctx, { title: 'Simulators', locale: 'en', body });
  });
}
