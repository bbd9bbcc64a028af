import { isEqual, money, type Money } from '../money.ts';
import { needsSecondPerson } from '../refund.ts';
import { ok, refused, type Result } from '../result.ts';
import type { CalendarDay, Instant } from '../time.ts';
import type { EventOf } from './ledger-event.ts';

/** A difference that somebody wants to let pass, and what came of it. */
export interface Tolerance {
  /** The case it closes, once. */
  readonly caseId: string;
  readonly provider: string;
  /** Above zero is money that is missing at the provider, below is money too much. */
  readonly amount: Money;
  readonly reason: string;
  readonly askedBy: string;
  readonly askedAt: Instant;
  readonly state: ToleranceState;
}

export type ToleranceState =
  | { readonly tag: 'waiting' }
  /** Without `by` it was within what one person may let pass on that day. */
  | {
      readonly tag: 'agreed';
      readonly by: string | undefined;
      readonly at: Instant;
      readonly on: CalendarDay;
    }
  | { readonly tag: 'declined'; readonly by: string; readonly at: Instant };

/** What people say of a case: the first asks, a second one agrees or declines. */
export type ToleranceWord =
  | {
      readonly tag: 'ask';
      readonly provider: string;
      readonly amount: Money;
      readonly reason: string;
      readonly by: string;
    }
  | { readonly tag: 'agree'; readonly by: string }
  | { readonly tag: 'decline'; readonly by: string };

/** How things stand at the moment somebody says it. */
export interface ToleranceSeen {
  readonly found: Tolerance | undefined;
  /** What was let pass by one person alone on that day in the currency, all sums as above zero. */
  readonly aloneToday: bigint;
  readonly now: Instant;
  readonly today: CalendarDay;
}

export type ToleranceRefusal =
  | { readonly reason: 'nothing-to-tolerate' }
  | { readonly reason: 'case-unknown' }
  | { readonly reason: 'case-closed'; readonly as: 'agreed' | 'declined' }
  | { readonly reason: 'asked-otherwise'; readonly by: string }
  | { readonly reason: 'same-person' };

/**
 * What a word makes of a case. Up to a day's limit, over all of that day, one person is enough; above it, and in a currency
 * without a limit, a second person has to agree. Said again it changes nothing; a case that is closed stays closed.
 */
export function toleranceAfter(
  caseId: string,
  word: ToleranceWord,
  seen: ToleranceSeen,
  dailyLimits: readonly Money[],
): Result<Tolerance, ToleranceRefusal> {
  if (word.tag === 'ask') return asked(caseId, word, seen, dailyLimits);
  const { found, now, today } = seen;
  if (found === undefined) return refused({ reason: 'case-unknown' });
  const { state } = found;
  if (state.tag !== 'waiting') {
    const wanted = word.tag === 'agree' ? 'agreed' : 'declined';
    return state.tag === wanted ? ok(found) : refused({ reason: 'case-closed', as: state.tag });
  }
  if (word.tag === 'decline') {
    return ok({ ...found, state: { tag: 'declined', by: word.by, at: now } });
  }
  if (isSamePerson(found.askedBy, word.by)) return refused({ reason: 'same-person' });
  return ok({ ...found, state: { tag: 'agreed', by: word.by, at: now, on: today } });
}

function asked(
  caseId: string,
  { provider, amount, reason, by }: Extract<ToleranceWord, { readonly tag: 'ask' }>,
  { found, aloneToday, now, today }: ToleranceSeen,
  dailyLimits: readonly Money[],
): Result<Tolerance, ToleranceRefusal> {
  if (found !== undefined) {
    const isSame = found.provider === provider && isEqual(found.amount, amount);
    const { tag } = found.state;
    if (tag === 'declined' || (tag === 'agreed' && !isSame)) {
      return refused({ reason: 'case-closed', as: tag });
    }
    return isSame ? ok(found) : refused({ reason: 'asked-otherwise', by: found.askedBy });
  }
  if (amount.minor === 0n) return refused({ reason: 'nothing-to-tolerate' });
  const day = money(aloneToday + sizeOf(amount), amount.currency);
  const state: ToleranceState = needsSecondPerson(day, dailyLimits)
    ? { tag: 'waiting' }
    : { tag: 'agreed', by: undefined, at: now, on: today };
  return ok({ caseId, provider, amount, reason, askedBy: by, askedAt: now, state });
}

/** The size of a sum of either sign. */
export const sizeOf = ({ minor }: Money): bigint => (minor < 0n ? -minor : minor);

/** Whether two names are of one person, however they are written. */
export const isSamePerson = (one: string, other: string): boolean =>
  written(one) === written(other);

const written = (name: string): string =>
  name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

/** The event that books a difference both sides have agreed to let pass; undefined while nobody has. */
export function eventOf(tolerance: Tolerance): EventOf<'difference-tolerated'> | undefined {
  const { state, provider, caseId, amount, reason } = tolerance;
  if (state.tag !== 'agreed') return undefined;
  return { type: 'difference-tolerated', provider, caseId, amount, at: state.at, memo: reason };
}
