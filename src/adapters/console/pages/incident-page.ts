import { detectorWords } from '../../../application/gateway/detector-words.ts';
import type { MadeMove } from '../../../application/ports/incident-store.ts';
import type { RefusedBody } from '../../../application/ports/refused-body-store.ts';
import type { Texts } from '../../../domain/locale.ts';
import type { Incident } from '../../../domain/protection/incident.ts';
import { isLegalMove, type IncidentState } from '../../../domain/protection/incident-moves.ts';
import { originCount, topOrigins } from '../../../domain/protection/origins.ts';
import { html, type Html } from '../html.ts';
import type { Say } from '../say.ts';
import { stateWords, verdictWords, words } from '../words.ts';
import { severityBadge } from './incident-list.ts';
import type { Page } from './layout.ts';

/** What is known of an incident beside itself. */
export interface Known {
  readonly moves: readonly MadeMove[];
  readonly bodies: readonly RefusedBody[];
}

/** All that is known of one incident, and what may be done about it. */
export function incidentPage(
  say: Say,
  incident: Incident,
  { moves, bodies }: Known,
  notice?: string,
): Page {
  const { detector, state, target, evidence } = incident;
  const title = say.text(detectorWords[detector].title);
  return {
    title,
    body: html`<div class="row">
        ${severityBadge(say, incident)}
        <span class="state ${state}">${say.text(stateWords[state])}</span>
      </div>
      <h1>${title}</h1>
      <p class="target big">${target}</p>
      ${notice === undefined ? undefined : html`<p class="notice warn" role="alert">${notice}</p>`}
      ${actions(say, incident)} ${facts(say, incident)}
      <section class="card">
        <h2>${say.text(words.evidence)}</h2>
        <pre tabindex="0">${evidence}</pre>
      </section>
      ${bodiesOf(say, bodies)} ${originsOf(say, incident)} ${history(say, moves)}`,
  };
}

const acts: readonly (readonly [to: IncidentState, act: string, title: Texts])[] = [
  ['acknowledged', 'acknowledge', words.acknowledge],
  ['mitigating', 'mitigate', words.mitigate],
  ['resolved', 'resolve', words.resolve],
  ['reviewed', 'review-true', words.reviewTrue],
  ['reviewed', 'review-false', words.reviewFalse],
];

function actions(say: Say, { id, state }: Incident): Html {
  const legal = acts.filter(([to]) => isLegalMove(state, to));
  if (legal.length === 0) return html`<p class="muted">${say.text(words.done)}</p>`;
  return html`<form class="acts" method="post" action="/incidents/${id}/moves">
    <h2 class="hidden">${say.text(words.whatToDo)}</h2>
    ${legal.map(
      ([, act, name], at) =>
        html`<button class="${at === 0 ? 'main' : 'plain'}" name="act" value="${act}">
          ${say.text(name)}
        </button>`,
    )}
  </form>`;
}

function facts(say: Say, incident: Incident): Html {
  const { firstAt, lastAt, sightings, verdict, detector } = incident;
  const rows: readonly (readonly [Texts, string | Html])[] = [
    [words.first, say.moment(firstAt)],
    [words.lastSighting, say.moment(lastAt)],
    [words.sightingsCount, say.number(sightings)],
    [words.bySelf, say.text(detectorWords[detector].action)],
    ...(verdict === undefined ? [] : [[words.verdict, say.text(verdictWords[verdict])] as const]),
  ];
  return html`<dl class="card facts">
    ${rows.map(
      ([name, value]) =>
        html`<div>
          <dt>${say.text(name)}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

/** Digest and length only: what such a message says is for who has the key, not for a page. */
function bodiesOf(say: Say, bodies: readonly RefusedBody[]): Html | undefined {
  if (bodies.length === 0) return undefined;
  return html`<section class="card">
    <h2>${say.text(words.bodies)}</h2>
    <p class="muted">${say.text(words.bodiesHow)}</p>
    <ul class="bodies">
      ${bodies.map(
        ({ id, at, digest, length }) =>
          html`<li>
            <code>${id}</code> <span class="muted">${say.moment(at)}</span><br />
            <span class="muted"
              >${say.number(length)} ${say.text(words.bytes)} · SHA-256 <code>${digest}</code></span
            >
          </li>`,
      )}
    </ul>
  </section>`;
}

const shownOrigins = 10;

function originsOf(say: Say, { origins }: Incident): Html {
  const count = originCount(origins);
  const about = origins.isExact ? '' : `${say.text(words.about)} `;
  const body =
    count === 0
      ? html`<p class="muted">${say.text(words.noOrigins)}</p>`
      : html`<p class="muted">${say.text(words.originsInAll)}: ${about}${say.number(count)}</p>
          <ol class="pairs">
            ${topOrigins(origins, shownOrigins).map(
              ({ origin, sightings }) =>
                html`<li>
                  <span class="target">${origin}</span> <b>${say.number(sightings)}</b>
                </li>`,
            )}
          </ol>`;
  return html`<section class="card">
    <h2>${say.text(words.origins)}</h2>
    ${body}
  </section>`;
}

function history(say: Say, moves: readonly MadeMove[]): Html {
  const lines = moves.map(
    ({ from, to, at, by }) =>
      html`<li>
        <span
          >${say.text(stateWords[from])} → <b>${say.text(stateWords[to])}</b>,
          ${by ?? say.text(words.time)}</span
        >
        <span class="muted">${say.moment(at)}</span>
      </li>`,
  );
  return html`<section class="card">
    <h2>${say.text(words.history)}</h2>
    ${
      lines.length === 0
        ? html`<p class="muted">${say.text(words.noMoves)}</p>`
        : html`<ol class="pairs">
            ${lines}
          </ol>`
    }
  </section>`;
}
