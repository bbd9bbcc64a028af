import { recentKeys } from '../../domain/protection/detectors/recent-keys.ts';
import type { Suspect } from '../../domain/protection/detectors/watched.ts';
import {
  inForce,
  liftMeasures,
  type Measure,
  type MeasureHistory,
  noMeasures,
  takeMeasure,
  togetherKnown,
} from '../../domain/protection/measures.ts';
import {
  type MeasureKind,
  measureOf,
  suspect,
  type Suspicion,
  type SuspicionLevels,
} from '../../domain/protection/suspicion.ts';
import type { MeasureChange } from '../ports/measure-store.ts';
import { day, type Instant } from '../../domain/time.ts';

/**
 * Who is suspected, how much, and what is done about it, in memory. Measures are kept elsewhere as well and come back by
 * `adopt`; a restart forgives suspicion that has led to none.
 */
export interface MeasuresInForce {
  /** Adds to the suspicion of each and takes the measure that their score then asks for. */
  suspect(who: readonly Suspect[], weight: number, now: Instant): void;
  take(who: Suspect, kind: MeasureKind, now: Instant): void;
  of(who: Suspect, now: Instant): Measure | undefined;
  /** Ends every measure on somebody and forgets what was held against them. Answers what was in force. */
  lift(who: Suspect, now: Instant): Measure | undefined;
  /** Takes over what another gateway, or this one before a restart, knew of somebody. */
  adopt(who: Suspect, history: MeasureHistory, now: Instant): void;
  /** Those in force, newest first. */
  list(now: Instant, limit: number): Measure[];
  forgetIdle(now: Instant): void;
}

const suspectLimit = 50_000;

interface Held {
  suspicion: Suspicion | undefined;
  history: MeasureHistory;
}

/** `dice` gives 0 to 1, another every time; `told` hears of every measure that is taken here, or lifted. */
export const measuresInForce = (
  levels: SuspicionLevels,
  dice: () => number,
  told: (change: MeasureChange) => void = () => undefined,
): MeasuresInForce => {
  const held = recentKeys<Held>(suspectLimit, day, () => ({
    suspicion: undefined,
    history: noMeasures,
  }));
  const keyOf = ({ kind, id }: Suspect): string => `${kind} ${id}`;
  const take = (who: Suspect, kind: MeasureKind, now: Instant): void => {
    const one = held.of(keyOf(who), now);
    const before = inForce(one.history, now);
    one.history = takeMeasure(one.history, who, kind, now, dice());
    const after = inForce(one.history, now);
    if (after !== before) told({ who, history: one.history, at: now });
  };
  return {
    suspect: (suspects, weight, now) => {
      for (const who of suspects) {
        const one = held.of(keyOf(who), now);
        one.suspicion = suspect(one.suspicion, weight, now);
        const kind = measureOf(one.suspicion.score, levels);
        if (kind !== undefined) take(who, kind, now);
      }
    },
    take,
    of: (who, now) => {
      const one = held.peek(keyOf(who));
      return one && inForce(one.history, now);
    },
    lift: (who, now) => {
      const one = held.of(keyOf(who), now);
      const before = inForce(one.history, now);
      one.suspicion = undefined;
      one.history = liftMeasures(one.history, now);
      told({ who, history: one.history, at: now });
      return before;
    },
    adopt: (who, history, now) => {
      const one = held.of(keyOf(who), now);
      const { liftedAt } = one.history;
      one.history = togetherKnown(one.history, history, now);
      if (one.history.liftedAt !== liftedAt) one.suspicion = undefined;
    },
    list: (now, limit) => {
      const all = [...held.entries()].flatMap(([, one]) => inForce(one.history, now) ?? []);
      return all.slice(-limit).toReversed();
    },
    forgetIdle: (now) => {
      held.forgetIdle(now);
    },
  };
};
