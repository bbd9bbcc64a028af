import { accountChanged } from '../../application/accounting/account-changed.ts';
import { postPayment, type PostingMoment } from '../../application/accounting/payment-posting.ts';
import { postRefund } from '../../application/accounting/refund-posting.ts';
import type {
  AccountingSystem,
  CommandOutcome,
  PaymentCommand,
  RefundCommand,
} from '../../application/ports/accounting-system.ts';
import type { Books } from '../../application/ports/books.ts';
import type { Clock } from '../../application/ports/clock.ts';
import {
  operationsPerMessage,
  type AccountChanged,
} from '../../application/ports/inside-messages.ts';
import type { Randomness } from '../../application/ports/randomness.ts';
import type { CustomerId } from '../../domain/ids.ts';

/** The default accounting system: our own double-entry ledger. */
export class OwnLedger implements AccountingSystem {
  readonly #books: Books;
  readonly #clock: Clock;
  readonly #randomness: Randomness;

  constructor(books: Books, clock: Clock, randomness: Randomness) {
    this.#books = books;
    this.#clock = clock;
    this.#randomness = randomness;
  }

  recordPayment(command: PaymentCommand): Promise<CommandOutcome> {
    return this.#books.post(command, command.payment.accountId, (account) =>
      postPayment(command, account, this.#moment()),
    );
  }

  recordRefund(command: RefundCommand): Promise<CommandOutcome> {
    return this.#books.post(command, command.refund.accountId, (account) =>
      postRefund(command, account, this.#moment()),
    );
  }

  /** Time and ids are taken under the account's lock, so that they grow with the account's version. */
  #moment(): PostingMoment {
    return {
      entryId: this.#randomness.id(),
      messageId: this.#randomness.id(),
      now: this.#clock.now(),
    };
  }

  async readAccount(accountId: string, customer: CustomerId): Promise<AccountChanged | undefined> {
    const asOf = this.#clock.now();
    const found = await this.#books.readAccount(accountId, customer, operationsPerMessage);
    if (found === undefined) return undefined;
    return accountChanged({ ...found.account, asOf }, found.operations);
  }
}
