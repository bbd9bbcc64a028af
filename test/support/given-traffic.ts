import type { CustomerId } from '../../src/domain/ids.ts';
import type { EdgeDocuments, EdgeRow } from '../../src/domain/protection/edge.ts';
import type {
  Detector,
  Finding,
  Watched,
  Whence,
} from '../../src/domain/protection/detectors/watched.ts';
import type { Passing } from '../../src/domain/protection/traffic.ts';
import { instant, type Instant } from '../../src/domain/time.ts';

/** Midnight of a day that nobody remembers. */
export const midnight = instant(1_700_006_400_000);

/** Numbers of 0 to 1 that look random and are the same for a seed (mulberry32). */
export const seededDice = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
};

export const whence = (more: Partial<Whence> = {}): Whence => ({
  customer: 'anna' as CustomerId,
  session: undefined,
  subnet: undefined,
  ...more,
});

export const message = (at: Instant, more: Partial<Passing> = {}): Watched => ({
  kind: 'message',
  at,
  passing: {
    at,
    operation: 'ledger.read-account',
    customer: 'anna' as CustomerId,
    session: undefined,
    subnet: undefined,
    cost: 1,
    passage: 'passed',
    ...more,
  },
});

export const edgeRow = (subnet: string, more: Partial<EdgeRow> = {}): EdgeRow => ({
  subnet,
  requests: 1,
  unauthenticated: 0,
  refused: 0,
  tries: [],
  inSequence: 0,
  steps: [],
  ...more,
});

export const edge = (at: Instant, rows: readonly EdgeRow[], fingerprintEvenness = 1): Watched => ({
  kind: 'edge',
  at,
  rows,
  fingerprintEvenness,
  documents: [],
});

/** Documents that were fetched at the portal. */
export const fetched = (
  at: Instant,
  count: number,
  id: string,
  by: EdgeDocuments['by'] = 'customer',
): Watched => ({
  kind: 'edge',
  at,
  rows: [],
  fingerprintEvenness: 1,
  documents: [{ by, id, count }],
});

export const failedTries = (...subjects: string[]): EdgeRow['tries'] =>
  subjects.map((subject) => ({ subject, failed: true }));

/** Everything the detector finds in the events, with the moment. */
export const seeAll = (
  detector: Detector,
  events: Iterable<Watched>,
): (Finding & { readonly at: Instant })[] => {
  const found: (Finding & { readonly at: Instant })[] = [];
  for (const event of events) {
    for (const finding of detector.see(event)) found.push({ ...finding, at: event.at });
  }
  return found;
};

/** Extra traffic: `crowd` is more customers of the usual kind, `flood` more from a few. */
export interface Surge {
  readonly kind: 'crowd' | 'flood';
  readonly from: Instant;
  readonly forMs: number;
  readonly times: number;
}

/** Visits a second by the hour: little at night, most in the evening. */
const visitsAt = (at: number): number => {
  const hourOfDay = ((at - midnight) / 3_600_000) % 24;
  return 2 + 5 * (1 - Math.cos(((hourOfDay - 4) / 24) * 2 * Math.PI)) * 0.5;
};

/** Some hours of a company's customers, second by second, each visit three messages; with a surge if given. */
export function* daysTraffic(
  seed: number,
  fromMs: number,
  forMs: number,
  surge?: Surge,
): Generator<Watched> {
  const dice = seededDice(seed);
  const begin = midnight + fromMs;
  for (let ms = begin; ms < begin + forMs; ms += 1_000) {
    const at = instant(ms);
    yield { kind: 'tick', at };
    const isSurging = surge !== undefined && ms >= surge.from && ms < surge.from + surge.forMs;
    const usual = visitsAt(ms);
    const crowd = isSurging && surge.kind === 'crowd' ? usual * surge.times : usual;
    const visits = poisson(crowd, dice);
    for (let visit = 0; visit < visits; visit += 1) {
      const customer = `customer ${String(Math.floor(dice() * 20_000))}` as CustomerId;
      for (let n = 0; n < 3; n += 1) yield message(at, { customer });
    }
    if (!isSurging || surge.kind === 'crowd') continue;
    const extra = poisson(3 * usual * (surge.times - 1), dice);
    for (let n = 0; n < extra; n += 1) {
      yield message(at, { customer: `bot ${String(n % 8)}` as CustomerId });
    }
  }
}

const poisson = (mean: number, dice: () => number): number => {
  const limit = Math.exp(-mean);
  let [count, product] = [0, dice()];
  while (product > limit) {
    count += 1;
    product *= dice();
  }
  return count;
};
