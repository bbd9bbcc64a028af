import { detectorWords } from '../../../application/gateway/detector-words.ts';
import type { Incident } from '../../../domain/protection/incident.ts';
import { html, type Html } from '../html.ts';
import type { Say } from '../say.ts';
import { severityWords, stateWords, words } from '../words.ts';
import type { Page } from './layout.ts';

/** What is not over yet, as it was given: the gravest first. */
export function livePage(say: Say, incidents: readonly Incident[]): Page {
  const empty = html`<div class="card empty">
    <p class="big">${say.text(words.nothing)}</p>
    <p class="muted">${say.text(words.nothingMore)}</p>
  </div>`;
  const title = say.text(words.live);
  return {
    title,
    isLive: true,
    body: html`<h1>${title}</h1>
      ${incidents.length === 0 ? empty : listOf(say, incidents)}`,
  };
}

/** One page of all incidents; pages are counted from 1. */
export function allPage(
  say: Say,
  incidents: readonly Incident[],
  page: number,
  hasOlder: boolean,
): Page {
  const title = say.text(words.all);
  const to = (number: number, name: string, rel: string): Html =>
    html`<a rel="${rel}" href="/incidents?page=${number}">${name}</a>`;
  const empty = html`<div class="card empty"><p>${say.text(words.noIncidents)}</p></div>`;
  return {
    title,
    body: html`<h1>${title}</h1>
      ${incidents.length === 0 ? empty : listOf(say, incidents)}
      <nav class="pages" aria-label="${say.text(words.pages)}">
        ${page > 1 ? to(page - 1, say.text(words.newer), 'prev') : undefined}
        ${hasOlder ? to(page + 1, say.text(words.older), 'next') : undefined}
      </nav>`,
  };
}

const listOf = (say: Say, incidents: readonly Incident[]): Html =>
  html`<ul class="incidents">
    ${incidents.map((incident) => line(say, incident))}
  </ul>`;

function line(say: Say, incident: Incident): Html {
  const { id, detector, target, state, firstAt, lastAt, sightings } = incident;
  return html`<li class="card">
    <div class="row">
      ${severityBadge(say, incident)}
      <a class="title" href="/incidents/${id}">${say.text(detectorWords[detector].title)}</a>
      <span class="state ${state}">${say.text(stateWords[state])}</span>
    </div>
    <p class="target">${target}</p>
    <p class="muted">
      ${say.text(words.since)} ${say.moment(firstAt)} · ${say.text(words.last)}
      ${say.moment(lastAt)} · ${say.text(words.sightings)}: ${say.number(sightings)}
    </p>
  </li>`;
}

export const severityBadge = (say: Say, { severity }: Pick<Incident, 'severity'>): Html =>
  html`<span class="badge ${severity}">${severity} ${say.text(severityWords[severity])}</span>`;
