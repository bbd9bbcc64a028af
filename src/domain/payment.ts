import type { AccountId, CustomerId, PaymentId } from './ids.ts';
import { invariant } from './invariant.ts';
import type { Money } from './money.ts';
import { isLegalMove } from './payment-moves.ts';
import type { DeclineReason } from './payment-claim.ts';
import { later, minute, type Instant } from './time.ts';

/** Where the payer is sent. A form is posted by the browser itself. */
export type Redirect =
  | { readonly kind: 'get'; readonly url: string }
  | {
      readonly kind: 'form-post';
      readonly action: string;
      readonly fields: readonly (readonly [string, string])[];
    };

interface PaymentFacts {
  readonly id: PaymentId;
  readonly customerId: CustomerId;
  readonly accountId: AccountId;
  readonly accountNumber: string;
  readonly amount: Money;
  readonly method: string;
  readonly provider: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** How often the provider was called or asked: spaces out the next time. */
  readonly attempts: number;
}
interface AtProvider {
  readonly providerRef: string | undefined;
}

/** Recorded here, the provider knows nothing. */
export type CreatedPayment = PaymentFacts & { readonly state: 'created' };
/** A call was sent; nobody knows yet whether it arrived. */
export type InitiatingPayment = PaymentFacts & { readonly state: 'initiating' };
/** The provider has it, the payer may act. */
export type PendingPayment = PaymentFacts &
  AtProvider & {
    readonly state: 'pending';
    readonly redirect: Redirect | undefined;
    readonly expiresAt: Instant;
  };
/** Money was taken. `late`: after the payment had been closed. */
export type SucceededPayment = PaymentFacts &
  AtProvider & { readonly state: 'succeeded'; readonly paidAt: Instant; readonly late: boolean };
export type FailedPayment = PaymentFacts &
  AtProvider & { readonly state: 'failed'; readonly reason: DeclineReason };
export type CanceledPayment = PaymentFacts & AtProvider & { readonly state: 'canceled' };
export type ExpiredPayment = PaymentFacts & AtProvider & { readonly state: 'expired' };
/** A provable money event that does not fit; people decide. */
export type ReviewPayment = PaymentFacts &
  AtProvider & { readonly state: 'review'; readonly why: string };

export type Payment =
  | CreatedPayment
  | InitiatingPayment
  | PendingPayment
  | SucceededPayment
  | FailedPayment
  | CanceledPayment
  | ExpiredPayment
  | ReviewPayment;

/** How long a payer has, counted from the wish to pay. */
export const paymentLifetimeMs = 60 * minute;

/** A wish to pay. Nothing has left the house. */
export const newPayment = (
  facts: Omit<PaymentFacts, 'createdAt' | 'updatedAt' | 'attempts'>,
  now: Instant,
): CreatedPayment => ({ ...facts, state: 'created', createdAt: now, updatedAt: now, attempts: 0 });

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
export const triedAgain = <Open extends InitiatingPayment | PendingPayment>(
  payment: Open,
  now: Instant,
): Open => ({ ...payment, attempts: payment.attempts + 1, updatedAt: now });

export const isOutOfTime = (payment: Payment, now: Instant): boolean =>
  payment.state === 'pending'
    ? now >= payment.expiresAt
    : now >= later(payment.createdAt, paymentLifetimeMs);

/** The provider's own name of the payment, where it is known. */
export const providerRefOf = (payment: Payment): string | undefined =>
  'providerRef' in payment ? payment.providerRef : undefined;

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
  const { id, customerId, accountId, accountNumber, amount, method, provider, createdAt } = payment;
  const facts = { id, customerId, accountId, accountNumber, amount, method, provider, createdAt };
  return { ...facts, attempts: payment.attempts + 1, updatedAt: now, ...next };
}
