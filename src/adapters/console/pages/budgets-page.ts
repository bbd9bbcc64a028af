import type { OperationLoad } from '../../../application/gateway/watch-load.ts';
import type { Texts } from '../../../domain/locale.ts';
import type { Curb } from '../../../domain/protection/curb.ts';
import { html, type Html } from '../html.ts';
import type { Say } from '../say.ts';
import { modeWords, surgeWords, words } from '../words.ts';
import type { Page } from './layout.ts';
import { loadPlot } from './load-plot.ts';

/** What may go inside, and how much of it is used. */
export function budgetsPage(say: Say, loads: readonly OperationLoad[]): Page {
  const title = say.text(words.budgets);
  const empty = html`<div class="card empty"><p>${say.text(words.noBudgets)}</p></div>`;
  return {
    title,
    isLive: true,
    body: html`<h1>${title}</h1>
      ${loads.length === 0 ? empty : loads.map((load) => operation(say, load))}`,
  };
}

function operation(say: Say, load: OperationLoad): Html {
  const { grant, limits, curb, passing, underWay, places, waiting, usualMs, points } = load;
  const newest = points.at(-1);
  const rows: readonly (readonly [Texts, string | Html])[] = [
    [words.rate, say.number(limits.rate.perSecond / grant.cost)],
    [words.passed, say.number(newest?.passedPerSecond ?? 0)],
    [words.refused, say.number(newest?.busyPerSecond ?? 0)],
    [words.underWay, say.number(underWay)],
    [words.waiting, say.number(waiting)],
    [words.places, say.number(places)],
    [words.concurrency, say.number(limits.concurrency)],
    [words.usual, say.number(Math.round(usualMs))],
    [words.expires, say.moment(grant.expiresAt)],
    ...(curb === undefined
      ? []
      : ([
          [words.passes, say.number(passing.rate.perSecond / grant.cost)],
          [words.passesAtOnce, say.number(passing.concurrency)],
        ] as const)),
  ];
  const warning = html`<p class="notice warn">${say.text(words.safe)}</p>`;
  return html`<section class="card">
    <div class="row">
      <h2 class="title">${grant.operation}</h2>
      <span class="state ${passing.mode}">${say.text(modeWords[passing.mode])}</span>
    </div>
    ${load.isSafe ? warning : undefined} ${curb && curbNotice(say, curb)} ${loadPlot(say, points)}
    <dl class="facts">
      ${rows.map(
        ([name, value]) =>
          html`<div>
            <dt>${say.text(name)}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
  </section>`;
}

/** Since when and why the gateway itself holds back. */
function curbNotice(say: Say, { because, share, since, until, evidence }: Curb): Html {
  const isThrottled = share < 1;
  const kept = html`; ${say.text(words.keeps)}: ${say.number(share * 100)}`;
  return html`<p class="notice warn">
    ${say.text(isThrottled ? words.curbed : words.shed)} ${say.moment(since)},
    ${say.text(words.because)}: ${say.text(surgeWords[because])}
    (${evidence})${isThrottled ? kept : undefined}; ${say.text(words.atMostUntil)}
    ${say.moment(until)}
  </p>`;
}
