import type { Account } from '../../domain/account.ts';
import type { CustomerId } from '../../domain/ids.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import type { Locale } from '../../domain/locale.ts';
import type { Operation } from '../../domain/operation.ts';
import type { Instant } from '../../domain/time.ts';
import type { CommandOutcome, MoneyCommand } from './accounting-system.ts';
import type { OutgoingMessage } from './outbox.ts';

/** An account as the books hold it, and the language of whoever reads its operations. */
export interface BooksAccount {
  readonly account: Account;
  readonly locale: Locale;
  /** Nothing is posted to it any more; its money is in suspense until people say whose it is. */
  readonly isClosed: boolean;
}

/** What a command changes, all of it in one commit. */
export interface Posting {
  readonly entryId: string;
  readonly entry: Entry;
  readonly customerId: CustomerId;
  readonly recordedAt: Instant;
  /** Absent where no customer's account is touched. */
  readonly change?: {
    readonly account: Account;
    readonly operation: Operation;
    readonly message: OutgoingMessage;
  };
}

/** How a command stands before it is posted elsewhere. */
export interface Intent {
  /** Undefined while it is still to be done. */
  readonly outcome: CommandOutcome | undefined;
  readonly account: BooksAccount | undefined;
}

/**
 * The double-entry books. Promises:
 * - `post` saves the command's key first and asks `decide` only if it is new, under the account's lock;
 * - entry, account, operation, key and message are saved in one commit or not at all;
 * - a key seen before, or an entry posted before under the same key, changes nothing: `repeated` if the content is
 *   the same, `conflict` if not. How a sum was split between debt and prepayment is not content;
 * - one capture is booked for a provider's reference: another payment that claims it is a `conflict`, for good;
 * - `intend` keeps what a command is about, before it is posted in a system that this commit does not reach;
 * - `refuse` ends a command as `conflict` for good; one that has ended stays as it is;
 * - an entry is booked on the day of its fact, or on the first day of the books that is open.
 */
export interface Books {
  /**
   * Answers how the command ended, or that it has not yet and for which account it is. From then on the key stands for
   * this content, and the entry it is to become is known by its key.
   */
  intend(command: MoneyCommand, accountId: string, entryKey: string): Promise<Intent>;
  refuse(command: MoneyCommand): Promise<void>;
  post(
    command: MoneyCommand,
    accountId: string,
    decide: (account: BooksAccount | undefined) => Posting,
  ): Promise<CommandOutcome>;
  /** An account and its newest operations, newest first. */
  readAccount(
    accountId: string,
    customer: CustomerId,
    limit: number,
  ): Promise<{ readonly account: Account; readonly operations: readonly Operation[] } | undefined>;
}
