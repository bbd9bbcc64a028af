import type { FiscalEnd, FiscalOrder, FiscalReceipt } from '../../domain/fiscal/fiscal-order.ts';
import type { CustomerId, PaymentId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

/**
 * Keeps which payments and refunds have a fiscal receipt. Promises, proved by test/contracts/fiscal-store.test.ts:
 * - a payment or refund has one order for ever;
 * - an order is taken by one at a time, and its next time is saved before anybody asks;
 * - a refund waits for the receipt of its payment;
 * - an end never changes.
 */
export interface FiscalStore {
  /**
   * Makes orders for payments in roubles that succeeded from `since` on, and for their refunds; answers how many.
   */
  gather(since: Instant, now: Instant, limit: number): Promise<number>;
  takeDue(now: Instant, limit: number): Promise<FiscalOrder[]>;
  end(key: FiscalOrder['key'], end: FiscalEnd, now: Instant): Promise<void>;
  /** That of the payment first, then those of its refunds; empty where none was ordered. */
  find(payment: PaymentId, customer: CustomerId): Promise<FiscalReceipt[]>;
}
