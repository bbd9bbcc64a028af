import type { PaymentId } from '../../domain/ids.ts';
import type { PaymentState } from '../../domain/payment-moves.ts';
import type { Payment } from '../../domain/payment.ts';
import type { Instant } from '../../domain/time.ts';

/** A proof that fits no payment, or contradicts one: money looking for its explanation. */
export interface OddNotification {
  readonly provider: string;
  readonly eventKey: string;
  /** What the provider named; not always a payment of ours. */
  readonly paymentId: string;
  readonly why: string;
  readonly receivedAt: Instant;
}

/**
 * What staff look at across customers; nothing of it is reachable by a customer. Promises, proved by
 * test/contracts/payment-desk.test.ts: pages are newest first and bounded, and what was put aside stays until settled.
 */
export interface PaymentDesk {
  find(id: PaymentId): Promise<Payment | undefined>;
  list(states: readonly PaymentState[], limit: number, after?: PaymentId): Promise<Payment[]>;
  /** Payments of a provider that were paid within the window, oldest first, page by page after an id. */
  paidBetween(
    provider: string,
    from: Instant,
    to: Instant,
    limit: number,
    after?: PaymentId,
  ): Promise<Payment[]>;
  /** Parked and contradicting proofs, newest first. */
  odd(limit: number): Promise<OddNotification[]>;
}
