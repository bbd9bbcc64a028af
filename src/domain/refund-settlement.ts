import { isEqual, money, type Money } from './money.ts';
import { isLegalRefundMove, refundMoved, type Refund } from './refund.ts';
import type { Instant } from './time.ts';

/** What a provider says of one refund. */
export interface RefundClaim {
  readonly state: 'pending' | 'succeeded' | 'failed' | 'canceled';
  readonly ref: string | undefined;
  readonly amount: Money | undefined;
}

export type RefundSettlement =
  | { readonly kind: 'moved'; readonly refund: Refund }
  | { readonly kind: 'same' }
  | { readonly kind: 'conflict'; readonly why: string };

/** Weighs a provider's word on a refund. Success may still turn into failure, days later; nothing else goes back. */
export function settleRefund(refund: Refund, claim: RefundClaim, now: Instant): RefundSettlement {
  if (claim.amount !== undefined && !isEqual(claim.amount, refund.amount)) {
    return { kind: 'conflict', why: 'the sum paid back is not the sum asked' };
  }
  if (!isLegalRefundMove(refund.state, claim.state)) return { kind: 'same' };
  const providerRef = claim.ref ?? refund.providerRef;
  return { kind: 'moved', refund: refundMoved(refund, claim.state, now, { providerRef }) };
}

/**
 * What a provider's total of refunds tells beyond the refunds we know: money paid back in its own cabinet. A total is
 * compared, never added; what is still on its way counts as known, so the same money is not found twice.
 */
export function unknownRefund(total: Money, refunds: readonly Refund[]): Money | undefined {
  const known = refunds
    .filter(({ state }) => state === 'succeeded' || state === 'sending' || state === 'pending')
    .reduce((sum, { amount }) => sum + amount.minor, 0n);
  return total.minor > known ? money(total.minor - known, total.currency) : undefined;
}
