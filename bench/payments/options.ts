import { parseArgs } from 'node:util';

export const paymentsHelp = `Usage: npm run bench -- payments [options]

Payments end to end and notifications, as ratios to the same SQL through pgbench in the same run: same server, same
data, same number of connections. The statements pgbench runs are those one traced payment made, in its transactions.

  --payments N      payments seeded beforehand (100000)
  --customers N     customers seeded beforehand (20000)
  --rounds N        rounds; every second one runs its subjects the other way round (5)
  --seconds N       length of one measurement (8)
  --notices N       notifications measured one by one in a round (1500)
  --connections N   payers at once, and connections of pgbench (8)
  --seed N          seed of data and choices (1)
  --help            this text`;

/** How much is measured, and over how much. */
export interface BenchOptions {
  readonly payments: number;
  readonly customers: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly notices: number;
  readonly connections: number;
  readonly seed: number;
}

const usual: BenchOptions = {
  payments: 100_000,
  customers: 20_000,
  rounds: 5,
  seconds: 8,
  notices: 1_500,
  connections: 8,
  seed: 1,
};

/** Reads the command line; undefined where the help is asked for. Throws an Error of one sentence. */
export function benchOptions(args: readonly string[]): BenchOptions | undefined {
  const number = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ payments: number, customers: number, rounds: number, seconds: number },
      ...{ notices: number, connections: number, seed: number },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const read = (name: keyof BenchOptions): number => {
    const given = values[name];
    if (given === undefined) return usual[name];
    if (!/^[1-9]\d{0,7}$/.test(given)) throw new Error(`--${name} ${given} is no whole number`);
    return Number(given);
  };
  const names = Object.keys(usual) as (keyof BenchOptions)[];
  const options = Object.fromEntries(names.map((name) => [name, read(name)]));
  return options as unknown as BenchOptions;
}
