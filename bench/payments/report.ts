import { median } from '../load.ts';
import type { BenchOptions } from './options.ts';
import type { NoticeTimes } from './notices.ts';
import type { Scripts } from './scripts.ts';

/** What a subject did in one round. */
export interface Rate {
  readonly perSecond: number;
  /** Processor time of one payment, the database server's included. */
  readonly cpuMs: number;
  /** How much of the machine others had meanwhile. */
  readonly foreignShare: number;
}
/** One round. */
export interface RoundRates {
  readonly settled: Rate;
  readonly shown: Rate;
  readonly simulated: Rate;
  readonly pgbench: Readonly<Record<'life' | 'gateway' | 'books' | 'portal', Rate>>;
}
export interface RoundNotices {
  readonly ours: NoticeTimes;
  readonly pgbench: NoticeTimes;
}
export interface Findings {
  readonly options: BenchOptions;
  readonly versions: string;
  readonly trips: Scripts['trips'];
  readonly rates: readonly RoundRates[];
  readonly alone: { readonly settled: readonly number[]; readonly shown: readonly number[] };
  readonly notices: readonly RoundNotices[];
}

/** Prints what was found. */
export function report(found: Findings): void {
  const { payments, customers, connections, rounds, seconds, seed } = found.options;
  const { life, gateway, books, portal } = found.trips;
  console.log(
    [
      `${found.versions}, seed ${seed}`,
      `${payments} payments of ${customers} customers beforehand, fsync on, ${connections} connections and payers`,
      `${rounds} rounds of ${seconds} s a subject, order turned every second round; median (min–max)`,
      `one payment: ${life} round trips from wish to receipt; behind it ${gateway} at the gateway, ` +
        `${books} in the books, ${portal} back in the portal`,
    ].join('\n'),
  );
  printRates(found.rates);
  printAlone(found.alone);
  printNotices(found.notices);
}

/** One payment takes as long, and as much, as its parts together. */
function whole({ life, gateway, books, portal }: RoundRates['pgbench']): Rate {
  const parts = [life, gateway, books, portal];
  const sum = (read: (part: Rate) => number): number =>
    parts.reduce((all, part) => all + read(part), 0);
  return {
    perSecond: 1 / sum((part) => 1 / part.perSecond),
    cpuMs: sum((part) => part.cpuMs),
    foreignShare: sum((part) => part.foreignShare) / parts.length,
  };
}

type Row = readonly [
  name: string,
  rate: (one: RoundRates) => Rate,
  bare?: (one: RoundRates) => Rate,
];
const rows: readonly Row[] = [
  ['start → settled', (one) => one.settled, (one) => one.pgbench.life],
  ['  the same SQL by pgbench', (one) => one.pgbench.life],
  ['start → posted → in the history', (one) => one.shown, (one) => whole(one.pgbench)],
  ['  the same SQL by pgbench', (one) => whole(one.pgbench)],
  ['start → settled by the simulator', (one) => one.simulated, (one) => one.pgbench.life],
];

function printRates(rates: readonly RoundRates[]): void {
  const titles = ['per second', 'ratio to pgbench', 'CPU ms each', 'pgbench’s CPU to it', 'others'];
  console.log(`\n${'payments'.padEnd(34)}${titles.map((title) => title.padEnd(20)).join('')}`);
  for (const [name, rate, bare] of rows) {
    const ratio = (read: (one: Rate) => number): string =>
      bare === undefined
        ? ''
        : spread(
            rates.map((one) => read(rate(one)) / read(bare(one))),
            2,
          );
    const foreign = rates.map((one) => 100 * rate(one).foreignShare);
    const cells = [
      spread(
        rates.map((one) => rate(one).perSecond),
        0,
      ),
      ratio((one) => one.perSecond),
      spread(
        rates.map((one) => rate(one).cpuMs),
        2,
      ),
      ratio((one) => 1 / one.cpuMs),
      `${median(foreign).toFixed(0)} %`,
    ];
    console.log(`${name.padEnd(34)}${cells.map((cell) => cell.padEnd(20)).join('')}`);
  }
  console.log(
    [
      'The provider answers at once in this process and its notifications are truly signed. In the last line it is',
      'Stripe’s simulator in a process of its own, by HTTP, which tells of one payment in several notifications.',
      'Gateway and accounting run in a thread of their own, the broker between is a line in memory.',
      'pgbench runs each database’s part alone; 1 / rate of the parts is added, as one payment goes through all.',
      'Messages that leave together (taking from an outbox, deleting there) are left out of pgbench’s parts.',
      'CPU is that of all programs and the database server; “others” is the share of the machine that was not ours.',
    ].join('\n'),
  );
}

function printAlone({ settled, shown }: Findings['alone']): void {
  console.log(`\n${'one payment alone'.padEnd(50)}    p50 ms    p99 ms`);
  for (const [name, times] of [
    ['start → settled', settled],
    ['start → posted → in the history', shown],
  ] as const) {
    console.log(`${name.padEnd(50)}${text(share(times, 0.5))}${text(share(times, 0.99))}`);
  }
}

function printNotices(notices: readonly RoundNotices[]): void {
  console.log(
    `\n${'a notification, one connection'.padEnd(34)}   p50 ms pgbench  ratio` +
      `                p99 ms pgbench  ratio`,
  );
  for (const [name, of] of [
    ['first delivery', 'first'],
    ['repeated delivery', 'repeated'],
  ] as const) {
    const cells = [0.5, 0.99].map((at) => {
      const ours = notices.map((one) => share(one.ours[of], at));
      const bare = notices.map((one) => share(one.pgbench[of], at));
      const ratios = ours.map((ms, n) => ms / (bare[n] ?? NaN));
      return `${text(median(ours))}${text(median(bare)).slice(2)}  ${spread(ratios, 2).padEnd(18)}`;
    });
    console.log(`${name.padEnd(34)}${cells.join('')}`);
  }
  console.log('Here the ratio is time to time: 1 is as fast as pgbench, 2 takes twice as long.');
}

const share = (times: readonly number[], at: number): number =>
  times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * at)] ?? NaN;
const text = (ms: number): string => ms.toFixed(2).padStart(10);
const spread = (numbers: readonly number[], digits: number): string => {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  return `${median(numbers).toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`;
};
