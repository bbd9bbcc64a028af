import type { Measure } from '../../../domain/protection/measures.ts';
import { html } from '../html.ts';
import type { Say } from '../say.ts';
import { measureWords, suspectWords, words } from '../words.ts';
import type { Page } from './layout.ts';

/** Who is slowed or stopped, how, and until when. */
export function measuresPage(say: Say, measures: readonly Measure[]): Page {
  const title = say.text(words.measures);
  const empty = html`<div class="card empty"><p>${say.text(words.noMeasures)}</p></div>`;
  const list = html`<div class="card">
    <ul class="pairs">
      ${measures.map(
        ({ who, kind, until }) =>
          html`<li>
            <span>${say.text(suspectWords[who.kind])} <span class="target">${who.id}</span></span>
            <span
              ><b>${say.text(measureWords[kind])}</b>
              <span class="muted">${say.text(words.until)} ${say.moment(until)}</span></span
            >
          </li>`,
      )}
    </ul>
  </div>`;
  return {
    title,
    isLive: true,
    body: html`<h1>${title}</h1>
      ${measures.length === 0 ? empty : list}`,
  };
}
