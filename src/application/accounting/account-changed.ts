import type { Account } from '../../domain/account.ts';
import type { Money } from '../../domain/money.ts';
import type { Operation } from '../../domain/operation.ts';
import { isoText } from '../../domain/time.ts';
import type { AccountChanged, MoneyMessage, OperationMessage } from '../ports/inside-messages.ts';

/** Writes an account and some of its operations as the zones tell them to each other. */
export const accountChanged = (
  account: Account,
  operations: readonly Operation[],
): AccountChanged => ({
  customerId: account.customerId,
  accountId: account.id,
  number: account.number,
  title: account.title,
  balance: moneyMessage(account.balance),
  openedOn: account.openedOn,
  asOf: isoText(account.asOf),
  version: account.version,
  operations: operations.map(operationMessage),
});

const operationMessage = (operation: Operation): OperationMessage => ({
  id: operation.id,
  postedAt: isoText(operation.postedAt),
  kind: operation.kind,
  amount: moneyMessage(operation.amount),
  description: operation.description,
  ...(operation.counterparty !== undefined && { counterparty: operation.counterparty }),
  ...(operation.paymentId !== undefined && { paymentId: operation.paymentId }),
});

const moneyMessage = (sum: Money): MoneyMessage => ({
  minor: sum.minor.toString(),
  currency: sum.currency,
});
