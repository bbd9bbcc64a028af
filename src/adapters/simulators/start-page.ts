import type { Router } from '@koa/router';
import { html, showPage } from './html.ts';
import type { StandIn } from './payment-simulators.ts';
import type { Phones } from './phone/phones.ts';

const SHOWN_PHONES = 20;

const authenticatorLink = html`<h2>Staff</h2>
  <ul>
    <li><a href="/authenticator">Authenticator</a></li>
  </ul>`;
const authenticatorCall = html`<li><code>GET /authenticator.json?login={login}</code></li>`;

/** The first page of the simulators: what stands here and where. */
export function startPage(
  router: Router,
  phones: Phones,
  systems: readonly StandIn[],
  hasAuthenticator: boolean,
): void {
  router.get('/', (ctx) => {
    const numbers = phones.numbers().slice(0, SHOWN_PHONES);
    const body = html`<p class="ribbon">Simulators. Nothing here is real.</p>
      <main class="sheet">
        <h1>Simulators</h1>
        <h2>Payments and what becomes of them</h2>
        <ul>
          ${systems.map(
            ({ code, title, speaks }) =>
              html`<li>
                <a href="/control/${code}">${title}</a> <span class="muted">${speaks}</span>
              </li>`,
          )}
        </ul>
        <h2>Phones</h2>
        ${
          numbers.length === 0
            ? html`<p class="muted">No message yet. A phone is at /phone/79990000001.</p>`
            : html`<ul>
                ${numbers.map((each) => html`<li><a href="/phone/${each}">+${each}</a></li>`)}
              </ul>`
        }
        <p class="muted">The SMS operator speaks Vonage’s SMS API at /sms/json.</p>
        ${hasAuthenticator ? authenticatorLink : undefined}
        <h2>For programs</h2>
        <ul class="plain">
          <li><code>POST /control/{system}/payments/{payment}</code></li>
          <li><code>GET /control/{system}/payments</code></li>
          <li><code>GET /control/{system}/requests</code></li>
          <li><code>POST /control/{system}/next</code></li>
          <li><code>POST /control/vonage/rules</code></li>
          <li><code>POST /control/vonage/reset</code></li>
          <li><code>GET /phone/{number}/messages.json</code></li>
          ${hasAuthenticator ? authenticatorCall : undefined}
        </ul>
      </main>`;
    showPage(ctx, { title: 'Simulators', locale: 'en', body });
  });
}
