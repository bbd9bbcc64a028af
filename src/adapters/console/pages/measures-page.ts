import type { Measure } from '../../../domain/protection/measures.ts';
import { html } from '../html.ts';
import type { Say } from '../say.ts';
import { measureWords, suspectWords, words } from '../words.ts';
import type { Page } from './layout.ts';

/** Who is slowed or stopped, how, and until when. */
export function measuresPage(say: Say, measures: readonly Measure[]): Page {
  const title = say.text(words.measures);
  const empty = html`<div class="card empty"><p>${say.text(words.noMeasures)}</p></div>`;
  const table = html`<div class="card">
    <table>
      <thead>
        <tr>
          <th scope="col">${say.text(words.who)}</th>
          <th scope="col">${say.text(words.what)}</th>
          <th scope="col">${say.text(words.until)}</th>
        </tr>
      </thead>
      <tbody>
        ${measures.map(
          ({ who, kind, until }) =>
            html`<tr>
              <td>
                ${say.text(suspectWords[who.kind])}
                <span class="target">${who.id}</span>
              </td>
              <td>${say.text(measureWords[kind])}</td>
              <td>${say.moment(until)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
  return {
    title,
    isLive: true,
    body: html`<h1>${title}</h1>
      ${measures.length === 0 ? empty : table}`,
  };
}
