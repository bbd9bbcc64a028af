import type { Suspect, SuspectKind } from './detectors/watched.ts';
import { banMs, type MeasureKind, measureKinds } from './suspicion.ts';
import { isBefore, later, type Instant } from '../time.ts';

/** What is done about somebody, and until when. */
export interface Measure {
  readonly who: Suspect;
  readonly kind: MeasureKind;
  readonly until: Instant;
}

/** What was done about somebody so far. */
export interface MeasureHistory {
  readonly measure: Measure | undefined;
  /** How often: the next one lasts the longer for it. */
  readonly taken: number;
  /** When people last forgave it all: what is here was taken by who knew of that. */
  readonly liftedAt: Instant | undefined;
}
export const noMeasures: MeasureHistory = { measure: undefined, taken: 0, liftedAt: undefined };

/**
 * The hardest measure each may meet. A network may be the home of thousands, and anybody can fail on another's login:
 * neither is ever shut out.
 */
const hardest: Readonly<Record<SuspectKind, MeasureKind>> = {
  session: 'quarantine',
  customer: 'quarantine',
  subnet: 'tarpit',
  login: 'step-up',
};

const rank = (kind: MeasureKind): number => measureKinds.indexOf(kind);

/** The measure asked for, or the hardest this one may meet. */
export const softened = (who: SuspectKind, kind: MeasureKind): MeasureKind =>
  rank(kind) > rank(hardest[who]) ? hardest[who] : kind;

/** The measure in force, if any. */
export const inForce = ({ measure }: MeasureHistory, now: Instant): Measure | undefined =>
  measure !== undefined && now < measure.until ? measure : undefined;

/**
 * Takes a measure. One that is as hard and in force goes on as it is; a harder one replaces it. `dice` of 0 to 1
 * moves its end.
 */
export function takeMeasure(
  history: MeasureHistory,
  who: Suspect,
  kind: MeasureKind,
  now: Instant,
  dice: number,
): MeasureHistory {
  const allowed = softened(who.kind, kind);
  const held = inForce(history, now);
  if (held !== undefined && rank(held.kind) >= rank(allowed)) return history;
  // What grows harder while it lasts is still the same time.
  const before = held === undefined ? history.taken : history.taken - 1;
  const until = later(now, banMs(before, dice));
  return { ...history, measure: { who, kind: allowed, until }, taken: before + 1 };
}

/** Ends every measure and forgets how many there were. */
export const liftMeasures = ({ liftedAt }: MeasureHistory, now: Instant): MeasureHistory => ({
  ...noMeasures,
  // Each pardon is later than the one before, whatever the clock says.
  liftedAt: liftedAt === undefined || isBefore(liftedAt, now) ? now : later(liftedAt, 1),
});

/**
 * What two gateways know of one suspect, put together; in whatever order it is put together, the same comes of it.
 * The last pardon holds, also against what was taken by who had not heard of it; else the harder measure in force, and
 * the higher number.
 */
export function togetherKnown(
  one: MeasureHistory,
  other: MeasureHistory,
  now: Instant,
): MeasureHistory {
  const [mine, its] = [one.liftedAt ?? -Infinity, other.liftedAt ?? -Infinity];
  if (mine !== its) return mine > its ? one : other;
  return {
    measure: stricter(one.measure, other.measure, now),
    taken: Math.max(one.taken, other.taken),
    liftedAt: one.liftedAt,
  };
}

const stricter = (
  one: Measure | undefined,
  other: Measure | undefined,
  now: Instant,
): Measure | undefined => {
  if (one === undefined || other === undefined) return one ?? other;
  const weight = ({ kind, until }: Measure): number => (now < until ? rank(kind) : -1);
  if (weight(one) !== weight(other)) return weight(one) > weight(other) ? one : other;
  if (one.until !== other.until) return isBefore(one.until, other.until) ? other : one;
  return rank(one.kind) < rank(other.kind) ? other : one;
};
