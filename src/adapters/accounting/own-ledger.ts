import { accountChanged } from '../../application/accounting/account-changed.ts';
import { postPayment } from '../../application/accounting/payment-posting.ts';
import type {
  AccountingSystem,
  PaymentCommand,
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

  recordPayment(command: PaymentCommand): Promise<'posted' | 'repeated' | 'conflict'> {
    // Time and ids are taken under the account's lock, so that they grow with the account's version.
    return this.#books.post(command, (account) =>
      postPayment(command, account, {
        entryId: this.#randomness.id(),
        messageId: this.#randomness.id(),
        now: this.#clock.now(),
      }),
    );
  }

  async readAccount(accountId: string, customer: CustomerId): Promise<AccountChanged | undefined> {
    const asOf = this.#clock.now();
    const found = await this.#books.readAccount(accountId, customer, operationsPerMessage);
    if (found === undefined) return undefined;
    return accountChanged({ ...found.account, asOf }, found.operations);
  }
}
