import type { Router } from '@koa/router';
import type { Context } from 'koa';
import { html, showPage } from '../html.ts';
import type { Html } from '../html.ts';
import type { PhoneMessage, Phones } from './phones.ts';

const REFRESH_SECONDS = 3;

/** A customer's phone: `/phone/{number}` for people, `/phone/{number}/messages.json` for programs. */
export function phoneRoutes(router: Router, phones: Phones): void {
  router.get('/phone/:number/messages.json', (ctx) => {
    ctx.set('cache-control', 'no-store');
    ctx.body = { items: phones.messages(ctx.params['number'] ?? '') };
  });
  router.get('/phone/:number', (ctx) => {
    const digits = (ctx.params['number'] ?? '').replace(/\D/g, '');
    showPhone(ctx, digits, phones.messages(digits));
  });
}

function showPhone(ctx: Context, digits: string, messages: readonly PhoneMessage[]): void {
  const body = html`<main class="phone">
    <p class="phone-top"><span class="speaker"></span></p>
    <h1>+${digits}</h1>
    <p class="muted">SMS · simulator</p>
    <ol class="bubbles">
      ${messages.length === 0 ? html`<li class="muted empty">✉ 0</li>` : messages.map(bubble)}
    </ol>
  </main>`;
  const page = { title: `+${digits} · SMS`, locale: 'en', body } as const;
  showPage(ctx, { ...page, refreshSeconds: REFRESH_SECONDS });
}

function bubble({ from, text, receivedAt, parts }: PhoneMessage): Html {
  return html`<li class="bubble">
    <p class="bubble-from">${from}</p>
    <p class="bubble-text">${text}</p>
    <p class="muted">
      <time datetime="${receivedAt}">${receivedAt.slice(11, 19)} UTC</time>
      ${parts > 1 ? `· ${parts} SMS` : ''}
    </p>
  </li>`;
}
