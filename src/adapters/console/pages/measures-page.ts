import type { Measure } from '../../../domain/protection/measures.ts';
import { html, type Html } from '../html.ts';
import type { Say } from '../say.ts';
import { measureWords, suspectWords, words } from '../words.ts';
import type { Page } from './layout.ts';

/** Who is slowed or stopped, how, and until when. */
export function measuresPage(say: Say, measures: readonly Measure[], notice?: string): Page {
  const title = say.text(words.measures);
  const empty = html`<div class="card empty"><p>${say.text(words.noMeasures)}</p></div>`;
  const list = html`<div class="card">
    <ul class="pairs">
      ${measures.map((measure) => html`<li>${pairOf(say, measure)} ${liftLink(say, measure)}</li>`)}
    </ul>
  </div>`;
  return {
    title,
    isLive: true,
    body: html`<h1>${title}</h1>
      ${notice === undefined ? undefined : html`<p class="notice warn" role="alert">${notice}</p>`}
      ${measures.length === 0 ? empty : list}`,
  };
}

/** Where a measure on somebody is lifted; ids may have any character. */
export const liftPath = ({ who: { kind, id } }: Pick<Measure, 'who'>): string =>
  `/measures/${kind}/${encodeURIComponent(id.toWellFormed())}`;

/** Whom it meets, how, and until when. */
export const pairOf = (say: Say, { who, kind, until }: Measure): Html =>
  html`<span>${say.text(suspectWords[who.kind])} <span class="target">${who.id}</span></span>
    <span
      ><b>${say.text(measureWords[kind])}</b>
      <span class="muted">${say.text(words.until)} ${say.moment(until)}</span></span
    >`;

const liftLink = (say: Say, measure: Measure): Html => {
  const { kind, id } = measure.who;
  // Many links of the same words would be told apart by the eye alone.
  const whom = `${say.text(words.lift)}: ${say.text(suspectWords[kind])} ${id}`;
  return html`<a href="${liftPath(measure)}" aria-label="${whom}">${say.text(words.lift)}</a>`;
};
