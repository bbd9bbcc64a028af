import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { heapFlags } from './statements/heap-flags.ts';
import { kinds, type Kind, type Taken } from './statements/one.ts';

const help = `Usage: npm run bench -- statements [--size N]… [--format NAME]… [--rounds N] [--seed N]

The books written for other programs, and banks' files read into them, by the use cases and the adapters of
\`npm run books\`, with its bounds of the heap, over books that cost nothing: time, rows a second, and the most memory
the process held. Each line is a process of its own. The peak stands beside that of the smallest size. A bank's file is
read twice, once to believe it and once to book it, and is timed beside a loop that only takes the same bytes as often.

  --size N       movements; as often as you like (10 000 and 100 000; with 1 000 000 it takes a quarter of an hour)
  --format NAME  ${[...new Set(kinds.map(({ format }) => format))].join(', ')}; as often as you like (all of them)
  --rounds N     runs of each, of which the median is printed (1)
  --seed N       seed of the sums (1)
  --help         this text`;
const usualSizes = ['10000', '100000'];

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    size: { type: 'string', multiple: true, default: usualSizes },
    format: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});
const flags = [...heapFlags()];
const sizes = values.size.map((text) => Number(text.replaceAll(/[_ ]/g, '')));
const asked = kinds.filter(
  ({ format }) => values.format.length === 0 || values.format.includes(format),
);

async function one({ format, direction }: Kind, count: number, path: string): Promise<Taken> {
  const script = join(import.meta.dirname, 'statements/one.ts');
  const child = fork(script, [format, direction, String(count), values.seed, path], {
    execArgv: flags,
  });
  const told = new Promise<Taken>((resolve) => child.once('message', resolve as () => void));
  const ended = once(child, 'exit').then(([code]: unknown[]) => {
    throw new Error(`${format} ${direction} of ${String(count)} ended with ${String(code)}`);
  });
  // The child ends right after it has told; only an end without a word is a failure.
  return Promise.race([told, ended]);
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** Cells of one line, each under its heading. */
const columns = [
  ['format', -9],
  ['', -4],
  ['movements', 10],
  ['MiB', 9],
  ['ms', 9],
  ['rows/s', 9],
  ['to bare', 9],
  ['peak MiB', 10],
  ['to the smallest', 17],
] as const;
const line = (cells: readonly string[]): string =>
  columns
    .map(([, width], n) =>
      width < 0 ? (cells[n] ?? '').padEnd(-width) : (cells[n] ?? '').padStart(width),
    )
    .join('');

async function bench(folder: string): Promise<void> {
  const rounds = Number(values.rounds);
  console.log(`Node ${process.version} ${flags.join(' ')}, seed ${values.seed}`);
  console.log(`median of ${String(rounds)}\n\n${line(columns.map(([name]) => name))}`);
  for (const kind of asked) {
    let smallest: number | undefined;
    for (const count of sizes) {
      const path = join(folder, `${kind.format}-${String(count)}`);
      const taken: Taken[] = [];
      for (let round = 0; round < rounds; round += 1) taken.push(await one(kind, count, path));
      const of = (pick: (one: Taken) => number): number => median(taken.map(pick));
      const [ms, peakMiB] = [of((run) => run.ms), of((run) => run.peakMiB)];
      const bareMs = of((run) => run.bareMs ?? 0);
      smallest ??= peakMiB;
      const cells = [
        ...[kind.format, kind.direction, String(count)],
        (of(({ bytes }) => bytes) / 2 ** 20).toFixed(1),
        ms.toFixed(0),
        ((count * 1_000) / ms).toFixed(0),
        bareMs === 0 ? '' : (ms / bareMs).toFixed(0),
        peakMiB.toFixed(0),
        (peakMiB / smallest).toFixed(2),
      ];
      console.log(line(cells));
    }
  }
}

if (values.help) console.log(help);
else {
  const folder = mkdtempSync(join(tmpdir(), 'kabinet-bench-'));
  try {
    await bench(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
