import type { AttemptView } from '../../application/sign-in/attempt-view.ts';
import { due, type Account } from '../../domain/account.ts';
import { decimalText, type Money } from '../../domain/money.ts';
import type { Operation } from '../../domain/operation.ts';
import { isoText } from '../../domain/time.ts';
import type { AccountJson, OperationJson } from './contract/account-json.ts';
import type { MoneyJson } from './contract/money-json.ts';
import type { SignInAttemptJson } from './contract/sign-in-json.ts';

export const toMoneyJson = (sum: Money): MoneyJson => ({
  minor: sum.minor.toString(),
  currency: sum.currency,
});
/** `12.50 RUB`, for the details of a problem. */
export const moneyText = (sum: Money): string => `${decimalText(sum)} ${sum.currency}`;

/** Nothing here depends on the login; the mask says only that it is a phone. */
export const toAttemptJson = (view: AttemptView): SignInAttemptJson => ({
  attemptId: view.attemptId,
  sentTo: '•••',
  codeLength: view.codeLength,
  expiresAt: isoText(view.expiresAt),
  resendAt: isoText(view.resendAt),
});

export const toAccountJson = (account: Account): AccountJson => ({
  id: account.id,
  number: account.number,
  title: account.title,
  balance: toMoneyJson(account.balance),
  due: toMoneyJson(due(account)),
  openedOn: account.openedOn,
  asOf: isoText(account.asOf),
});

export const toOperationJson = (operation: Operation): OperationJson => ({
  id: operation.id,
  accountId: operation.accountId,
  postedAt: isoText(operation.postedAt),
  kind: operation.kind,
  amount: toMoneyJson(operation.amount),
  description: operation.description,
  ...(operation.counterparty === undefined ? {} : { counterparty: operation.counterparty }),
  ...(operation.paymentId === undefined ? {} : { paymentId: operation.paymentId }),
});
