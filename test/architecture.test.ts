import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

const home = join(import.meta.dirname, '..');
const sources = globSync('src/**/*.{ts,tsx}', { cwd: home }).toSorted();
const tests = globSync('test/**/*.ts', { cwd: home, exclude: ['test/breaches/**'] });
const read = (file: string): string => readFileSync(join(home, file), 'utf8');
const lineCount = (file: string): number => read(file).trimEnd().split('\n').length;

const cruiseAnswer = z.object({
  summary: z.object({
    totalCruised: z.number(),
    violations: z.array(
      z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) }),
    ),
    ruleSetUsed: z.object({ forbidden: z.array(z.object({ name: z.string() })) }),
  }),
});

/** Runs the import rules over `src` below the folder. */
const cruise = (folder: string) => {
  const program = realpathSync(join(home, 'node_modules/.bin/depcruise'));
  const args = ['--config', join(home, '.dependency-cruiser.mjs'), '--output-type', 'json', 'src'];
  const options = { cwd: join(home, folder), maxBuffer: 2 ** 28 };
  const output = execFileSync(process.execPath, [program, ...args], options).toString();
  return cruiseAnswer.parse(JSON.parse(output)).summary;
};

describe('The import rules', function () {
  // Every file is parsed: on a busy machine that alone takes longer than any test may by itself.
  this.timeout(120_000);
  it('hold in src, and see every file of it', () => {
    const { violations, totalCruised } = cruise('.');

    assert.deepEqual(
      violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
      [],
    );
    assert.ok(totalCruised >= sources.length, `only ${String(totalCruised)} files were looked at`);
  });

  it('fire, every one, on the file that breaks it', () => {
    const { violations, ruleSetUsed } = cruise('test/breaches');

    const silent = ruleSetUsed.forbidden.filter(
      ({ name }) =>
        !violations.some((v) => v.rule.name === name && basename(v.from).startsWith(name)),
    );
    assert.deepEqual(silent, []);
  });
});

describe('The files', () => {
  it('carry no name that hides what they are', () => {
    const banned =
      /^(managers?|helpers?|utils?|common|misc|base|impl|data|info|dtos?|mappers?|handlers?|factory|index)$/;
    const hiding = [...sources, ...tests].filter((file) =>
      file
        .split('/')
        .flatMap((part) => part.replace(/\..*$/, '').split('-'))
        .some((word) => banned.test(word)),
    );
    assert.deepEqual(hiding, []);
  });

  it('are named in kebab-case', () => {
    const odd = [...sources, ...tests].filter(
      (file) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|config|d))?\.tsx?$/.test(basename(file)),
    );
    assert.deepEqual(odd, []);
  });

  it('are short: none over 300 lines, half of them under 90', () => {
    const long = [...sources, ...tests].filter((file) => lineCount(file) > 300);
    assert.deepEqual(long, []);

    const sizes = sources.map(lineCount).toSorted((a, b) => a - b);
    const median = sizes[Math.floor(sizes.length / 2)] ?? 0;
    assert.ok(median < 90, `the median is ${String(median)} lines`);
  });

  it('are worth opening: none under src is shorter than 5 lines', () => {
    assert.deepEqual(
      sources.filter((file) => lineCount(file) < 5),
      [],
    );
  });

  it('export by name and from the very file', () => {
    const barrels = sources.filter(
      (file) =>
        /^export (default|\*)/m.test(read(file)) && !/\.config\.ts$|\.d\.ts$/.test(basename(file)),
    );
    assert.deepEqual(barrels, []);
  });
});

describe('The core', () => {
  // Importing also lets the coverage count the files that no test has touched.
  for (const file of sources.filter((name) => /^src\/(domain|application)\//.test(name))) {
    it(`loads ${file} by itself, without any adapter`, async () => {
      await import(pathToFileURL(join(home, file)).href);
    });
  }
});

describe('The documents', () => {
  const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'];
  for (const document of documents.filter((name) => existsSync(join(home, name)))) {
    it(`${document} names only paths that exist`, () => {
      assert.deepEqual(
        pathsIn(read(document)).filter((path) => !existsSync(join(home, path))),
        [],
      );
    });
  }
});

const topLevel = 'src|test|deploy|docs|bench|scripts|\\.ci';

/** Whatever stands in backquotes or in a link and starts with one of our folders; `<name>` is a blank. */
const pathsIn = (text: string): string[] => {
  const quoted = [...text.matchAll(/`([^`\s]+)`|\]\(([^)\s#]+)/g)].map((m) => m[1] ?? m[2] ?? '');
  return quoted
    .map((path) => path.replace(/^\.\//, '').replace(/[:#]\d+$/, ''))
    .filter((path) => new RegExp(`^(${topLevel})/`).test(path))
    .filter((path) => !/[<>*{}…]/.test(path));
};
