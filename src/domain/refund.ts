import type { CustomerId, PaymentId, RefundId, StaffId } from './ids.ts';
import { invariant } from './invariant.ts';
import { add, isEqual, isPositive, money, zero, type Money } from './money.ts';
import type { Move } from './payment-moves.ts';
import { credited, type SucceededPayment } from './payment.ts';
import { ok, refused, type Result } from './result.ts';
import type { Instant } from './time.ts';

export const refundStates = [
  'requested',
  'sending',
  'pending',
  'succeeded',
  'failed',
  'canceled',
] as const;
export type RefundState = (typeof refundStates)[number];

/** Money on its way back to the payer. A child of its payment: it never changes the payment's state. */
export interface Refund {
  readonly id: RefundId;
  readonly paymentId: PaymentId;
  readonly customerId: CustomerId;
  readonly provider: string;
  /** What the payer gets, in the currency of the charge. */
  readonly amount: Money;
  /** What the customer's account is debited for it. */
  readonly debit: Money;
  readonly state: RefundState;
  /** Asked for here, or made in the provider's own cabinet. */
  readonly origin: 'staff' | 'provider';
  readonly reason: string;
  readonly requestedBy: StaffId | undefined;
  readonly approvedBy: StaffId | undefined;
  /** Chosen by whoever asked: asking again with it is the same wish. */
  readonly requestKey?: string;
  readonly providerRef: string | undefined;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly attempts: number;
}

const move = (from: RefundState, to: RefundState, because: string): Move<RefundState> => ({
  from,
  to,
  because,
});

/** The one table of what a refund may go through. */
export const refundMoves: readonly Move<RefundState>[] = [
  move('requested', 'sending', 'approved, or small enough for one person'),
  move('requested', 'canceled', 'the second person said no'),
  move('sending', 'pending', 'the provider has it'),
  move('sending', 'succeeded', 'proof: paid back'),
  move('sending', 'failed', 'declined, invalid or refused'),
  move('sending', 'canceled', 'the provider cancelled it'),
  move('pending', 'succeeded', 'proof: paid back'),
  move('pending', 'failed', 'proof: it failed'),
  move('pending', 'canceled', 'proof: the provider cancelled it'),
  move('succeeded', 'failed', 'proof: it came back, days later'),
];
export const isLegalRefundMove = (from: RefundState, to: RefundState): boolean =>
  refundMoves.some((legal) => legal.from === from && legal.to === to);

/** The next state of a refund; an illegal one is a bug. */
export function refundMoved(
  refund: Refund,
  state: RefundState,
  now: Instant,
  more: Partial<Pick<Refund, 'providerRef' | 'approvedBy'>> = {},
): Refund {
  invariant(isLegalRefundMove(refund.state, state), `no move ${refund.state} → ${state}`);
  const attempts = state === 'sending' ? 1 : refund.attempts + 1;
  return { ...refund, ...more, state, attempts, updatedAt: now };
}

/** Sums of a paid payment, in the currency of its charge. */
export interface RefundSums {
  readonly captured: Money;
  readonly refunded: Money;
  /** Asked for and not ended yet: it is not to be had a second time. */
  readonly outstanding: Money;
  readonly disputed: Money;
  /** What may still be paid back; never below zero. */
  readonly left: Money;
}

const outstandingStates: readonly RefundState[] = ['requested', 'sending', 'pending'];

export function refundSums(
  payment: SucceededPayment,
  refunds: readonly Refund[],
  disputed: Money = zero(payment.captured.currency),
): RefundSums {
  const { captured } = payment;
  const sum = (states: readonly RefundState[]): Money =>
    refunds
      .filter(({ state }) => states.includes(state))
      .map(({ amount }) => amount)
      .reduce(add, zero(captured.currency));
  const refunded = sum(['succeeded']);
  const outstanding = sum(outstandingStates);
  const left = captured.minor - refunded.minor - outstanding.minor - disputed.minor;
  return {
    captured,
    refunded,
    outstanding,
    disputed,
    left: money(left > 0n ? left : 0n, captured.currency),
  };
}

export type RefundRefusal =
  | { readonly reason: 'refund-not-positive' }
  | { readonly reason: 'wrong-currency' }
  | { readonly reason: 'refund-above-left'; readonly left: Money };

/** Looks whether so much may be paid back; no provider is asked before this says yes. */
export function checkRefund(amount: Money, sums: RefundSums): Result<Money, RefundRefusal> {
  if (amount.currency !== sums.captured.currency) return refused({ reason: 'wrong-currency' });
  if (!isPositive(amount)) return refused({ reason: 'refund-not-positive' });
  if (amount.minor > sums.left.minor) {
    return refused({ reason: 'refund-above-left', left: sums.left });
  }
  return ok(amount);
}

/**
 * What the customer's account is debited for a refund: its share of what the account was credited, rounded down; what
 * ends the payment takes all that is left, so that nothing remains of a payment fully paid back.
 */
export function debitFor(
  amount: Money,
  payment: SucceededPayment,
  refunds: readonly Refund[],
): Money {
  const counting = refunds.filter(
    ({ state }) => state === 'succeeded' || outstandingStates.includes(state),
  );
  const total = credited(payment);
  const back = counting.map(({ debit }) => debit).reduce(add, zero(total.currency));
  const paidBack = counting.map((one) => one.amount).reduce(add, zero(payment.captured.currency));
  const creditLeft = money(total.minor - back.minor, total.currency);
  const takenLeft = money(payment.captured.minor - paidBack.minor, amount.currency);
  if (isEqual(amount, takenLeft) || takenLeft.minor <= 0n) return creditLeft;
  return money((creditLeft.minor * amount.minor) / takenLeft.minor, total.currency);
}

/** Whether a sum needs a second person; a currency without a limit always does. */
export const needsSecondPerson = (amount: Money, above: readonly Money[]): boolean => {
  const limit = above.find(({ currency }) => currency === amount.currency);
  return limit === undefined || amount.minor > limit.minor;
};

/** What a refund's new state does to the books: money left, or came back after it had left. */
export function bookingOf(
  is: RefundState,
  was: RefundState | undefined,
): 'debit' | 'reversal' | undefined {
  if (is === 'succeeded' && was !== 'succeeded') return 'debit';
  return is === 'failed' && was === 'succeeded' ? 'reversal' : undefined;
}
