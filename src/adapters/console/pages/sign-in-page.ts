import { html } from '../html.ts';
import type { Say } from '../say.ts';
import { words } from '../words.ts';
import type { Page } from './layout.ts';

/** The form by which a watcher signs in; `mistake` says why it is shown again, `next` where it leads. */
export function signInPage(say: Say, next: string, login = '', mistake?: string): Page {
  const title = say.text(words.signInTitle);
  const said =
    mistake === undefined ? undefined : html`<p class="notice bad" role="alert">${mistake}</p>`;
  return {
    title,
    body: html`<h1>${title}</h1>
      ${said}
      <form class="card narrow" method="post" action="/sign-in">
        <input type="hidden" name="next" value="${next}" />
        <label>
          ${say.text(words.login)}
          <input
            name="login"
            value="${login}"
            autocomplete="username"
            autocapitalize="none"
            spellcheck="false"
            maxlength="64"
            required
          />
        </label>
        <label>
          ${say.text(words.password)}
          <input
            type="password"
            name="password"
            autocomplete="current-password"
            maxlength="128"
            required
          />
        </label>
        <label>
          ${say.text(words.code)}
          <input
            name="code"
            autocomplete="one-time-code"
            inputmode="numeric"
            maxlength="16"
            required
          />
        </label>
        <button class="main">${say.text(words.signIn)}</button>
      </form>`,
  };
}
