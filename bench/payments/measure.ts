import type { BenchOptions } from './options.ts';
import { cpuTime, ticksPerSecond, usedBetween } from './cpu.ts';
import { pgbenchNotices, seedAwaited, takeNotices } from './notices.ts';
import { dice, load, loadUntilShown, type Payer } from './payers.ts';
import type { Pgbench } from './pgbench.ts';
import { run, type Place } from './place.ts';
import { openInside, type Behind, type BenchPortal } from './portal.ts';
import type { Findings, Rate, RoundNotices, RoundRates } from './report.ts';
import type { Script } from './script.ts';
import type { Scripts } from './scripts.ts';

/** Everything a round needs. */
export interface Bench {
  readonly options: BenchOptions;
  readonly place: Place;
  readonly portal: BenchPortal;
  readonly behind: Behind;
  readonly payer: Payer;
  readonly simulated: (customer: number, key: string) => Promise<void>;
  readonly pgbench: Pgbench;
  readonly scripts: Scripts;
}

const aloneCount = 100;
/** Numbers of what pgbench makes in one run; no two runs share any. */
const perRun = 10_000_000;

/** All rounds, one subject after the other in each. */
export async function measure(bench: Bench): Promise<Omit<Findings, 'versions' | 'trips'>> {
  const { options, payer } = bench;
  const subjects = subjectsOf(bench);
  // What has just started is still being compiled.
  console.error('warming up');
  await subjects.shown(-1);
  await emptyOutboxes(bench.place);
  const rates: RoundRates[] = [];
  const notices: RoundNotices[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    console.error(`round ${round + 1} of ${options.rounds}`);
    const order = Object.keys(subjects) as (keyof typeof subjects)[];
    if (round % 2 === 1) order.reverse();
    const found: Partial<Record<keyof typeof subjects, Rate>> = {};
    for (const name of order) {
      found[name] = await timed(() => subjects[name](round));
      await emptyOutboxes(bench.place);
    }
    rates.push(ratesOf(found as Record<keyof typeof subjects, Rate>));
    notices.push(await noticesOf(bench, round));
  }
  const pay = payingBy(bench, 'alone', payer);
  const settled: number[] = [];
  for (let n = 0; n < aloneCount; n += 1) settled.push(...(await load(1, 0.01, pay)).times);
  const shown: number[] = [];
  const inside = await openInside(bench.portal, bench.behind);
  for (let n = 0; n < aloneCount; n += 1) {
    const start = performance.now();
    await loadUntilShown(1, 0.01, inside, pay);
    shown.push(performance.now() - start);
  }
  await inside.stop();
  return { options, rates, notices, alone: { settled, shown } };
}

/** A subject's rate with what it cost in processor time, all programs and the server taken together. */
async function timed(subject: () => Promise<Counted>): Promise<Rate> {
  const before = cpuTime();
  const { count, perSecond } = await subject();
  const { own, foreignShare } = usedBetween(before, cpuTime());
  return { perSecond, cpuMs: (own * 1_000) / ticksPerSecond / count, foreignShare };
}

interface Counted {
  readonly count: number;
  readonly perSecond: number;
}

function subjectsOf(bench: Bench) {
  const { options, portal, behind, payer, scripts, simulated } = bench;
  const { connections, customers, seed } = options;
  const ms = options.seconds * 1_000;
  const by = (script: Script, database: 'portal' | 'gateway' | 'books', share: number) =>
    pgbenchBy(bench, script, database, share);
  return {
    settled: (round: number) => load(connections, ms, payingBy(bench, `settled${round}`, payer)),
    life: by(scripts.life, 'portal', 1),
    shown: async (round: number) => {
      const inside = await openInside(portal, behind);
      try {
        const pay = payingBy(bench, `shown${round}`, payer);
        return await loadUntilShown(connections, ms, inside, pay);
      } finally {
        await inside.stop();
      }
    },
    gateway: by(scripts.inside.gateway, 'gateway', 0.5),
    books: by(scripts.inside.books, 'books', 0.5),
    back: by(scripts.inside.portal, 'portal', 0.5),
    simulated: async (round: number) => {
      const draw = dice(seed + round, customers);
      const state = { made: 0 };
      portal.provider.mode.isAtOnce = false;
      const loaded = await load(connections, ms, () => {
        state.made += 1;
        return simulated(draw(), `simulated${round}-${state.made}`);
      });
      portal.provider.mode.isAtOnce = true;
      return loaded;
    },
  };
}

function ratesOf(found: Record<keyof ReturnType<typeof subjectsOf>, Rate>): RoundRates {
  const { settled, shown, simulated, life, gateway, books, back } = found;
  return { settled, shown, simulated, pgbench: { life, gateway, books, portal: back } };
}

/** One payment of a customer drawn by the seed, up to its receipt. */
function payingBy({ options }: Bench, name: string, payer: Payer): () => Promise<void> {
  const draw = dice(options.seed + name.length, options.customers);
  const state = { made: 0 };
  return async () => {
    state.made += 1;
    await payer.notified(await payer.sent(draw(), `${name}-${state.made}`));
  };
}

const runs = { count: 0 };
function pgbenchBy(
  { options, place, pgbench }: Bench,
  script: Script,
  database: 'portal' | 'gateway' | 'books',
  share: number,
): (round: number) => Promise<Counted> {
  const { connections, customers, seed, seconds } = options;
  return async (round) => {
    runs.count += 1;
    const { perSecond, times } = await pgbench({
      url: place.pgbenchUrl(database),
      script,
      connections,
      until: ['-T', Math.max(1, Math.round(seconds * share))],
      numbers: { i: 0, base: runs.count * perRun, clients: connections, customers },
      seed: seed + round,
    });
    return { perSecond, count: times.length };
  };
}

async function noticesOf(bench: Bench, round: number): Promise<RoundNotices> {
  const { options, place, portal, pgbench, scripts } = bench;
  const { notices: count, customers } = options;
  const first = 1 + round * count;
  await seedAwaited(place, first, count, customers);
  const ours = () => takeNotices(portal, first, count);
  runs.count += 1;
  const bare = () => pgbenchNotices(pgbench, place, scripts, { first, count, customers });
  const found =
    round % 2 === 0
      ? { ours: await ours(), pgbench: await bare() }
      : { pgbench: await bare(), ours: await ours() };
  await emptyOutboxes(place);
  return found;
}

/** Nobody takes these messages: what a subject left behind must not slow down the next one. */
async function emptyOutboxes(place: Place): Promise<void> {
  const databases = [place.url('portal'), place.pgbenchUrl('portal'), place.pgbenchUrl('books')];
  for (const url of databases) await run(url, 'TRUNCATE outbox');
}
