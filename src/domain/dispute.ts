import type { CustomerId, PaymentId } from './ids.ts';
import { add, zero, type Money } from './money.ts';
import type { Instant } from './time.ts';

/** A payer's bank takes a payment back; the provider decides. A child of its payment, like a refund. */
export interface Dispute {
  /** The provider's own id of it. */
  readonly ref: string;
  readonly provider: string;
  readonly paymentId: PaymentId;
  readonly customerId: CustomerId;
  readonly amount: Money;
  readonly state: 'open' | 'won' | 'lost';
  readonly reason: string;
  readonly openedAt: Instant;
  readonly updatedAt: Instant;
}

/** What a provider says of a dispute. */
export interface DisputeClaim {
  readonly ref: string;
  readonly state: Dispute['state'];
  readonly amount: Money;
  readonly reason: string;
}

/** A decided dispute stays decided; undefined when nothing changes. */
export function settleDispute(
  known: Dispute | undefined,
  claim: DisputeClaim,
  of: Pick<Dispute, 'provider' | 'paymentId' | 'customerId'>,
  now: Instant,
): Dispute | undefined {
  if (known === undefined) {
    const { provider, paymentId, customerId } = of;
    return { ...claim, provider, paymentId, customerId, openedAt: now, updatedAt: now };
  }
  if (known.state !== 'open' || claim.state === 'open') return undefined;
  return { ...known, state: claim.state, updatedAt: now };
}

/** What disputes keep from being paid back: all that is not won. */
export const disputedSum = (disputes: readonly Dispute[], currency: Money['currency']): Money =>
  disputes
    .filter(({ state }) => state !== 'won')
    .map(({ amount }) => amount)
    .reduce(add, zero(currency));
