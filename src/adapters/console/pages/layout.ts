import type { Texts } from '../../../domain/locale.ts';
import type { Watcher } from '../../../domain/protection/watcher.ts';
import { html, type Html } from '../html.ts';
import type { Say } from '../say.ts';
import { words } from '../words.ts';

/** Who looks at a page, and where they are. */
export interface Visitor {
  readonly say: Say;
  /** Undefined before sign-in. */
  readonly watcher: Watcher | undefined;
  /** The page's path, and what follows it. */
  readonly path: string;
  readonly query: URLSearchParams;
}

export interface Page {
  readonly title: string;
  readonly body: Html;
  /** Whether the page renews itself while it is open. */
  readonly isLive?: boolean;
}

const sections: readonly (readonly [string, Texts])[] = [
  ['/', words.live],
  ['/incidents', words.all],
  ['/budgets', words.budgets],
  ['/measures', words.measures],
];
/** Without scripts the page is loaded anew this often. */
const reloadSeconds = 15;

/** A whole document. */
export function documentOf(visitor: Visitor, page: Page): string {
  const { say } = visitor;
  const renewed = addressWith(visitor, 'live', '1');
  const refresh = html`<noscript
    ><meta http-equiv="refresh" content="${reloadSeconds};url=${renewed}"
  /></noscript>`;
  return html`<!doctype html>
    <html lang="${say.locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        ${page.isLive === true ? refresh : undefined}
        <title>${page.title} · ${say.text(words.console)}</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/console.css" />
        <script src="/console.js" defer></script>
      </head>
      <body>
        <a class="skip" href="#content">${say.text(words.skip)}</a>
        ${header(visitor)}
        <main id="content" tabindex="-1" ${page.isLive === true ? liveMark : undefined}>
          ${page.body}
        </main>
      </body>
    </html>`.markup;
}

const liveMark = html`data-live`;

function header({ say, watcher, path, query }: Visitor): Html {
  const links = sections.map(
    ([to, title]) =>
      html`<li><a href="${to}" ${to === path ? current : undefined}>${say.text(title)}</a></li>`,
  );
  const menu = html`<nav class="sections" aria-label="${say.text(words.sections)}">
    <ul>
      ${links}
    </ul>
  </nav>`;
  const leave = html`<form method="post" action="/sign-out">
    <span class="name">${watcher?.name}</span>
    <button class="quiet">${say.text(words.signOut)}</button>
  </form>`;
  const other = say.locale === 'ru' ? 'en' : 'ru';
  const name = other === 'ru' ? 'Русский' : 'English';
  const to = addressWith({ path, query }, 'lang', other);
  return html`<header>
    <div class="bar">
      <a class="brand" href="/">${say.text(words.console)}</a>
      <div class="self">
        <a href="${to}" lang="${other}" hreflang="${other}">${name}</a>
        ${watcher === undefined ? undefined : leave}
      </div>
    </div>
    ${watcher === undefined ? undefined : menu}
  </header>`;
}

const current = html`aria-current="page"`;

function addressWith(
  { path, query }: Pick<Visitor, 'path' | 'query'>,
  name: string,
  value: string,
): string {
  const changed = new URLSearchParams(query);
  changed.delete('live');
  changed.delete('lang');
  changed.set(name, value);
  return `${path}?${changed.toString()}`;
}
