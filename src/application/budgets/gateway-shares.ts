import {
  exposureOf,
  type GivenShare,
  shareOf,
  totalOf,
} from '../../domain/protection/grant-shares.ts';
import type { Limits } from '../../domain/protection/grant.ts';
import { type Instant, second } from '../../domain/time.ts';
import type { BudgetSetting } from '../ports/budget-settings.ts';

/** What a gateway says of itself every few seconds. */
export interface HeardBeat {
  readonly instance: string;
  /** The grants it holds, by operation. */
  readonly held: ReadonlyMap<string, GivenShare>;
}

/** Which gateways there are, and what each may be using of every operation. */
export interface GatewayShares {
  heard(beat: HeardBeat, now: Instant): void;
  /** The gateways heard lately, in order. */
  gateways(now: Instant): readonly string[];
  /** The share of a gateway now: with those of all others within the setting. */
  share(instance: string, setting: BudgetSetting, now: Instant): Share;
  /** Remembers what was told to a gateway. */
  give(instance: string, operation: string, share: GivenShare, now: Instant): void;
  /** Whether a gateway was told another share than it has now. */
  isStale(instance: string, setting: BudgetSetting, now: Instant): boolean;
}

export interface Share {
  readonly limits: Limits;
  readonly safe: Limits;
}

/** A gateway not heard for so long shares in nothing any more. */
export const goneMs = 15 * second;

interface Known extends Pick<HeardBeat, 'held'> {
  readonly heardAt: Instant;
  readonly given: ReadonlyMap<string, readonly GivenShare[]>;
}

export function gatewayShares(): GatewayShares {
  const known = new Map<string, Known>();

  const gateways = (now: Instant): string[] => {
    const live = [...known].filter(([, { heardAt }]) => now - heardAt < goneMs);
    return live.map(([instance]) => instance).toSorted();
  };
  const share = (instance: string, setting: BudgetSetting, now: Instant): Share => {
    const others = [...known].filter(([other]) => other !== instance);
    const used = totalOf(others.map(([, other]) => exposure(other, setting.operation, now)));
    const live = gateways(now);
    const of = (limits: Limits) => shareOf(limits, live.indexOf(instance), live.length, used);
    return { limits: of(setting), safe: of(setting.safe) };
  };
  return {
    gateways,
    share,
    heard: ({ instance, held }, heardAt) => {
      const given = known.get(instance)?.given ?? asGiven(held);
      known.set(instance, { heardAt, held, given });
    },
    give: (instance, operation, given, now) => {
      const before = known.get(instance);
      if (before === undefined) return;
      const all = [...openShares(before, operation, now), given];
      known.set(instance, { ...before, given: new Map(before.given).set(operation, all) });
    },
    isStale: (instance, setting, now) => {
      const last = known.get(instance)?.given.get(setting.operation)?.at(-1)?.limits;
      return last === undefined || !isSame(last, share(instance, setting, now).limits);
    },
  };
}

const openShares = ({ given, held }: Known, operation: string, now: Instant): GivenShare[] => {
  const heldSeq = held.get(operation)?.seq ?? 0;
  const all = given.get(operation) ?? [];
  return all.filter(({ seq, expiresAt }) => seq >= heldSeq && now < expiresAt);
};

const exposure = ({ given, held }: Known, operation: string, now: Instant): Limits =>
  exposureOf(given.get(operation) ?? [], held.get(operation)?.seq ?? 0, now);

const asGiven = (held: ReadonlyMap<string, GivenShare>): ReadonlyMap<string, GivenShare[]> =>
  new Map([...held].map(([operation, share]) => [operation, [share]]));

const isSame = (one: Limits, other: Limits): boolean =>
  one.concurrency === other.concurrency &&
  one.rate.perSecond === other.rate.perSecond &&
  one.rate.burst === other.rate.burst;
