import { accountChanged } from '../../application/accounting/account-changed.ts';
import { postPayment, type PostingMoment } from '../../application/accounting/payment-posting.ts';
import { postRefund } from '../../application/accounting/refund-posting.ts';
import type {
  AccountingSystem,
  CommandOutcome,
  MoneyCommand,
  PaymentCommand,
  RefundCommand,
} from '../../application/ports/accounting-system.ts';
import type { BooksAccount, Posting } from '../../application/ports/books.ts';
import type { Clock } from '../../application/ports/clock.ts';
import {
  operationsPerMessage,
  type AccountChanged,
} from '../../application/ports/inside-messages.ts';
import type { OutgoingMessage } from '../../application/ports/outbox.ts';
import type { Randomness } from '../../application/ports/randomness.ts';
import type { CustomerId } from '../../domain/ids.ts';
import { contentOf, type Entry } from '../../domain/ledger/entry.ts';
import { newestFirst, type Operation } from '../../domain/operation.ts';

type Decide = (found: BooksAccount | undefined, moment: PostingMoment) => Posting;

/** The accounting system in maps: the same promises as the real one, for tests. */
export class MemoryAccountingSystem implements AccountingSystem {
  /** What was posted, by entry key. */
  readonly entries = new Map<string, Entry>();
  /** What was told, in order. */
  readonly messages: OutgoingMessage[] = [];
  readonly #accounts = new Map<string, BooksAccount>();
  readonly #operations: Operation[] = [];
  readonly #inbox = new Map<string, { readonly content: string; readonly isConflict: boolean }>();
  readonly #clock: Clock;
  readonly #randomness: Randomness;

  constructor(clock: Clock, randomness: Randomness) {
    this.#clock = clock;
    this.#randomness = randomness;
  }

  /** Puts an account there to begin with. */
  add(account: BooksAccount): void {
    this.#accounts.set(account.account.id, account);
  }

  async recordPayment(command: PaymentCommand): Promise<CommandOutcome> {
    return this.#record(command, command.payment.accountId, (found, moment) =>
      postPayment(command, found, moment),
    );
  }

  async recordRefund(command: RefundCommand): Promise<CommandOutcome> {
    return this.#record(command, command.refund.accountId, (found, moment) =>
      postRefund(command, found, moment),
    );
  }

  #record(command: MoneyCommand, accountId: string, decide: Decide): CommandOutcome {
    const key = JSON.stringify([command.source, command.idempotencyKey]);
    const content = JSON.stringify([command.customerId, command.requestHash]);
    const before = this.#inbox.get(key);
    if (before !== undefined) {
      return before.content === content && !before.isConflict ? 'repeated' : 'conflict';
    }

    const outcome = this.#post(this.#find(accountId, command.customerId), decide);
    this.#inbox.set(key, { content, isConflict: outcome === 'conflict' });
    return outcome;
  }

  async readAccount(accountId: string, customer: CustomerId): Promise<AccountChanged | undefined> {
    const found = this.#find(accountId, customer);
    if (found === undefined) return undefined;
    const operations = this.#operations
      .filter((operation) => operation.accountId === accountId)
      .toSorted(newestFirst)
      .slice(0, operationsPerMessage);
    return accountChanged({ ...found.account, asOf: this.#clock.now() }, operations);
  }

  #post(found: BooksAccount | undefined, decide: Decide): CommandOutcome {
    const { entry, change } = decide(found, {
      entryId: this.#randomness.id(),
      messageId: this.#randomness.id(),
      now: this.#clock.now(),
    });
    const known = this.entries.get(entry.key);
    if (known !== undefined) {
      return contentOf(known.postings) === contentOf(entry.postings) ? 'repeated' : 'conflict';
    }

    this.entries.set(entry.key, entry);
    if (found !== undefined && change !== undefined) {
      this.add({ ...found, account: change.account });
      this.#operations.push(change.operation);
      this.messages.push(change.message);
    }
    return 'posted';
  }

  #find(accountId: string, customer: CustomerId): BooksAccount | undefined {
    const found = this.#accounts.get(accountId);
    return found?.account.customerId === customer ? found : undefined;
  }
}
