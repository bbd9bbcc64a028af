import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

const home = join(import.meta.dirname, '../..');

/** What a tutorial has its reader do: the `sh` and `diff` blocks of a text in Markdown. */
export interface TutorialSteps {
  readonly commands: readonly string[];
  readonly edits: readonly TutorialEdit[];
}
/** Lines with `-` go, lines with `+` come, the others stand; `@@` leaves some out. */
export interface TutorialEdit {
  readonly path: string;
  readonly diff: string;
}

export function stepsOf(markdown: string): TutorialSteps {
  const blocks = [...markdown.matchAll(/^```(sh|diff)(?: title="(.+)")?\n([\s\S]*?)^```$/gm)];
  return {
    commands: blocks.flatMap(([, kind, , text = '']) => (kind === 'sh' ? [text.trim()] : [])),
    edits: blocks.flatMap(([, kind, path = '', diff = '']) =>
      kind === 'diff' ? [{ path, diff }] : [],
    ),
  };
}

/** How a command ended, with all that it printed. */
export interface Ended {
  readonly code: number;
  readonly output: string;
}

/** A checkout of one's own, in a folder that is thrown away, where a tutorial can be followed. */
export interface CheckoutCopy {
  readonly folder: string;
  run(command: string): Promise<Ended>;
  edit(edit: TutorialEdit): void;
  remove(): void;
}

export function copyOfCheckout(env: Readonly<Record<string, string>>): CheckoutCopy {
  const folder = mkdtempSync(join(tmpdir(), 'kabinet-tutorial-'));
  const entries = ['src', 'test', 'scripts', 'package.json', 'tsconfig.json', '.prettierrc.json'];
  const filter = (from: string) => basename(from) !== 'dist';
  for (const entry of entries) {
    cpSync(join(home, entry), join(folder, entry), { recursive: true, filter });
  }
  symlinkSync(join(home, 'node_modules'), join(folder, 'node_modules'));
  const own = [dirname(process.execPath), join(home, 'node_modules/.bin'), process.env['PATH']];
  const all = { ...process.env, ...env, PATH: own.join(':'), NODE_V8_COVERAGE: undefined };
  return {
    folder,
    run: (command) =>
      new Promise((resolve) => {
        const options = { cwd: folder, env: all, maxBuffer: 2 ** 26 };
        execFile('sh', ['-c', withoutNpm(command)], options, (error, out, err) => {
          resolve({ code: error === null ? 0 : Number(error.code), output: out + err });
        });
      }),
    edit: (edit) => {
      applyTo(join(folder, edit.path), edit.diff);
    },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What npm would run: it is not everywhere where the tests are, and its first step installs packages. */
function withoutNpm(command: string): string {
  const { scripts } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as {
    scripts: Readonly<Record<string, string>>;
  };
  return command
    .replace(/\bnpm run (\S+)(?: --)?/, (_, name: string) => scripts[name] ?? `no-script-${name}`)
    .replace(/\bnpx /, '');
}

function applyTo(path: string, diff: string): void {
  let text = readFileSync(path, 'utf8');
  for (const hunk of diff.trimEnd().split(/^@@.*\n/m)) {
    const lines = hunk.trimEnd().split('\n');
    const side = (others: string) =>
      lines.filter((line) => !line.startsWith(others)).map((line) => line.slice(1));
    const [before, after] = [`\n${side('+').join('\n')}\n`, `\n${side('-').join('\n')}\n`];
    const parts = text.split(before);
    assert.equal(parts.length, 2, `not there, or not once, in ${path}:${before}`);
    text = parts.join(after);
  }
  writeFileSync(path, text);
}
