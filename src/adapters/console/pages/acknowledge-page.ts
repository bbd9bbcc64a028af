import { detectorWords } from '../../../application/gateway/detector-words.ts';
import type { LinkState } from '../../../application/gateway/look-at-link.ts';
import type { Texts } from '../../../domain/locale.ts';
import type { Incident } from '../../../domain/protection/incident.ts';
import { html, type Html } from '../html.ts';
import type { Say } from '../say.ts';
import { stateWords, words } from '../words.ts';
import { severityBadge } from './incident-list.ts';
import type { Page } from './layout.ts';

/** What somebody sees who follows the link of a notice; they need not be signed in, so evidence stays out. */
export function acknowledgePage(say: Say, link: LinkState, token: string): Page {
  switch (link.state) {
    case 'useful':
      return about(say, link.incident, [
        html`<p>${say.text(words.linkUseful)}</p>
          <form method="post" action="/acknowledge/${token}">
            <button class="main">${say.text(words.acknowledge)}</button>
          </form>`,
      ]);
    case 'used':
      return about(say, link.incident, [
        html`<p class="notice warn" role="status">
          ${say.text(words.linkUsed)}${whyUsed(say, link.incident)}
          ${say.text(words.linkNothingChanged)}
        </p>`,
      ]);
    case 'ran-out':
      return refusal(say, words.linkRanOut);
    case 'superseded':
      return refusal(say, words.linkSuperseded);
    case 'not-ours':
      return refusal(say, words.linkNotOurs);
  }
}

/** What somebody sees whose acknowledgement was taken. */
export const acknowledgedPage = (say: Say, incident: Incident): Page =>
  about(say, incident, [
    html`<p class="notice good" role="status">${say.text(words.linkTaken)}</p>`,
  ]);

const whyUsed = (say: Say, { state, movedBy }: Incident): string =>
  state === 'acknowledged' || state === 'mitigating'
    ? `${say.text(words.linkUsedBy)}${movedBy ?? '?'}.`
    : say.text(words.linkOver);

function about(say: Say, incident: Incident, more: readonly Html[]): Page {
  const { detector, target, state, firstAt, sightings } = incident;
  const title = say.text(detectorWords[detector].title);
  return {
    title,
    body: html`<div class="row">
        ${severityBadge(say, incident)}
        <span class="state ${state}">${say.text(stateWords[state])}</span>
      </div>
      <h1>${title}</h1>
      <div class="card">
        <p class="target">${target}</p>
        <p class="muted">
          ${say.text(words.since)} ${say.moment(firstAt)} · ${say.text(words.sightings)}:
          ${say.number(sightings)}
        </p>
        ${more}
      </div>
      <p><a href="/incidents/${incident.id}">${say.text(words.toConsole)}</a></p>`,
  };
}

const refusal = (say: Say, why: Texts): Page => ({
  title: say.text(words.acknowledge),
  body: html`<h1>${say.text(words.acknowledge)}</h1>
    <p class="notice bad" role="status">${say.text(why)} ${say.text(words.linkNothingChanged)}</p>
    <p><a href="/">${say.text(words.toConsole)}</a></p>`,
});
