import type { Context } from 'koa';

/** A piece of HTML whose values are escaped already. */
export interface Html {
  readonly markup: string;
}

type Piece = string | number | Html | readonly Html[] | undefined;

/** Writes HTML; every value that is not HTML itself is escaped. */
export function html(texts: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  const markup = texts.map((text, at) => text + (at < pieces.length ? render(pieces[at]) : ''));
  return { markup: markup.join('') };
}

function render(piece: Piece): string {
  if (piece === undefined) return '';
  if (typeof piece === 'string' || typeof piece === 'number') return escape(String(piece));
  if ('markup' in piece) return piece.markup;
  return piece.map((each) => each.markup).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (char) => entities[char] ?? char);
}

export interface Page {
  readonly title: string;
  readonly locale: 'ru' | 'en';
  readonly body: Html;
  /** Seconds between reloads; never reloads by itself when absent. */
  readonly refreshSeconds?: number;
  /** Origins a form of this page may lead to, besides the simulators themselves. */
  readonly formOrigins?: readonly string[];
}

/** Answers with a page that may load nothing but the one style sheet. */
export function showPage(ctx: Context, page: Page): void {
  const formTargets = ["'self'", ...(page.formOrigins ?? [])].join(' ');
  ctx.set(
    'content-security-policy',
    `default-src 'none'; style-src 'self'; form-action ${formTargets}; ` +
      "base-uri 'none'; frame-ancestors 'none'",
  );
  ctx.set('x-content-type-options', 'nosniff');
  ctx.set('referrer-policy', 'no-referrer');
  ctx.set('cache-control', 'no-store');
  ctx.type = 'html';
  ctx.body = document(page).markup;
}

function document(page: Page): Html {
  const refresh = page.refreshSeconds;
  return html`<!doctype html>
    <html lang="${page.locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        ${refresh === undefined ? undefined : html`<meta http-equiv="refresh" content="${refresh}" />`}
        <title>${page.title}</title>
        <link rel="stylesheet" href="/simulators.css" />
      </head>
      <body>
        ${page.body}
      </body>
    </html>`;
}
