import { compare, isEqual, isPositive, money, type Money } from './money.ts';
import type { Claim } from './payment-claim.ts';
import { isOpen, isLegalMove } from './payment-moves.ts';
import {
  markPending,
  moved,
  providerRefOf,
  type Payment,
  type SucceededPayment,
} from './payment.ts';
import type { Instant } from './time.ts';

/** What a proved claim does to a payment: moves it, repeats what is known, or contradicts it. */
export type Settlement =
  | { readonly kind: 'moved'; readonly payment: Payment }
  | { readonly kind: 'same' }
  | { readonly kind: 'conflict'; readonly why: string };

const same: Settlement = { kind: 'same' };
const conflict = (why: string): Settlement => ({ kind: 'conflict', why });
const movedTo = (payment: Payment): Settlement => ({ kind: 'moved', payment });

/**
 * Weighs a proved claim against what we know. Repetitions change nothing. Claims that fit end alike in any order:
 * paid if one of them says so, else closed as the first one that closes says. Success is never taken back; a proof
 * that does not fit leaves an unpaid payment to people, whatever is said after it.
 */
export function settle(
  payment: Payment,
  claim: Claim,
  mode: Claim['mode'],
  now: Instant,
): Settlement {
  if (payment.state === 'succeeded') return afterSuccess(payment, claim);
  if (payment.state === 'review') return same;
  if (payment.state === 'created') return conflict('the provider claims a payment we never sent');
  if (claim.mode !== mode) {
    return misfit(payment, `a ${claim.mode} payment in ${mode} mode`, undefined, now);
  }
  switch (claim.state) {
    case 'paid':
      return paid(payment, claim, now);
    case 'held':
      return held(payment, claim, now);
    case 'open':
      return opened(payment, claim, now);
    case 'failed':
      return closed(payment, { state: 'failed', reason: claim.reason ?? 'declined' }, claim, now);
    case 'canceled':
      return closed(payment, { state: 'canceled' }, claim, now);
    case 'expired':
      // Some providers end by expiry what we cancel, and may tell of it before they answer our call.
      if (payment.state === 'canceling') return closed(payment, { state: 'canceled' }, claim, now);
      return closed(payment, { state: 'expired' }, claim, now);
  }
}

function afterSuccess({ captured, providerRef }: SucceededPayment, claim: Claim): Settlement {
  if (claim.state !== 'paid') return same;
  if (claim.amount !== undefined && !isEqual(claim.amount, captured)) {
    return conflict('another sum for a paid payment');
  }
  // Where a payer's form makes the payment, one form can be sent twice; the second time is money to look at.
  const isSecond =
    claim.ref !== undefined && providerRef !== undefined && claim.ref !== providerRef;
  return isSecond ? conflict('a second payment under the name of a paid one') : same;
}

function paid(payment: Payment, claim: Claim, now: Instant): Settlement {
  const { amount: captured } = claim;
  if (captured === undefined || !fits(captured, payment)) {
    return misfit(payment, 'the sum paid is not the sum asked', captured, now);
  }
  const late = !isOpen(payment.state);
  const providerRef = claim.ref ?? providerRefOf(payment);
  const paidAt = claim.paidAt ?? now;
  const providerFee = feeKept(captured, claim.credited);
  const success = { providerRef, paidAt, late, captured, providerFee };
  const { instrument } = claim;
  const next = { state: 'succeeded', ...success, ...(instrument && { instrument }) } as const;
  return movedTo(moved(payment, next, now));
}

/** The whole charge, or a part of it where money was held first and part of it released. */
function fits(taken: Money, { charge, holds }: Payment): boolean {
  if (isEqual(taken, charge)) return true;
  return (
    holds && isPositive(taken) && taken.currency === charge.currency && compare(taken, charge) < 0
  );
}

/** What the provider keeps of what the payer paid; never below zero, never guessed. */
export function feeKept(captured: Money, reached: Money | undefined): Money | undefined {
  if (reached?.currency !== captured.currency || reached.minor > captured.minor) return undefined;
  return money(captured.minor - reached.minor, captured.currency);
}

function held(payment: Payment, claim: Claim, now: Instant): Settlement {
  if (payment.state !== 'initiating' && payment.state !== 'pending') return same;
  if (claim.amount === undefined || !isEqual(claim.amount, payment.charge)) {
    return misfit(payment, 'the sum held is not the sum asked', claim.amount, now);
  }
  const providerRef = claim.ref ?? providerRefOf(payment);
  return movedTo(moved(payment, { state: 'authorized', providerRef }, now));
}

/** The provider has it: the answer to our call may be lost, this tells that it arrived. */
function opened(payment: Payment, claim: Claim, now: Instant): Settlement {
  if (payment.state !== 'initiating') return same;
  return movedTo(
    markPending(payment, claim.ref === undefined ? {} : { providerRef: claim.ref }, now),
  );
}

type Closing =
  | { readonly state: 'failed'; readonly reason: NonNullable<Claim['reason']> }
  | { readonly state: 'canceled' }
  | { readonly state: 'expired' };

function closed(payment: Payment, next: Closing, claim: Claim, now: Instant): Settlement {
  if (!isLegalMove(payment.state, next.state)) return same;
  const providerRef = claim.ref ?? providerRefOf(payment);
  if (next.state === 'failed') return movedTo(moved(payment, { ...next, providerRef }, now));
  if (next.state === 'canceled') return movedTo(moved(payment, { ...next, providerRef }, now));
  return movedTo(moved(payment, { ...next, providerRef }, now));
}

/** A proof that does not fit goes to people, once; on a closed payment it only is a contradiction. */
function misfit(
  payment: Payment,
  why: string,
  captured: Money | undefined,
  now: Instant,
): Settlement {
  if (!isLegalMove(payment.state, 'review')) return conflict(why);
  const providerRef = providerRefOf(payment);
  const next = { state: 'review', providerRef, why, captured, proposal: undefined } as const;
  return movedTo(moved(payment, next, now));
}
