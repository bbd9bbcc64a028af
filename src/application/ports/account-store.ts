import type { Account } from '../../domain/account.ts';
import type { AccountId, CustomerId, OperationId, PaymentId } from '../../domain/ids.ts';
import type { HistoryPlace, Operation, OperationKind } from '../../domain/operation.ts';
import type { AccountSpan, Span } from '../../domain/statement.ts';
import type { Instant } from '../../domain/time.ts';

/** What narrows a history. Sums are signed smallest units. */
export interface HistoryFilter {
  readonly from?: Instant;
  /** Exclusive. */
  readonly before?: Instant;
  readonly kind?: OperationKind;
  readonly min?: bigint;
  readonly max?: bigint;
  readonly text?: string;
}

/** One entry of a customer's live feed. `reset`: too much changed at once, read everything again. */
export type FeedEntry =
  | {
      readonly seq: number;
      readonly kind: 'operation';
      readonly operation: Operation;
      readonly account: Account;
    }
  | {
      readonly seq: number;
      readonly kind: 'payment';
      readonly paymentId: string;
      readonly state: string;
    }
  | { readonly seq: number; readonly kind: 'reset' };

/** A change inside, as it is told to the portal. */
export interface AccountChange {
  readonly account: Account;
  readonly operations: readonly Operation[];
}

/**
 * The portal's copy of accounts and operations. Promises, proved by test/contracts/account-store.test.ts:
 * - a change told twice or out of order leaves the same picture;
 * - nothing of another customer is ever answered;
 * - pages go on where the last one ended, whatever was posted meanwhile;
 * - a span's sums, operations and balance are of one moment, whatever is taken meanwhile.
 */
export interface AccountStore {
  /** Takes a change; answers whether anything was new. */
  take(change: AccountChange, now: Instant): Promise<boolean>;
  list(customer: CustomerId): Promise<Account[]>;
  find(id: AccountId, customer: CustomerId): Promise<Account | undefined>;
  /** Newest first, older than `after` where given. */
  history(
    account: AccountId,
    customer: CustomerId,
    filter: HistoryFilter,
    page: { readonly after: HistoryPlace | undefined; readonly limit: number },
  ): Promise<Operation[]>;
  /** An account around a span, with at most `limit` of its operations; undefined where it is not the customer's. */
  span(
    account: AccountId,
    customer: CustomerId,
    span: Span,
    limit: number,
  ): Promise<AccountSpan | undefined>;
  findOperation(id: OperationId, customer: CustomerId): Promise<Operation | undefined>;
  /** The posted operation a payment came back as. */
  findByPayment(payment: PaymentId, customer: CustomerId): Promise<Operation | undefined>;
  /** The feed after an entry, oldest first. */
  feedAfter(customer: CustomerId, seq: number, limit: number): Promise<FeedEntry[]>;
  /** The number of the newest feed entry. */
  feedEnd(customer: CustomerId): Promise<number>;
}
