import type { AccountId, CustomerId, PaymentId, SavedMethodId, StaffId } from './ids.ts';
import type { Instrument } from './instrument.ts';
import { invariant } from './invariant.ts';
import { add, isEqual, zero, type Money } from './money.ts';
import { isLegalMove } from './payment-moves.ts';
import type { DeclineReason } from './payment-claim.ts';
import type { Quote } from './quote.ts';
import { later, minute, type Instant } from './time.ts';

/** Where the payer is sent. A form is posted by the browser itself, in UTF-8. */
export type Redirect =
  | { readonly kind: 'get'; readonly url: string }
  | {
      readonly kind: 'form-post';
      readonly action: string;
      readonly fields: readonly (readonly [string, string])[];
    };

export interface PaymentFacts {
  readonly id: PaymentId;
  /** For providers that take only whole numbers as names; unique among our payments. */
  readonly number: number | undefined;
  readonly customerId: CustomerId;
  readonly accountId: AccountId;
  readonly accountNumber: string;
  /** What the customer's account is credited. */
  readonly amount: Money;
  /** What the payer pays on top, in the account's currency. */
  readonly fee: Money;
  /** What the provider is asked to take: amount and fee, by the quote where it takes another currency. */
  readonly charge: Money;
  readonly quote: Quote | undefined;
  readonly method: string;
  readonly provider: string;
  /** The provider's own name of the method, where it has several. */
  readonly providerMethod: string | undefined;
  /** Whether the money is only held until somebody takes it. */
  readonly holds: boolean;
  /** Whether the payer agreed that the provider remembers the method. */
  readonly saves: boolean;
  /** The remembered method it is charged to, without the payer. */
  readonly savedMethod: SavedMethodId | undefined;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** How often the provider was called or asked: spaces out the next time. */
  readonly attempts: number;
}
interface AtProvider {
  readonly providerRef: string | undefined;
}
interface PayerMayAct extends AtProvider {
  readonly redirect: Redirect | undefined;
  readonly expiresAt: Instant;
}

/** Recorded here, the provider knows nothing. */
export type CreatedPayment = PaymentFacts & { readonly state: 'created' };
/** A call was sent; nobody knows yet whether it arrived. */
export type InitiatingPayment = PaymentFacts & { readonly state: 'initiating' };
/** The provider has it, the payer may act. */
export type PendingPayment = PaymentFacts & PayerMayAct & { readonly state: 'pending' };
/** The money is held and not taken. */
export type AuthorizedPayment = PaymentFacts & AtProvider & { readonly state: 'authorized' };
/** A call to take held money was sent; nobody knows yet what it did. */
export type CapturingPayment = PaymentFacts &
  AtProvider & { readonly state: 'capturing'; readonly captured: Money };
/** A call to cancel was sent; nobody knows yet what it did. */
export type CancelingPayment = PaymentFacts & PayerMayAct & { readonly state: 'canceling' };
/** Money was taken. `late`: after the payment had been closed. */
export type SucceededPayment = PaymentFacts &
  AtProvider & {
    readonly state: 'succeeded';
    readonly paidAt: Instant;
    readonly late: boolean;
    /** What was taken, in the currency of the charge. */
    readonly captured: Money;
    /** What the provider kept of it, where it says so: a fee, never a shortfall of the payer. */
    readonly providerFee: Money | undefined;
    /** What the payer paid with, where the provider tells. */
    readonly instrument?: Instrument;
  };
export type FailedPayment = PaymentFacts &
  AtProvider & { readonly state: 'failed'; readonly reason: DeclineReason };
export type CanceledPayment = PaymentFacts & AtProvider & { readonly state: 'canceled' };
export type ExpiredPayment = PaymentFacts & AtProvider & { readonly state: 'expired' };
/** A provable money event that does not fit; people decide. `captured`: what is said to have been taken. */
export type ReviewPayment = PaymentFacts &
  AtProvider & {
    readonly state: 'review';
    readonly why: string;
    readonly captured: Money | undefined;
    /** What one person proposes and a second one has to agree to. */
    readonly proposal: ReviewProposal | undefined;
  };
/** How people may close a review: the money is the customer's, was never taken, or went back. */
export type ReviewEnd = 'succeeded' | 'failed' | 'canceled';
export interface ReviewProposal {
  readonly as: ReviewEnd;
  readonly by: StaffId;
}

