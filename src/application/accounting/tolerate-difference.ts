import {
  eventOf,
  toleranceAfter,
  type Tolerance,
  type ToleranceRefusal,
  type ToleranceWord,
} from '../../domain/ledger/tolerance.ts';
import type { Money } from '../../domain/money.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import { dayIn } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { PostRefusal } from '../ports/ledger.ts';
import type { ToleranceStore } from '../ports/tolerance-store.ts';
import type { PostEvent } from './post-event.ts';

/** What may be let pass by one person: so much a day of each currency, in the days of this zone. */
export interface ToleranceRules {
  readonly dailyLimits: readonly Money[];
  readonly zone: string;
}

export interface Tolerated {
  readonly tolerance: Tolerance;
  /** Absent while a second person is waited for, and where one has declined. */
  readonly posting: 'posted' | 'repeated' | undefined;
}
export type TolerateRefusal = ToleranceRefusal | PostRefusal;

/**
 * Takes what people say of a difference, and books it when enough of them let it pass. The word is kept first; a posting
 * that was cut short after it is made up for by saying the word again.
 */
export const tolerateDifference =
  (store: ToleranceStore, post: PostEvent, rules: ToleranceRules, clock: Clock) =>
  async (caseId: string, word: ToleranceWord): Promise<Result<Tolerated, TolerateRefusal>> => {
    const now = clock.now();
    const today = dayIn(rules.zone, now);
    const currency = word.tag === 'ask' ? word.amount.currency : undefined;
    const decided = await store.decide({ caseId, currency, day: today }, (found, aloneToday) =>
      toleranceAfter(caseId, word, { found, aloneToday, now, today }, rules.dailyLimits),
    );
    if (!decided.ok) return decided;
    const event = eventOf(decided.value);
    if (event === undefined) return ok({ tolerance: decided.value, posting: undefined });
    const posted = await post(event);
    if (!posted.ok) return refused(posted.refusal);
    return ok({ tolerance: decided.value, posting: posted.value });
  };
export type TolerateDifference = ReturnType<typeof tolerateDifference>;
