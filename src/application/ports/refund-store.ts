import type { Dispute } from '../../domain/dispute.ts';
import type { PaymentId, RefundId } from '../../domain/ids.ts';
import type { Refund, RefundState } from '../../domain/refund.ts';
import type { Instant } from '../../domain/time.ts';

/**
 * Reads refunds and takes them for work; they are written under their payment's lock, by `PaymentStore.apply`.
 * Promises, proved by test/contracts/refund-store.test.ts:
 * - nobody else gets a taken refund before its next time;
 * - `debited` is the sum of what refunds took out of the customers' credit, each once.
 */
export interface RefundStore {
  find(id: RefundId): Promise<Refund | undefined>;
  of(payment: PaymentId): Promise<Refund[]>;
  /** What came back of each payment by refunds that succeeded, in smallest units; a payment without any is left out. */
  paidBack(payments: readonly PaymentId[]): Promise<ReadonlyMap<PaymentId, bigint>>;
  disputesOf(payment: PaymentId): Promise<Dispute[]>;
  /** Takes refunds whose call should be made or whose provider should be asked now. */
  takeDue(now: Instant, limit: number): Promise<Refund[]>;
  /** For staff, newest first. */
  list(states: readonly RefundState[], limit: number, after?: RefundId): Promise<Refund[]>;
}
