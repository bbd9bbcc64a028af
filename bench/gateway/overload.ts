import { setTimeout as sleep } from 'node:timers/promises';
import { dice } from '../../test/support/dice.ts';
import { median } from '../load.ts';
import { openGatewayPlace, type GatewayPlace } from '../../test/support/gateway-place.ts';
import { type Inside, startInsideProcess } from './inside.ts';
import { ask, type Asked, type Asker, crowd, freshPerSecond, quantile } from './crowd.ts';

const places = 20;
const meanMs = 100;
const capacity = (places * 1_000) / meanMs;
/** How long an answer and the question after it may be on their way in a flood, where two cores do all of this. */
const wayMs = 60;
/** Its places, and those on their way (Little's law): else a place would stand empty between two requests. */
const granted = places + (capacity * wayMs) / 1_000;
const customers = 10_000;
/** What the inside says of itself: its rate, with a burst that fills its places once. */
const budgets = {
  'ledger.read-account': {
    rate: { perSecond: capacity * 1.5, burst: granted },
    concurrency: granted,
    cost: 1,
    mode: 'open',
    customer: { perSecond: 2, burst: 20 },
    safe: { rate: { perSecond: 20, burst: 20 }, concurrency: 2 },
  },
};

interface Options {
  readonly seed: number;
  readonly rounds: number;
  readonly seconds: number;
}

/** Floods the gateway and prints what of the inside's capacity becomes answers. */
export async function overload({ seed, rounds, seconds }: Options): Promise<void> {
  const random = dice(seed);
  const place = await openGatewayPlace({ budgets });
  const { amqpUrl, keys, budgetsFile, canariesFile } = place;
  const inside = await startInsideProcess({
    ...{ amqpUrl, keys, budgetsFile, canariesFile, seed },
    capacity: { places, meanMs, granted },
  });
  try {
    const askers = crowd(customers);
    await place.own(askers.map(({ account, customer }) => [account, customer]));
    const found: Record<string, number[]> = {};
    for (let round = 1; round <= rounds; round += 1) {
      console.error(`overload, round ${round} of ${rounds}`);
      const figures = await oneRound({ place, inside, askers, random, seconds });
      for (const [name, figure] of Object.entries(figures)) (found[name] ??= []).push(figure);
    }
    print(found, await inside.counts());
  } finally {
    await inside.stop();
    await place.stop();
  }
}

interface Round {
  readonly place: GatewayPlace;
  readonly inside: Inside;
  readonly askers: readonly Asker[];
  readonly random: () => number;
  readonly seconds: number;
}

/**
 * Bare is what the same requests come to with all places filled, by the times they were drawn to take, less what timers
 * cost when nobody is in between: two samples of random times would differ by more than what is measured.
 */
async function oneRound(round: Round): Promise<Record<string, number>> {
  const { inside, seconds, random } = round;
  const anybody = (): number => Math.floor(random() * customers);
  await inside.lap();
  const bare = await inside.bareCapacity();
  const bareShare = bare / (await inside.lap());
  await stream(round, 0.8 * capacity, 3, anybody);
  const calm = await stream(round, 0.8 * capacity, seconds, anybody);
  const flood = await goodput(round, 2_000, stream(round, 10 * capacity, seconds, anybody));
  inside.slowDown(4);
  const slow = await goodput(round, 5_000, stream(round, 10 * capacity, seconds, anybody));
  inside.slowDown(1);
  const back = await stream(round, 0.8 * capacity, seconds, anybody);
  const greedy = (): number =>
    random() < 0.9
      ? Math.floor((random() * customers) / 100)
      : Math.floor((0.01 + 0.99 * random()) * customers);
  const unfair = await stream(round, 4 * capacity, seconds, greedy);
  const others = unfair.filter(({ asker }) => asker >= customers / 100);
  return {
    'bare capacity, answers/s': bare,
    'answered at 0.8 x capacity': shareFresh(calm),
    'goodput at 10 x, of bare capacity': flood.share / bareShare,
    'goodput 4 x slower, after 5 s': slow.share / bareShare,
    'back to 99 % after, s': recoveredAfter(back),
    'others, while 1 % send 90 %': shareFresh(others),
    'p99 of answers at 10 x, ms': quantile(
      flood.asked.filter(({ isFresh }) => isFresh).map(({ atMs, doneMs }) => doneMs - atMs),
      0.99,
    ),
  };
}

const stream = (
  { place, askers }: Round,
  perSecond: number,
  seconds: number,
  who: () => number,
): Promise<Asked[]> =>
  ask(perSecond, seconds, Math.random, () => {
    const asker = who();
    const { account, customer } = askers[asker]!;
    const isFresh = place.portal.ask(account, customer).then(({ outcome }) => outcome === 'fresh');
    return { asker, isFresh };
  });

/** Answers from a moment on until the stream ends, as a share of what the inside's drawn times meanwhile come to. */
async function goodput(
  { inside, seconds }: Round,
  fromMs: number,
  streaming: Promise<Asked[]>,
): Promise<{ readonly asked: readonly Asked[]; readonly share: number }> {
  await sleep(fromMs);
  await inside.lap();
  await sleep(seconds * 1_000 - fromMs);
  const drawn = await inside.lap();
  const asked = await streaming;
  return { asked, share: freshPerSecond(asked, fromMs, seconds * 1_000) / drawn };
}

const shareFresh = (asked: readonly Asked[]): number =>
  asked.filter(({ isFresh }) => isFresh).length / asked.length;

/** The first second from which on 99 % of all that is asked is answered. */
function recoveredAfter(asked: readonly Asked[]): number {
  const lastMs = Math.max(...asked.map(({ atMs }) => atMs));
  for (let fromMs = 0; fromMs < lastMs; fromMs += 250) {
    if (shareFresh(asked.filter(({ atMs }) => atMs >= fromMs)) >= 0.99) return fromMs / 1_000;
  }
  return Infinity;
}

function print(
  found: Record<string, number[]>,
  { most, violations }: { readonly most: number; readonly violations: number },
): void {
  console.log(`\ninside of ${capacity} answers/s, ${customers} customers; median (min–max)`);
  for (const [name, figures] of Object.entries(found)) {
    const digits = name.endsWith('ms') ? 0 : 3;
    const [low, high] = [Math.min(...figures), Math.max(...figures)];
    console.log(
      `${name.padEnd(36)}${median(figures).toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`,
    );
  }
  console.log(`${'most inside at once'.padEnd(36)}${most} of ${granted} granted`);
  if (violations > 0) throw new Error(`the grant was exceeded ${violations} times`);
}
