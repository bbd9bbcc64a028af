import type { CustomerId } from '../../domain/ids.ts';
import type { Counters } from '../../domain/ledger/counters.ts';
import type { Entry, LedgerAccountId } from '../../domain/ledger/entry.ts';
import type { Asked } from '../../domain/ledger/event-keys.ts';
import type { EventRefusal } from '../../domain/ledger/event-rules.ts';
import type { Hold, HoldEnd, HoldRefusal } from '../../domain/ledger/hold.ts';
import type { CloseRefusal, Month } from '../../domain/ledger/period.ts';
import type { Bill } from '../../domain/ledger/bill.ts';
import type { Money } from '../../domain/money.ts';
import type { Result } from '../../domain/result.ts';
import type { CalendarDay, Instant } from '../../domain/time.ts';
import type { BooksAccount, Posting } from './books.ts';

/** What is to be posted, before it is known how the books stand. */
export interface ToPost extends Asked {
  /** The hold it takes its money from. */
  readonly hold: string | undefined;
  /** Everything that was told, as text: the same key with other facts is refused. */
  readonly facts: string;
}

/** How the books stand, kept still until the posting is saved. */
export interface LedgerSeen {
  readonly found: BooksAccount | undefined;
  /** The entry that was asked for, what is correlated with it and what reverses it, as they were posted. */
  readonly family: readonly Entry[];
  readonly hold: Hold | undefined;
}

/** What is saved in one commit. The first entry has the key that was asked for. */
export interface LedgerPosting {
  readonly entries: readonly { readonly entryId: string; readonly entry: Entry }[];
  /** Whose it is; absent for the company's own. */
  readonly customerId: CustomerId | undefined;
  readonly recordedAt: Instant;
  readonly change?: Posting['change'];
  readonly hold?: Hold;
  readonly bill?: Bill;
}

export type PostRefusal =
  | EventRefusal
  | HoldRefusal
  | { readonly reason: 'hold-unknown' }
  | { readonly reason: 'told-otherwise'; readonly key: string }
  | { readonly reason: 'proof-used'; readonly ref: string }
  | { readonly reason: 'below-floor'; readonly account: LedgerAccountId }
  | { readonly reason: 'account-closed'; readonly account: string }
  | { readonly reason: 'period-closed' };

export type CloseAccountRefusal =
  | { readonly reason: 'account-unknown' }
  /** What stands there: money of the customer's, or a refund that is promised and not made. */
  | { readonly reason: 'not-empty'; readonly balance: Money; readonly promised: Money }
  /** Money may still be taken for it. */
  | { readonly reason: 'holds-open'; readonly key: string };

/**
 * The double-entry ledger behind everything that is not a customer's payment. Promises, proved by
 * test/contracts/ledger.test.ts:
 * - one key has one effect: told again with the same facts it is `repeated`, with other facts refused;
 * - a posting is decided by what stands in the books at that moment, and is saved in one commit or not at all;
 * - no account with a floor is lowered below it, nothing is posted to a closed account or a closed month, an entry is
 *   reversed at most once, and one entry of a kind stands for a provider's reference;
 * - a hold is resolved at most once, and never for more than is held;
 * - `counters` counts every committed posting and every hold that is open at that moment.
 */
export interface Ledger {
  post(
    asked: ToPost,
    decide: (seen: LedgerSeen) => Result<LedgerPosting, PostRefusal>,
  ): Promise<Result<'posted' | 'repeated', PostRefusal>>;
  /** Opens a hold; one with the same key stays as it is. For a closed account nothing is held. */
  open(hold: Hold, now: Instant): Promise<'held' | 'repeated' | 'conflict' | 'account-closed'>;
  /** Lets a hold go, or lets it expire. */
  endHold(
    key: string,
    end: Exclude<HoldEnd, { readonly tag: 'capture' }>,
    now: Instant,
  ): Promise<Result<Hold, HoldRefusal | { readonly reason: 'hold-unknown' }>>;
  /** Expires every hold whose time is over; answers how many. */
  expireHolds(now: Instant): Promise<number>;
  /** Closes a month and all before it. */
  closeMonth(month: Month, today: CalendarDay, now: Instant): Promise<Result<Month, CloseRefusal>>;
  /**
   * Closes a customer's account, for good, that stands at nothing, owes and is owed nothing, and has no hold that could
   * still be taken; so no bill of it is unpaid. Nothing is posted to it any more, reversals included: what comes for it
   * later is held in suspense, and an old mistake is put right on another account. The first reason stays.
   */
  closeAccount(
    number: string,
    reason: string,
    now: Instant,
  ): Promise<Result<'closed', CloseAccountRefusal>>;
  counters(account: LedgerAccountId, now: Instant): Promise<Counters>;
  /** A charge as it was billed. */
  bill(invoiceId: string): Promise<Bill | undefined>;
}
