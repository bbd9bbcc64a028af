import { isEqual, isPositive, money, type Money } from '../money.ts';
import type { Instant } from '../time.ts';
import { ofCompany, ofProvider } from './chart-of-accounts.ts';
import { credit, debit, entry, mirrored, type Entry, type Posting } from './entry.ts';
import { captureKey, refundKey, refundReversalKey } from './posting-rules.ts';
import { creditCustomer, debitCustomer, type Standing } from './standing.ts';

/** Whose money it is: a customer's, by how the account stands at this moment, or nobody knows yet. */
export type Owner = Standing | 'unknown';

/** Money a provider took from a payer. */
export interface Capture {
  readonly provider: string;
  readonly paymentId: string;
  readonly owner: Owner;
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
  const clearing = ofProvider('clearing', provider, captured.currency);
  const fee =
    providerFee !== undefined && isPositive(providerFee)
      ? [
          debit(ofProvider('fees', provider, providerFee.currency), providerFee),
          credit(ofProvider('clearing', provider, providerFee.currency), providerFee),
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
      ...toOwner(owner, provider, amount),
      ...fee,
    ],
  });
}

/** Money a provider paid back to a payer. */
export interface Refunding {
  readonly provider: string;
  readonly paymentId: string;
  readonly refundId: string;
  readonly owner: Owner;
  readonly amount: Money;
  readonly returned: Money;
  readonly at: Instant;
  readonly memo: string;
}

/** A refund: what a capture did, the other way round. */
export function postRefund(refund: Refunding): Entry {
  const { amount, provider, owner } = refund;
  const owed = isPositive(amount) ? fromOwner(owner, provider, amount) : [];
  return entry({
    key: refundKey(provider, refund.refundId),
    kind: 'payment-refunded',
    ...shared(refund),
    postings: [...owed, ...companysPart(refund)],
  });
}

/**
 * A refund that came back: the mirror of it, under a key of its own. The customer's part is split anew, because debt
 * and prepayment may have changed since.
 */
export function postRefundReversal(refund: Refunding): Entry {
  const { amount, provider, owner } = refund;
  const owed = isPositive(amount) ? toOwner(owner, provider, amount) : [];
  return entry({
    key: refundReversalKey(provider, refund.refundId),
    kind: 'refund-failed',
    ...shared(refund),
    postings: [...companysPart(refund).map(mirrored), ...owed],
  });
}

const shared = ({ provider, paymentId, at, memo }: Refunding) => ({
  effectiveAt: at,
  memo,
  correlation: captureKey(provider, paymentId),
});

const companysPart = ({ provider, amount, returned }: Refunding): readonly Posting[] => [
  ...bridge(returned, amount).map(mirrored),
  credit(ofProvider('clearing', provider, returned.currency), returned),
];

const toOwner = (owner: Owner, provider: string, amount: Money): readonly Posting[] =>
  owner === 'unknown'
    ? [credit(ofProvider('suspense', provider, amount.currency), amount)]
    : creditCustomer(owner, amount);

const fromOwner = (owner: Owner, provider: string, amount: Money): readonly Posting[] =>
  owner === 'unknown'
    ? [debit(ofProvider('suspense', provider, amount.currency), amount)]
    : debitCustomer(owner, amount);

/** What stands between the money taken and the money credited, so that each currency balances. */
function bridge(taken: Money, owed: Money): readonly Posting[] {
  if (isEqual(taken, owed)) return [];
  if (taken.currency === owed.currency) {
    const rest = money(taken.minor - owed.minor, owed.currency);
    const surcharge = ofCompany('surcharge', owed.currency);
    if (isPositive(rest)) return [credit(surcharge, rest)];
    return [debit(surcharge, money(-rest.minor, owed.currency))];
  }
  const theirs = credit(ofCompany('exchange', taken.currency), taken);
  if (!isPositive(owed)) return [theirs];
  return [theirs, debit(ofCompany('exchange', owed.currency), owed)];
}
