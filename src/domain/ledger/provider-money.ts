import { isEqual, isPositive, money, type Money } from '../money.ts';
import type { Instant } from '../time.ts';
import { entry, type Entry, type LedgerAccountId, type Posting } from './entry.ts';
import { captureKey, clearingAccount, systemAccount } from './posting-rules.ts';

/** Money a provider took from a payer. */
export interface Capture {
  readonly provider: string;
  readonly paymentId: string;
  /** Where it belongs: the customer's account, or suspense. */
  readonly owner: LedgerAccountId;
  /** What the owner is credited. */
  readonly amount: Money;
  /** What was taken: more by our fee, or another currency by a quote. */
  readonly captured: Money;
  /** What the provider keeps. */
  readonly providerFee: Money | undefined;
  readonly paidAt: Instant;
  readonly kind: string;
  readonly memo: string;
}

/**
 * A payment captured: debit clearing by what was taken, credit the owner. A fee on top is income of ours, another
 * currency goes through the exchange accounts, and what the provider keeps never reaches clearing.
 */
export function postCapture(capture: Capture): Entry {
  const { provider, captured, amount, owner, providerFee } = capture;
  const clearing = clearingAccount(provider, captured.currency);
  const fee =
    providerFee !== undefined && isPositive(providerFee)
      ? [
          debit(systemAccount('fees', providerFee.currency), providerFee),
          credit(clearing, providerFee),
        ]
      : [];
  return entry({
    key: captureKey(provider, capture.paymentId),
    kind: capture.kind,
    effectiveAt: capture.paidAt,
    memo: capture.memo,
    postings: [
      debit(clearing, captured),
      ...bridge(captured, amount),
      credit(owner, amount),
      ...fee,
    ],
  });
}

/** Money a provider paid back to a payer. */
export interface Refunding {
  readonly provider: string;
  readonly refundId: string;
  readonly owner: LedgerAccountId;
  readonly amount: Money;
  readonly returned: Money;
  readonly at: Instant;
  readonly memo: string;
}

/** A refund: what a capture did, the other way round. */
export function postRefund(refund: Refunding): Entry {
  const { provider, owner, amount, returned } = refund;
  const clearing = clearingAccount(provider, returned.currency);
  const owed = isPositive(amount) ? [debit(owner, amount)] : [];
  return entry({
    key: refundKey(provider, refund.refundId),
    kind: 'payment-refunded',
    effectiveAt: refund.at,
    memo: refund.memo,
    postings: [...owed, ...bridge(returned, amount).map(mirrored), credit(clearing, returned)],
  });
}

/** A refund that came back: the mirror of it, under a key of its own. */
export function postRefundReversal(refund: Refunding): Entry {
  const { postings, ...facts } = postRefund(refund);
  const key = `refund-fail:${refund.provider}:${refund.refundId}`;
  return entry({ ...facts, key, kind: 'refund-failed', postings: postings.map(mirrored) });
}

/** One refund at a provider has one key. */
export const refundKey = (provider: string, refundId: string): string =>
  `refund:${provider}:${refundId}`;

const debit = (account: LedgerAccountId, amount: Money): Posting => ({
  account,
  side: 'debit',
  amount,
});
const credit = (account: LedgerAccountId, amount: Money): Posting => ({
  account,
  side: 'credit',
  amount,
});
const mirrored = (posting: Posting): Posting => ({
  ...posting,
  side: posting.side === 'debit' ? 'credit' : 'debit',
});

/** What stands between the money taken and the money credited, so that each currency balances. */
function bridge(taken: Money, owed: Money): Posting[] {
  if (isEqual(taken, owed)) return [];
  if (taken.currency === owed.currency) {
    const rest = money(taken.minor - owed.minor, owed.currency);
    const surcharge = systemAccount('surcharge', owed.currency);
    if (isPositive(rest)) return [credit(surcharge, rest)];
    return [debit(surcharge, money(-rest.minor, owed.currency))];
  }
  const theirs = credit(systemAccount('exchange', taken.currency), taken);
  if (!isPositive(owed)) return [theirs];
  return [theirs, debit(systemAccount('exchange', owed.currency), owed)];
}
