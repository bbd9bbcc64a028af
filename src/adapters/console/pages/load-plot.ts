import { historyMs, type LoadPoint } from '../../../application/gateway/load-history.ts';
import { html, type Html } from '../html.ts';
import type { Say } from '../say.ts';
import { words } from '../words.ts';

const width = 600;
const height = 120;

/** Draws the load of the last ten minutes against the grant; time runs to the right and ends with the newest point. */
export function loadPlot(say: Say, points: readonly LoadPoint[]): Html {
  const newest = points.at(-1);
  if (newest === undefined) return html`<p class="muted">${say.text(words.soon)}</p>`;

  const top = topOf(points);
  const place = (of: (point: LoadPoint) => number): string =>
    points
      .map((point) => {
        const x = width - ((newest.at - point.at) / historyMs) * width;
        return `${x.toFixed(1)},${(height - (of(point) / top) * height).toFixed(1)}`;
      })
      .join(' ');
  const rate = (name: keyof typeof words, value: number): string =>
    `${say.text(words[name])} ${say.number(value)}`;
  const label = [
    rate('plotPassed', newest.passedPerSecond),
    rate('plotBusy', newest.busyPerSecond),
    rate('plotGrant', newest.grantedPerSecond),
  ].join(', ');
  return html`<figure>
    <p class="top">${say.text(words.most)}${say.number(top)}</p>
    <svg
      viewBox="0 0 ${width} ${height}"
      preserveAspectRatio="none"
      role="img"
      aria-label="${label}"
    >
      <polyline class="grant" points="${place((point) => point.grantedPerSecond)}" />
      <polyline class="passed" points="${place((point) => point.passedPerSecond)}" />
      <polyline class="busy" points="${place((point) => point.busyPerSecond)}" />
    </svg>
    <figcaption>
      <span class="ends"
        ><span>${say.text(words.tenMinutes)}</span> <span>${say.text(words.now)}</span></span
      >
      <span class="key"
        ><span class="mark passed">${say.text(words.plotPassed)}</span>
        <span class="mark busy">${say.text(words.plotBusy)}</span>
        <span class="mark grant">${say.text(words.plotGrant)}</span></span
      >
    </figcaption>
  </figure>`;
}

/** A little over everything that is drawn; never nothing. */
const topOf = (points: readonly LoadPoint[]): number =>
  Math.max(
    1,
    Math.ceil(
      1.1 *
        Math.max(
          ...points.flatMap(({ passedPerSecond, busyPerSecond, grantedPerSecond }) => [
            passedPerSecond,
            busyPerSecond,
            grantedPerSecond,
          ]),
        ),
    ),
  );
