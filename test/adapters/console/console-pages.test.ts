import assert from 'node:assert/strict';
import fc from 'fast-check';
import { acknowledgePage } from '../../../src/adapters/console/pages/acknowledge-page.ts';
import { livePage } from '../../../src/adapters/console/pages/incident-list.ts';
import { incidentPage } from '../../../src/adapters/console/pages/incident-page.ts';
import { documentOf, type Page } from '../../../src/adapters/console/pages/layout.ts';
import { liftPage } from '../../../src/adapters/console/pages/lift-page.ts';
import { loadPlot } from '../../../src/adapters/console/pages/load-plot.ts';
import { measuresPage } from '../../../src/adapters/console/pages/measures-page.ts';
import { signInPage } from '../../../src/adapters/console/pages/sign-in-page.ts';
import { localeOf, saying } from '../../../src/adapters/console/say.ts';
import { addOrigin, noOrigins } from '../../../src/domain/protection/origins.ts';
import { later, second } from '../../../src/domain/time.ts';
import { givenIncident, morning } from '../../support/any-incident.ts';
import '../../support/fc-runs.ts';

const say = saying('en', 'Europe/Moscow');
/** Texts of an attacker: anything, and what pages are broken with. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        ...['<', '>', '"', "'", '&', '`', '</pre>', '<script>', '<!--', ']]>', '\u202e', '\0'],
        ...['&lt;', '="', ' onload=x ', '/>', '\n', 'javascript:', '\ud800', '${1}', '$&'],
      ),
    )
    .map((parts) => parts.join('')),
);
const pagesOf = (text: string): Page[] => {
  const incident = givenIncident({
    target: text,
    evidence: text,
    movedBy: text,
    state: 'acknowledged',
    origins: addOrigin(noOrigins, text),
  });
  const move = { from: 'open', to: 'acknowledged', at: morning, by: text } as const;
  const body = {
    ...{ id: 'b' as never, at: morning, incidentKey: text, messageId: text, digest: 'd' },
    ...{ length: 7, sealed: text },
  };
  const who = { kind: 'session', id: text } as const;
  return [
    livePage(say, [incident]),
    incidentPage(say, incident, { moves: [move], bodies: [body] }, text),
    acknowledgePage(say, { state: 'used', incident, person: text }, text),
    acknowledgePage(say, { state: 'useful', incident, person: text }, text),
    measuresPage(say, [{ who, kind: 'tarpit', until: morning }], text),
    liftPage(say, { who, kind: 'tarpit', until: morning }, text, text),
    signInPage(say, text, text, text),
  ];
};
const documents = (text: string): string[] => {
  const watcher = { id: 'w' as never, login: 'igor', name: text, isActive: true };
  const query = new URLSearchParams([['page', text]]);
  return pagesOf(text).map((page) => documentOf({ say, watcher, path: '/', query }, page));
};
/** Everything of a document that is markup and not text. */
const skeleton = (document: string): string[] =>
  (document.match(/<[^>]*>/g) ?? []).map((tag) => tag.replace(/"[^"]*"/g, '""'));

describe('the pages of the console', () => {
  it('keep their tags and attributes whatever an attacker’s text says', () => {
    const plain = documents('plain').map(skeleton);

    fc.assert(
      fc.property(hostile, (text) => {
        assert.deepEqual(documents(text).map(skeleton), plain);
      }),
    );
  });

  it('show every text as it was, but for what cannot be seen', () => {
    const marks: Readonly<Record<string, string>> = {
      ...{ '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' },
    };
    fc.assert(
      fc.property(hostile, (text) => {
        const [, shown = ''] =
          /<pre tabindex="0">([^]*?)<\/pre>/.exec(
            incidentPage(say, givenIncident({ evidence: text }), { moves: [], bodies: [] }).body
              .markup,
          ) ?? [];
        const read = shown.replace(/&(?:lt|gt|quot|#39|amp);/g, (mark) => marks[mark] ?? '');
        const visible = text.replace(/(?![\n\t])[\p{C}\p{Zl}\p{Zp}]/gu, (char) =>
          /\p{Cn}|\p{Co}/u.test(char) ? char : '\ufffd',
        );
        assert.equal(read, visible);
      }),
    );
  });

  it('draw every load inside the plot', () => {
    const anyRate = fc.double({ min: 0, max: 1e6, noNaN: true });
    const anyPoint = fc.record({ passed: anyRate, busy: anyRate, granted: anyRate });

    fc.assert(
      fc.property(fc.array(anyPoint, { minLength: 1, maxLength: 120 }), (points) => {
        const drawn = loadPlot(
          say,
          points.map(({ passed, busy, granted }, at) => ({
            at: later(morning, at * 5 * second),
            passedPerSecond: passed,
            busyPerSecond: busy,
            grantedPerSecond: granted,
          })),
        ).markup;
        const lines = [...drawn.matchAll(/points="([^"]*)"/g)].map(([, line = '']) => line);
        const places = lines.flatMap((line) => line.split(' ').map((place) => place.split(',')));
        assert.equal(places.length, 3 * points.length);
        for (const [x, y] of places) {
          assert.ok(Number(x) >= 0 && Number(x) <= 600);
          assert.ok(Number(y) >= 0 && Number(y) <= 120);
        }
      }),
    );
  });

  it('speak the language chosen, then the one remembered, then the browser’s first they know', () => {
    assert.equal(localeOf('ru', 'en', 'en'), 'ru');
    assert.equal(localeOf('xx', 'ru', 'en'), 'ru');
    assert.equal(localeOf(undefined, undefined, 'de-DE, ru;q=0.8, en'), 'ru');
    assert.equal(localeOf(undefined, 'xx', ''), 'en');
  });
});
