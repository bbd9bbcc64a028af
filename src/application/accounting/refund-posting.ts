import {
  postRefund as refundEntry,
  postRefundReversal as reversalEntry,
} from '../../domain/ledger/provider-money.ts';
import { refundKey, refundReversalKey } from '../../domain/ledger/posting-rules.ts';
import { negate } from '../../domain/money.ts';
import type { RefundCommand } from '../ports/accounting-system.ts';
import type { BooksAccount, Posting } from '../ports/books.ts';
import { changeOf } from './account-change.ts';
import { ownerOf, readMoney, readTime, type PostingMoment } from './payment-posting.ts';

const texts = {
  debit: { ru: 'Возврат платежа', en: 'Payment refunded' },
  reversal: { ru: 'Возврат не состоялся', en: 'Refund did not go through' },
} as const;

/** The key of the entry that a refund, or its coming back, becomes. */
export const refundEntryKey = ({ refund }: RefundCommand): string =>
  refund.kind === 'debit'
    ? refundKey(refund.provider, refund.refundId)
    : refundReversalKey(refund.provider, refund.refundId);

/** Decides what a refund does to the books: debit the account its payment was credited to, or suspense. */
export function postRefund(
  { refund, customerId }: RefundCommand,
  found: BooksAccount | undefined,
  moment: PostingMoment,
): Posting {
  const { provider, refundId, paymentId, kind } = refund;
  const [amount, returned] = [readMoney(refund.amount), readMoney(refund.returned)];
  const write = kind === 'debit' ? refundEntry : reversalEntry;
  const at = readTime(refund.at);
  const owner = ownerOf(found, amount);
  const refunding = { provider, paymentId, refundId, owner, amount, returned, at };
  const facts = { entryId: moment.entryId, customerId, recordedAt: moment.now };
  if (found === undefined || owner === 'unknown') {
    const memo = `for account ${refund.accountId}`;
    return { ...facts, entry: write({ ...refunding, memo }) };
  }
  const description = texts[kind][found.locale];
  const entry = write({ ...refunding, memo: description });
  if (amount.minor === 0n) return { ...facts, entry };
  const moved = kind === 'debit' ? negate(amount) : amount;
  const line = { kind: 'refund', amount: moved, description, paymentId } as const;
  return { ...facts, entry, change: changeOf(found, line, moment) };
}
