import { evenness } from '../entropy.ts';
import { countMin, type CountMin } from '../sketches/count-min.ts';
import { distinctCount } from '../sketches/distinct-count.ts';
import { heavyHitters, type Hitter } from '../sketches/heavy-hitters.ts';
import { day, type Instant } from '../../time.ts';

/** Some requests of one kind from one place. */
export interface Arrival {
  readonly at: Instant;
  readonly count: number;
  /** The customer, or the network of people who are not signed in. */
  readonly who: string;
  readonly subnet: string | undefined;
  readonly unauthenticated: number;
  readonly failed: number;
}

/** What a bucket of traffic looked like. Shares are 0 to 1. */
export interface TrafficShape {
  readonly count: number;
  /** How many requests the sender of a request sends: a few who send much weigh by all they send. */
  readonly perCustomer: number;
  readonly unauthenticatedShare: number;
  readonly failureShare: number;
  readonly newSubnetShare: number;
  /** What the busiest hundredth had of all. */
  readonly topShare: number;
  readonly evenness: number;
  readonly fingerprintEvenness: number;
}

export interface Arrivals {
  add(arrival: Arrival): void;
  addFingerprints(evenness: number): void;
  /** The shape of what came since the last call. */
  take(): TrafficShape;
}

const busiest = 1_000;
const subnetShape = { width: 16_384, depth: 4 } as const;

/** Collects a bucket of traffic; networks are remembered for a day or two. */
export function arrivals(seed: number): Arrivals {
  const hitters = heavyHitters(busiest);
  const subnets = seenSubnets(seed);
  let people = distinctCount(seed);
  let sums = noSums();
  return {
    add: ({ at, count, who, subnet, unauthenticated, failed }) => {
      people.add(who);
      hitters.add(who, count);
      sums.count += count;
      sums.unauthenticated += unauthenticated;
      sums.failed += failed;
      if (subnet !== undefined && subnets.isNew(subnet, at)) sums.fromNew += count;
    },
    addFingerprints: (even) => {
      sums.fingerprints += even;
      sums.prints += 1;
    },
    take: () => {
      const { count, unauthenticated, failed, fromNew, prints, fingerprints } = sums;
      const distinct = people.count();
      const top = hitters.top(busiest);
      const few = top.slice(0, Math.ceil(distinct / 100));
      const whole = Math.max(1, count);
      const shape = {
        count,
        perCustomer: perRequester(top),
        unauthenticatedShare: unauthenticated / whole,
        failureShare: failed / whole,
        newSubnetShare: fromNew / whole,
        topShare: certain(few) / whole,
        evenness: evenness(top.map((hitter) => hitter.count)),
        fingerprintEvenness: prints === 0 ? 1 : fingerprints / prints,
      };
      hitters.clear();
      people = distinctCount(seed);
      sums = noSums();
      return shape;
    },
  };
}

const certain = (hitters: readonly Hitter[]): number =>
  hitters.reduce((sum, { count, error }) => sum + count - error, 0);

const perRequester = (hitters: readonly Hitter[]): number => {
  const squares = hitters.reduce((sum, { count, error }) => sum + (count - error) ** 2, 0);
  return squares / Math.max(1, certain(hitters));
};

const noSums = () => ({
  count: 0,
  unauthenticated: 0,
  failed: 0,
  fromNew: 0,
  fingerprints: 0,
  prints: 0,
});

/** Which networks came before: two sketches, swapped daily. A known one is never taken for new. */
function seenSubnets(seed: number): { isNew(subnet: string, at: Instant): boolean } {
  const fresh = (): CountMin => countMin({ ...subnetShape, seed });
  let newer = fresh();
  let older = fresh();
  let swappedAt: Instant | undefined;
  return {
    isNew: (subnet, at) => {
      swappedAt ??= at;
      if (at - swappedAt >= day) {
        older = newer;
        newer = fresh();
        swappedAt = at;
      }
      const isNew = newer.estimate(subnet) === 0 && older.estimate(subnet) === 0;
      // Once is enough to be known; more would only fill the sketch.
      if (newer.estimate(subnet) === 0) newer.add(subnet);
      return isNew;
    },
  };
}
