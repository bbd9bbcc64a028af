import { accountChanged } from '../../application/accounting/account-changed.ts';
import { paymentEntryKey, postPayment } from '../../application/accounting/payment-posting.ts';
import { postRefund, refundEntryKey } from '../../application/accounting/refund-posting.ts';
import type {
  AccountingSystem,
  CommandOutcome,
  MoneyCommand,
} from '../../application/ports/accounting-system.ts';
import type { Books, BooksAccount, Posting } from '../../application/ports/books.ts';
import type { Clock } from '../../application/ports/clock.ts';
import { operationsPerMessage } from '../../application/ports/inside-messages.ts';
import type { Randomness } from '../../application/ports/randomness.ts';
import type { Entry } from '../../domain/ledger/entry.ts';

/** Throws where this process may not change anything in the system now. */
export type MayPost = () => Promise<void>;

/** What an accounting system of others needs beside itself. */
export interface ElsewhereSurroundings {
  /** What was posted is kept here too: keys, history and events, so that pages never wait for the system. */
  readonly books: Books;
  readonly clock: Clock;
  readonly randomness: Randomness;
  /** The company’s days are in it. */
  readonly zone: string;
  /** Asked before each call that changes something there; absent where this process is the only one. */
  readonly mayPost?: MayPost;
}

/**
 * What became of an entry there, and how our entry names it. One that stands there for good with other content is a
 * `conflict`; one that may still go away differs for now.
 */
export interface ElsewhereOutcome {
  readonly tag: 'posted' | 'repeated' | 'conflict' | 'differs-for-now';
  readonly ref: string;
}

/** A system that has no commit in common with our books. The same entry posted again has one effect. */
export interface Elsewhere {
  /** Names the system in our entries and inbox. */
  readonly source: string;
  post(entry: Entry): Promise<ElsewhereOutcome>;
}

/**
 * A system of others as the company’s accounting. A command is kept in our books, then posted there, then written into
 * our books with its event; it is answered after the last step, and whichever step was cut short is done by the next
 * telling of it.
 */
export function postedElsewhere(
  { source, post }: Elsewhere,
  { books, clock, randomness }: ElsewhereSurroundings,
): AccountingSystem {
  const moment = () => ({
    entryId: randomness.id(),
    messageId: randomness.id(),
    now: clock.now(),
  });

  const record = async (
    command: MoneyCommand,
    { accountId, key }: { readonly accountId: string; readonly key: string },
    decide: (account: BooksAccount | undefined) => Posting,
  ): Promise<CommandOutcome> => {
    const { outcome, account } = await books.intend(command, accountId, key);
    if (outcome !== undefined) return outcome;

    const { tag, ref } = await post(decide(account).entry);
    if (tag === 'conflict') await books.refuse(command);
    if (tag === 'conflict' || tag === 'differs-for-now') return 'conflict';
    return books.post(command, accountId, (found) => {
      const posting = decide(found);
      return { ...posting, entry: { ...posting.entry, proof: { provider: source, ref } } };
    });
  };

  return {
    recordPayment: (command) => {
      const place = { accountId: command.payment.accountId, key: paymentEntryKey(command) };
      return record(command, place, (account) => postPayment(command, account, moment()));
    },
    recordRefund: (command) => {
      const place = { accountId: command.refund.accountId, key: refundEntryKey(command) };
      return record(command, place, (account) => postRefund(command, account, moment()));
    },
    readAccount: async (accountId, customer) => {
      const asOf = clock.now();
      const found = await books.readAccount(accountId, customer, operationsPerMessage);
      return found && accountChanged({ ...found.account, asOf }, found.operations);
    },
  };
}
