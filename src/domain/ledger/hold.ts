import { invariant } from '../invariant.ts';
import { isPositive, type Money } from '../money.ts';
import { ok, refused, type Result } from '../result.ts';
import { isBefore, type Instant } from '../time.ts';
import type { LedgerAccountId } from './entry.ts';

/** Money promised from one account to another and not moved yet: a payment that was authorised. */
export interface Hold {
  /** The caller's unique key: the same key holds once. */
  readonly key: string;
  readonly debit: LedgerAccountId;
  readonly credit: LedgerAccountId;
  readonly amount: Money;
  readonly expiresAt: Instant;
  readonly state: HoldState;
}

export type HoldState =
  | { readonly tag: 'open' }
  | { readonly tag: 'captured'; readonly amount: Money; readonly at: Instant }
  | { readonly tag: 'voided'; readonly at: Instant }
  | { readonly tag: 'expired'; readonly at: Instant };

/** How a hold ends: some or all of it is taken and the rest let go, all is let go, or its time ran out. */
export type HoldEnd =
  | { readonly tag: 'capture'; readonly amount: Money }
  | { readonly tag: 'void' }
  | { readonly tag: 'expire' };

export type HoldRefusal =
  | { readonly reason: 'already-resolved'; readonly as: 'captured' | 'voided' | 'expired' }
  | { readonly reason: 'hold-expired' }
  | { readonly reason: 'hold-not-expired' }
  | { readonly reason: 'over-held'; readonly held: Money };

/** One authorisation at a provider has one hold. */
export const holdKey = (provider: string, authorisation: string): string =>
  `auth:${provider}:${authorisation}`;

export function newHold(facts: Omit<Hold, 'state'>): Hold {
  invariant(isPositive(facts.amount), `hold ${facts.key} is of nothing`);
  return { ...facts, state: { tag: 'open' } };
}

/** Ends a hold, once. What expired cannot be captured, and never more is captured than was held. */
export function resolveHold(hold: Hold, end: HoldEnd, now: Instant): Result<Hold, HoldRefusal> {
  if (hold.state.tag !== 'open') {
    return refused({ reason: 'already-resolved', as: hold.state.tag });
  }
  const isOver = !isBefore(now, hold.expiresAt);
  if (end.tag === 'expire') {
    if (!isOver) return refused({ reason: 'hold-not-expired' });
    return ok({ ...hold, state: { tag: 'expired', at: now } });
  }
  if (end.tag === 'void') return ok({ ...hold, state: { tag: 'voided', at: now } });
  if (isOver) return refused({ reason: 'hold-expired' });
  const { amount } = end;
  invariant(isPositive(amount), `a capture of nothing of hold ${hold.key}`);
  invariant(amount.currency === hold.amount.currency, `hold ${hold.key} in ${amount.currency}`);
  if (amount.minor > hold.amount.minor) return refused({ reason: 'over-held', held: hold.amount });
  return ok({ ...hold, state: { tag: 'captured', amount, at: now } });
}

/** Whether a hold still reserves anything at this moment; one past its time does not, though nobody has said so yet. */
export const isHeld = (hold: Hold, now: Instant): boolean =>
  hold.state.tag === 'open' && isBefore(now, hold.expiresAt);
