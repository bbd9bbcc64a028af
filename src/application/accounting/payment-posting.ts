import { balanceAfter, type Account } from '../../domain/account.ts';
import { isCurrency } from '../../domain/currency.ts';
import type { OperationId, PaymentId } from '../../domain/ids.ts';
import { invariant } from '../../domain/invariant.ts';
import { postCapture } from '../../domain/ledger/posting-rules.ts';
import { postToSuspense } from '../../domain/ledger/suspense.ts';
import type { Texts } from '../../domain/locale.ts';
import { money, type Money } from '../../domain/money.ts';
import type { Operation } from '../../domain/operation.ts';
import { parseInstant, type Instant } from '../../domain/time.ts';
import type { PaymentCommand } from '../ports/accounting-system.ts';
import type { BooksAccount, Posting } from '../ports/books.ts';
import { accountChanged } from './account-changed.ts';

/** Ids and time of a posting. */
export interface PostingMoment {
  readonly entryId: string;
  readonly messageId: string;
  readonly now: Instant;
}

/**
 * Decides what a captured payment does to the books: credit the account it was meant for, or, where there is no such
 * account in that currency, keep the money in suspense.
 */
export function postPayment(
  command: PaymentCommand,
  found: BooksAccount | undefined,
  moment: PostingMoment,
): Posting {
  const capture = readCapture(command);
  const facts = { entryId: moment.entryId, customerId: command.customerId, recordedAt: moment.now };
  if (found?.account.balance.currency !== capture.amount.currency) {
    const memo = `for account ${command.payment.accountId}`;
    return { ...facts, entry: postToSuspense({ ...capture, memo }) };
  }

  const { account, locale } = found;
  const description = describePayment(command.payment.method)[locale];
  const operation: Operation = {
    id: moment.entryId as OperationId,
    accountId: account.id,
    postedAt: moment.now,
    kind: 'payment',
    amount: capture.amount,
    description,
    counterparty: undefined,
    paymentId: capture.paymentId as PaymentId,
  };
  const changed = credit(account, capture.amount, moment.now);
  return {
    ...facts,
    entry: postCapture({ ...capture, accountNumber: account.number, memo: description }),
    change: { account: changed, operation, message: tell(changed, operation, moment) },
  };
}

const credit = (account: Account, amount: Money, now: Instant): Account => ({
  ...account,
  balance: balanceAfter(account.balance, amount),
  asOf: now,
  version: account.version + 1,
});

const tell = (account: Account, operation: Operation, { messageId, now }: PostingMoment) => ({
  id: messageId,
  topic: 'event' as const,
  customerId: account.customerId,
  body: JSON.stringify({
    type: 'ledger.account-changed',
    data: accountChanged(account, [operation]),
  }),
  createdAt: now,
});

/** The message schemas have seen to the form; what is left is a bug of ours. */
function readCapture({ payment }: PaymentCommand) {
  const { currency, minor } = payment.amount;
  invariant(isCurrency(currency), `${currency} is no currency of ours`);
  invariant(/^[1-9]\d{0,18}$/.test(minor), `a payment of ${minor} ${currency}`);
  const paidAt = parseInstant(payment.paidAt);
  invariant(paidAt !== undefined, `${payment.paidAt} is no time`);
  const { provider, paymentId } = payment;
  return { provider, paymentId, amount: money(BigInt(minor), currency), paidAt };
}

const methodTexts: Readonly<Record<string, Texts>> = {
  'bank-card': { ru: 'Оплата банковской картой', en: 'Payment by bank card' },
};

/** What a payment is called in the customer's history. */
export const describePayment = (method: string): Texts =>
  methodTexts[method] ?? { ru: 'Оплата в личном кабинете', en: 'Payment in the personal area' };
