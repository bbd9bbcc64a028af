import type { Currency } from '../currency.ts';
import { money, type Money } from '../money.ts';
import type { OperationKind } from '../operation.ts';
import type { Instant } from '../time.ts';
import { entry, type Entry, type LedgerAccountId } from './entry.ts';

/** A customer's account in the books: an asset, so a debit is debt and a credit pays it. */
export const customerAccount = (accountNumber: string): LedgerAccountId =>
  `customer:${accountNumber}` as LedgerAccountId;
/** Money captured at a provider and not yet in the bank. */
export const clearingAccount = (provider: string, currency: Currency): LedgerAccountId =>
  `clearing:${provider}:${currency}` as LedgerAccountId;
/** An account of the company's own. */
export const systemAccount = (name: string, currency: Currency): LedgerAccountId =>
  `${name}:${currency}` as LedgerAccountId;

/** The other side of a customer's operation, by its kind. */
const contraAccounts: Readonly<Record<OperationKind, string>> = {
  charge: 'income',
  penalty: 'income',
  payment: 'bank',
  refund: 'bank',
  correction: 'differences',
  transfer: 'opening',
};
/** The contra account of an imported or raised operation. */
export const contraAccount = (kind: OperationKind, currency: Currency): LedgerAccountId =>
  systemAccount(contraAccounts[kind], currency);

/** One capture at a provider has one key, whoever reports it. */
export const captureKey = (provider: string, paymentId: string): string =>
  `capture:${provider}:${paymentId}`;

/** An operation of the company's own: above zero credits the customer, below zero debits. */
export const postOperation = (operation: {
  readonly key: string;
  readonly kind: OperationKind;
  readonly accountNumber: string;
  readonly amount: Money;
  readonly postedAt: Instant;
  readonly description: string;
}): Entry =>
  entry({
    key: operation.key,
    kind: operation.kind,
    effectiveAt: operation.postedAt,
    memo: operation.description,
    postings: between(
      contraAccount(operation.kind, operation.amount.currency),
      customerAccount(operation.accountNumber),
      operation.amount,
    ),
  });

function between(contra: LedgerAccountId, customer: LedgerAccountId, amount: Money) {
  const size = money(amount.minor < 0n ? -amount.minor : amount.minor, amount.currency);
  const isMoneyIn = amount.minor > 0n;
  return [
    { account: contra, side: isMoneyIn ? 'debit' : 'credit', amount: size },
    { account: customer, side: isMoneyIn ? 'credit' : 'debit', amount: size },
  ] as const;
}
