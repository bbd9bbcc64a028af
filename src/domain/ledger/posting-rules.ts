import type { Currency } from '../currency.ts';
import { money, type Money } from '../money.ts';
import type { OperationKind } from '../operation.ts';
import type { Instant } from '../time.ts';
import { ofCompany } from './chart-of-accounts.ts';
import { credit, debit, entry, type Entry, type LedgerAccountId } from './entry.ts';
import { creditCustomer, debitCustomer, type Standing } from './standing.ts';

/** The other side of a customer's operation, by its kind. */
const contraAccounts = {
  charge: 'income',
  penalty: 'income',
  payment: 'bank',
  refund: 'bank',
  correction: 'differences',
  transfer: 'opening',
} as const satisfies Readonly<Record<OperationKind, string>>;
/** The contra account of an imported or raised operation. */
export const contraAccount = (kind: OperationKind, currency: Currency): LedgerAccountId =>
  ofCompany(contraAccounts[kind], currency);

/** One capture at a provider has one key, whoever reports it. */
export const captureKey = (provider: string, paymentId: string): string =>
  `capture:${provider}:${paymentId}`;
/** One refund at a provider has one key. */
export const refundKey = (provider: string, refundId: string): string =>
  `refund:${provider}:${refundId}`;
/** A refund that came back has one key. */
export const refundReversalKey = (provider: string, refundId: string): string =>
  `refund-fail:${provider}:${refundId}`;
/** One operation of the company's own has one key. */
export const operationKey = (operationId: string): string => `operation:${operationId}`;

/** An operation of the company's own: above zero credits the customer, below zero debits. */
export function postOperation(operation: {
  readonly key: string;
  readonly kind: OperationKind;
  readonly standing: Standing;
  readonly amount: Money;
  readonly postedAt: Instant;
  readonly description: string;
}): Entry {
  const { amount, standing, kind } = operation;
  const contra = contraAccount(kind, amount.currency);
  const size = money(amount.minor < 0n ? -amount.minor : amount.minor, amount.currency);
  return entry({
    key: operation.key,
    kind,
    effectiveAt: operation.postedAt,
    memo: operation.description,
    postings:
      amount.minor < 0n
        ? [...debitCustomer(standing, size), credit(contra, size)]
        : [debit(contra, size), ...creditCustomer(standing, size)],
  });
}
