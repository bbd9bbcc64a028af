import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formats, type Format, type Taken } from './statements/one.ts';

const help = `Usage: npm run bench -- statements [--rounds N] [--seed N]

Bank statements of 10 000, 100 000 and 1 000 000 movements, written and read: time, and the most memory the process
held. Each size is a process of its own. Reading is beside a loop that only takes the same bytes from the same file.

  --rounds N   runs of each size, of which the median is printed (3)
  --seed N     seed of the sums (1)
  --help       this text`;
const sizes = [10_000, 100_000, 1_000_000] as const;

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    rounds: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});

async function one(format: Format, count: number): Promise<Taken> {
  const script = join(import.meta.dirname, 'statements/one.ts');
  const child = fork(script, [format, String(count), values.seed]);
  const [taken] = (await once(child, 'message')) as [Taken];
  await once(child, 'exit');
  return taken;
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

async function bench(): Promise<void> {
  const rounds = Number(values.rounds);
  console.log(`Node ${process.version}, seed ${values.seed}, median of ${String(rounds)} runs\n`);
  console.log('format    movements      MiB   write ms    read ms   read to bare   peak MiB');
  for (const format of formats) {
    for (const count of sizes) {
      const taken: Taken[] = [];
      for (let round = 0; round < rounds; round += 1) taken.push(await one(format, count));
      const of = (pick: (one: Taken) => number): number => median(taken.map(pick));
      const cells = [
        format.padEnd(9),
        String(count).padStart(10),
        (of(({ bytes }) => bytes) / 2 ** 20).toFixed(1).padStart(9),
        of(({ writeMs }) => writeMs)
          .toFixed(0)
          .padStart(11),
        of(({ readMs }) => readMs)
          .toFixed(0)
          .padStart(11),
        of(({ readMs, bareMs }) => readMs / bareMs)
          .toFixed(1)
          .padStart(15),
        of(({ peakMiB }) => peakMiB)
          .toFixed(0)
          .padStart(11),
      ];
      console.log(cells.join(''));
    }
  }
}

if (values.help) console.log(help);
else await bench();