export type Payment =
  | CreatedPayment
  | InitiatingPayment
  | PendingPayment
  | AuthorizedPayment
  | CapturingPayment
  | CancelingPayment
  | SucceededPayment
  | FailedPayment
  | CanceledPayment
  | ExpiredPayment
  | ReviewPayment;

/** How long a payer has, counted from the wish to pay. */
export const paymentLifetimeMs = 60 * minute;

type Wish = Pick<
  PaymentFacts,
  'id' | 'customerId' | 'accountId' | 'accountNumber' | 'amount' | 'method' | 'provider'
> &
  Partial<PaymentFacts>;

/** A wish to pay. Nothing has left the house. What is not said: no fee, no quote, taken at once, nothing remembered. */
export function newPayment(wish: Wish, now: Instant): CreatedPayment {
  const fee = wish.fee ?? zero(wish.amount.currency);
  return {
    number: undefined,
    charge: add(wish.amount, fee),
    quote: undefined,
    providerMethod: undefined,
    holds: false,
    saves: false,
    savedMethod: undefined,
    ...wish,
    fee,
    state: 'created',
    createdAt: now,
    updatedAt: now,
    attempts: 0,
  };
}

/** The call to the provider is about to be sent. */
export const startSending = (payment: CreatedPayment, now: Instant): InitiatingPayment =>
  moved(payment, { state: 'initiating' }, now);

/** The provider took it: the payer can be sent there. */
export const markPending = (
  payment: InitiatingPayment,
  at: { readonly providerRef?: string; readonly redirect?: Redirect; readonly expiresAt?: Instant },
  now: Instant,
): PendingPayment =>
  moved(
    payment,
    {
      state: 'pending',
      providerRef: at.providerRef,
      redirect: at.redirect,
      expiresAt: at.expiresAt ?? later(payment.createdAt, paymentLifetimeMs),
    },
    now,
  );

/** The call surely had no effect; it is sent again with the same key. */
export const markNotSent = (payment: InitiatingPayment, now: Instant): CreatedPayment =>
  moved(payment, { state: 'created' }, now);

/** One more call or question whose answer is not known yet, counted so that the next one waits longer. */
export const triedAgain = <Open extends Payment>(payment: Open, now: Instant): Open => ({
  ...payment,
  attempts: payment.attempts + 1,
  updatedAt: now,
});

export const isOutOfTime = (payment: Payment, now: Instant): boolean =>
  'expiresAt' in payment
    ? now >= payment.expiresAt
    : now >= later(payment.createdAt, paymentLifetimeMs);

/** The provider's own name of the payment, where it is known. */
export const providerRefOf = (payment: Payment): string | undefined =>
  'providerRef' in payment ? payment.providerRef : undefined;

/**
 * What a paid payment brings into the customer's account: what was asked if all of it was taken; else all that was
 * taken, since a fee is earned on the whole only.
 */
export const credited = ({ amount, charge, captured }: SucceededPayment): Money =>
  isEqual(captured, charge) ? amount : captured;

type Fields<State extends Payment['state']> = Omit<
  Extract<Payment, { readonly state: State }>,
  keyof PaymentFacts
>;

/** Makes the next state of a payment from the facts it keeps and the fields that come with the state. */
export function moved<State extends Payment['state']>(
  payment: Payment,
  next: Fields<State> & { readonly state: State },
  now: Instant,
): PaymentFacts & Fields<State> & { readonly state: State } {
  invariant(isLegalMove(payment.state, next.state), `no move ${payment.state} → ${next.state}`);
  // A new call begins its own row of tries.
  const isNewCall = next.state === 'capturing' || next.state === 'canceling';
  const attempts = isNewCall ? 1 : payment.attempts + 1;
  return { ...factsOf(payment), attempts, updatedAt: now, ...next };
}

function factsOf(payment: Payment): PaymentFacts {
  const { id, number, customerId, accountId, accountNumber, amount, fee, charge, quote } = payment;
  const { method, provider, providerMethod, holds, saves, savedMethod } = payment;
  const { createdAt, updatedAt, attempts } = payment;
  return {
    ...{ id, number, customerId, accountId, accountNumber, amount, fee, charge, quote },
    ...{ method, provider, providerMethod, holds, saves, savedMethod },
    ...{ createdAt, updatedAt, attempts },
  };
}
