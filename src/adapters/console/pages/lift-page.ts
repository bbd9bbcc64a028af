import { longestReason } from '../../../application/gateway/lift-measure.ts';
import type { Measure } from '../../../domain/protection/measures.ts';
import { html } from '../html.ts';
import type { Say } from '../say.ts';
import { words } from '../words.ts';
import type { Page } from './layout.ts';
import { liftPath, pairOf } from './measures-page.ts';

/** The form by which a measure is lifted; `mistake` says why it is shown again. It does not renew itself while one types. */
export function liftPage(say: Say, measure: Measure, reason = '', mistake?: string): Page {
  const title = say.text(words.liftTitle);
  const said =
    mistake === undefined ? undefined : html`<p class="notice bad" role="alert">${mistake}</p>`;
  return {
    title,
    body: html`<h1>${title}</h1>
      ${said}
      <div class="card">
        <ul class="pairs">
          <li>${pairOf(say, measure)}</li>
        </ul>
        <p class="muted">${say.text(words.liftMeans)}</p>
      </div>
      <form class="card narrow" method="post" action="${liftPath(measure)}">
        <label>
          ${say.text(words.reason)}
          <input
            name="reason"
            value="${reason}"
            maxlength="${longestReason}"
            autocomplete="off"
            required
          />
        </label>
        <div class="acts">
          <button class="main">${say.text(words.liftNow)}</button>
          <a href="/measures">${say.text(words.back)}</a>
        </div>
      </form>`,
  };
}
