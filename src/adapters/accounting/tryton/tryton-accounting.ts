import { accountChanged } from '../../../application/accounting/account-changed.ts';
import { paymentEntryKey, postPayment } from '../../../application/accounting/payment-posting.ts';
import { postRefund, refundEntryKey } from '../../../application/accounting/refund-posting.ts';
import type {
  AccountingSystem,
  CommandOutcome,
  MoneyCommand,
} from '../../../application/ports/accounting-system.ts';
import type { Books, BooksAccount, Posting } from '../../../application/ports/books.ts';
import type { Clock } from '../../../application/ports/clock.ts';
import { moveRef } from '../../../application/ports/foreign-lines.ts';
import { operationsPerMessage } from '../../../application/ports/inside-messages.ts';
import type { Randomness } from '../../../application/ports/randomness.ts';
import { dayIn } from '../../../domain/time.ts';
import { gathered } from './gathered.ts';
import type { MayPost } from './tryton-chart.ts';
import { trytonSource } from './tryton-lines.ts';
import type { TrytonCall } from './tryton-talk.ts';
import { movePoster } from './tryton-writer.ts';

/** What the accounting needs beside Tryton. */
export interface TrytonSurroundings {
  /** What was posted is kept here too: keys, history and events, so that pages never wait for Tryton. */
  readonly books: Books;
  readonly clock: Clock;
  readonly randomness: Randomness;
  /** The company’s days are in it. */
  readonly zone: string;
  /** Asked before each call that changes something in Tryton; absent where this process is the only one. */
  readonly mayPost?: MayPost;
}

/**
 * Tryton as the company’s accounting. A command is kept in our books, then posted in Tryton, then written into our
 * books with its event; it is answered after the last step, and whichever step was cut short is done by the next
 * telling of it. One process posts; what comes at once goes together.
 */
export function trytonAccounting(call: TrytonCall, around: TrytonSurroundings): AccountingSystem {
  const { books, clock, randomness, zone } = around;
  const post = gathered(movePoster(call, around.mayPost));
  const moment = () => ({
    entryId: randomness.id(),
    messageId: randomness.id(),
    now: clock.now(),
  });

  const record = async (
    command: MoneyCommand,
    { accountId, key: entryKey }: { readonly accountId: string; readonly key: string },
    decide: (account: BooksAccount | undefined) => Posting,
  ): Promise<CommandOutcome> => {
    const { outcome, account } = await books.intend(command, accountId, entryKey);
    if (outcome !== undefined) return outcome;

    const { key, memo, postings, effectiveAt, bookOn } = decide(account).entry;
    const day = bookOn ?? dayIn(zone, effectiveAt);
    const { tag, id } = await post({ key, memo, postings, day });
    if (tag === 'conflict') await books.refuse(command);
    if (tag === 'conflict' || tag === 'draft-differs') return 'conflict';
    return books.post(command, accountId, (found) => {
      const posting = decide(found);
      const proof = { provider: trytonSource, ref: moveRef(id) };
      return { ...posting, entry: { ...posting.entry, proof } };
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
