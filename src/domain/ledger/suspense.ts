import type { Currency } from '../currency.ts';
import type { Money } from '../money.ts';
import type { Instant } from '../time.ts';
import { entry, type Entry, type LedgerAccountId } from './entry.ts';
import { captureKey, clearingAccount } from './posting-rules.ts';

/** Money received whose owner nobody knows yet. It is ours to explain until the account is empty again. */
export const suspenseAccount = (provider: string, currency: Currency): LedgerAccountId =>
  `suspense:${provider}:${currency}` as LedgerAccountId;

/** A captured payment that fits no account of the books: debit clearing, credit suspense. */
export const postToSuspense = (capture: {
  readonly provider: string;
  readonly paymentId: string;
  readonly amount: Money;
  readonly paidAt: Instant;
  readonly memo: string;
}): Entry => {
  const { provider, amount } = capture;
  return entry({
    key: captureKey(provider, capture.paymentId),
    kind: 'payment-unidentified',
    effectiveAt: capture.paidAt,
    memo: capture.memo,
    postings: [
      { account: clearingAccount(provider, amount.currency), side: 'debit', amount },
      { account: suspenseAccount(provider, amount.currency), side: 'credit', amount },
    ],
  });
};
