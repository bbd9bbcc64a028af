import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const browser = fileURLToPath(new URL('../../../src/adapters/browser/', import.meta.url));

describe('the texts of the pages', () => {
  const russian = catalogue('ru');
  const english = catalogue('en');

  it('exist in Russian and in English alike, and none is empty', () => {
    assert.deepEqual([...english.keys()], [...russian.keys()]);
    assert.deepEqual(empties(russian).concat(empties(english)), []);
  });

  it('are filled with the same values in both languages', () => {
    for (const [id, text] of russian) {
      assert.deepEqual(values(english.get(id) ?? ''), values(text), id);
    }
  });

  it('exist for every id a page uses', () => {
    const known = new Set(russian.keys());
    const sections = new Set([...known].map((id) => id.split('.')[0]));
    const used = literals().filter((text) => sections.has(text.split('.')[0]));

    assert.deepEqual(
      used.filter((id) => !known.has(id)),
      [],
    );
  });

  it('are all used: no text is kept that nobody reads', () => {
    const used = new Set(literals());

    assert.deepEqual(
      [...russian.keys()].filter((id) => !used.has(id)),
      [],
    );
  });
});

function catalogue(locale: string): Map<string, string> {
  const text = readFileSync(join(browser, `i18n/locales/${locale}.po`), 'utf8');
  const entries = text.matchAll(/^msgid "([^"]+)"\nmsgstr "(.*)"$/gmu);
  return new Map([...entries].map(([, id, translation]) => [id ?? '', translation ?? '']));
}

function empties(texts: Map<string, string>): string[] {
  return [...texts].filter(([, text]) => text === '').map(([id]) => id);
}

function values(text: string): string[] {
  return [
    ...new Set([...text.matchAll(/\{(\w+)(?:\}|, plural)/gu)].map(([, name]) => name ?? '')),
  ].sort();
}

// Ids are written out in the source, never glued together, so that this search finds them all.
function literals(): string[] {
  const sources = readdirSync(browser, { recursive: true, encoding: 'utf8' });
  return sources
    .filter((name) => /\.tsx?$/u.test(name))
    .map((name) => readFileSync(join(browser, name), 'utf8'))
    .flatMap((source) => [...source.matchAll(/'([a-z][a-z-]*(?:\.[a-z][a-z-]*)+)'/gu)])
    .map(([, id]) => id ?? '')
    .filter((id) => !/\.(ts|tsx|css|po|json)$/u.test(id));
}
