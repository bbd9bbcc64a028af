import type { AutoPay } from '../../domain/autopay.ts';
import type { AccountId, CustomerId, SavedMethodId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { OutgoingMessage } from './outbox.ts';

/**
 * Who pays automatically. Promises, proved by test/contracts/autopay-store.test.ts:
 * - an account has at most one auto-pay, and every agreement is kept with its words and its end;
 * - nobody else gets a taken one until its lease ends;
 * - what the customer changed or ended meanwhile is never written over.
 */
export interface AutoPayStore {
  list(customer: CustomerId): Promise<AutoPay[]>;
  find(account: AccountId, customer: CustomerId): Promise<AutoPay | undefined>;
  /** Puts it in the place of what was there, whose agreement ends. */
  agree(autopay: AutoPay, words: string, now: Instant): Promise<void>;
  /** Ends auto-pay of an account; answers whether there was one. */
  stop(account: AccountId, customer: CustomerId, now: Instant): Promise<boolean>;
  /** Ends every auto-pay that charges this method. */
  stopBy(method: SavedMethodId, customer: CustomerId, now: Instant): Promise<void>;
  /** Takes those that are due, the longest due first. */
  takeDue(now: Instant, limit: number, leaseMs: number): Promise<AutoPay[]>;
  /** Saves a step with the message that tells of it, in one commit; false when its agreement has ended. */
  save(autopay: AutoPay, message?: OutgoingMessage): Promise<boolean>;
}
