import { balanceAfter } from '../../domain/account.ts';
import type { OperationId, PaymentId } from '../../domain/ids.ts';
import type { Money } from '../../domain/money.ts';
import type { Operation, OperationKind } from '../../domain/operation.ts';
import type { Instant } from '../../domain/time.ts';
import type { BooksAccount, Posting } from '../ports/books.ts';
import { accountChanged } from './account-changed.ts';

/** The customer's line of an entry. */
interface Line {
  readonly kind: OperationKind;
  /** Above zero credits the account. */
  readonly amount: Money;
  readonly description: string;
  readonly paymentId: string | undefined;
}

/** What an entry does to a customer's account: its new balance, the line in its history, and the event that tells. */
export function changeOf(
  { account }: BooksAccount,
  { kind, amount, description, paymentId }: Line,
  moment: { readonly entryId: string; readonly messageId: string; readonly now: Instant },
): NonNullable<Posting['change']> {
  const { entryId, messageId, now } = moment;
  const operation: Operation = {
    id: entryId as OperationId,
    accountId: account.id,
    postedAt: now,
    kind,
    amount,
    description,
    counterparty: undefined,
    paymentId: paymentId as PaymentId | undefined,
  };
  const changed = {
    ...account,
    balance: balanceAfter(account.balance, amount),
    asOf: now,
    version: account.version + 1,
  };
  const body = { type: 'ledger.account-changed', data: accountChanged(changed, [operation]) };
  const message = {
    id: messageId,
    topic: 'event' as const,
    customerId: account.customerId,
    body: JSON.stringify(body),
    createdAt: now,
  };
  return { account: changed, operation, message };
}
