import type { Suspect, SuspectKind } from './detectors/watched.ts';
import { banMs, type MeasureKind, measureKinds } from './suspicion.ts';
import { later, type Instant } from '../time.ts';

/** What is done about somebody, and until when. */
export interface Measure {
  readonly who: Suspect;
  readonly kind: MeasureKind;
  readonly until: Instant;
}

/** What was done about somebody so far. */
export interface MeasureHistory {
  readonly measure: Measure | undefined;
  readonly taken: number;
}
export const noMeasures: MeasureHistory = { measure: undefined, taken: 0 };

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
  return { measure: { who, kind: allowed, until }, taken: before + 1 };
}
