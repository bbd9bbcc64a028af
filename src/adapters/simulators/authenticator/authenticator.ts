import { createHmac } from 'node:crypto';
import type { Router } from '@koa/router';
import { html, showPage } from '../html.ts';

const periodSeconds = 30;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export interface AuthenticatorEntry {
  readonly login: string;
  /** Base32, as an authenticator app is given it. */
  readonly secret: string;
}

/** The staff's authenticator app: a page for people, `/authenticator.json?login=` for programs. */
export function authenticatorRoutes(router: Router, entries: readonly AuthenticatorEntry[]): void {
  router.get('/authenticator.json', (ctx) => {
    const entry = entries.find(({ login }) => login === ctx.query['login']);
    ctx.set('cache-control', 'no-store');
    ctx.status = entry === undefined ? 404 : 200;
    ctx.body = entry === undefined ? { error: 'no such login' } : shown(entry, Date.now());
  });
  router.get('/authenticator', (ctx) => {
    const codes = entries.map((entry) => shown(entry, Date.now()));
    const body = html`<p class="ribbon">Simulator. Nothing here is real.</p>
      <main class="sheet">
        <h1>Authenticator</h1>
        <ul>
          ${codes.map(
            ({ login, code, secondsLeft }) =>
              html`<li>
                ${login}: <strong>${code}</strong>
                <span class="muted">${secondsLeft} s left</span>
              </li>`,
          )}
        </ul>
      </main>`;
    showPage(ctx, { title: 'Authenticator', locale: 'en', body, refreshSeconds: 5 });
  });
}

function shown({ login, secret }: AuthenticatorEntry, nowMs: number) {
  const seconds = Math.floor(nowMs / 1_000);
  const code = totpCode(secret, Math.floor(seconds / periodSeconds));
  return { login, code, secondsLeft: periodSeconds - (seconds % periodSeconds) };
}

/** Source: RFC 4226 section 5.3 with the step of RFC 6238 as the counter. */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0xf;
  return String((mac.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}

function fromBase32(text: string): Buffer {
  const bits = [...text]
    .map((char) => alphabet.indexOf(char).toString(2).padStart(5, '0'))
    .join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}
