import type { PaymentId, StaffId } from '../../domain/ids.ts';
import type { Settlement } from '../../domain/payment-settlement.ts';
import { moved, type Payment, type ReviewEnd, type ReviewPayment } from '../../domain/payment.ts';
import { needsSecondPerson } from '../../domain/refund.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { RefundRules } from '../refunds/request-refund.ts';
import type { SettlePayment } from './settle-payment.ts';

export interface ReviewRequest {
  readonly paymentId: PaymentId;
  readonly staff: StaffId;
  readonly as: ReviewEnd;
}
export type ResolveReviewRefusal =
  | { readonly reason: 'not-found' }
  | { readonly reason: 'not-in-review' }
  | { readonly reason: 'same-person' }
  /** Nobody may credit a sum that no provider named, or one in a currency the account does not keep. */
  | { readonly reason: 'sum-unknown' };

/**
 * People decide about money that does not fit: credit what was truly taken, or close the payment. Above the limit one
 * person proposes and another one agrees by asking for the same.
 */
export const resolveReview =
  (settle: SettlePayment, rules: RefundRules) =>
  async (request: ReviewRequest): Promise<Result<Payment, ResolveReviewRefusal>> => {
    const seen: { refusal?: ResolveReviewRefusal } = {};
    const applied = await settle(request.paymentId, (payment, now) => {
      const step = reviewStep(payment, request, rules, now);
      if (step.ok) return step.value;
      seen.refusal = step.refusal;
      return { kind: 'same' };
    });
    if (applied.result === 'payment-unknown') return refused({ reason: 'not-found' });
    if (seen.refusal !== undefined) return refused(seen.refusal);
    return 'payment' in applied ? ok(applied.payment) : refused({ reason: 'not-in-review' });
  };
export type ResolveReview = ReturnType<typeof resolveReview>;

function reviewStep(
  payment: Payment,
  { as, staff }: ReviewRequest,
  rules: RefundRules,
  now: Instant,
): Result<Settlement, ResolveReviewRefusal> {
  if (payment.state !== 'review') return refused({ reason: 'not-in-review' });
  const { captured, charge, proposal } = payment;
  const isCreditable = captured !== undefined && captured.currency === payment.amount.currency;
  if (as === 'succeeded' && !isCreditable) return refused({ reason: 'sum-unknown' });
  const waits = needsSecondPerson(captured ?? charge, rules);
  if (!waits) return ok({ kind: 'moved', payment: ended(payment, as, now) });
  if (proposal?.as !== as) {
    const proposed = { ...payment, proposal: { as, by: staff }, updatedAt: now };
    return ok({ kind: 'moved', payment: proposed });
  }
  if (proposal.by === staff) return refused({ reason: 'same-person' });
  return ok({ kind: 'moved', payment: ended(payment, as, now) });
}

function ended(payment: ReviewPayment, as: ReviewEnd, now: Instant): Payment {
  const { providerRef, captured } = payment;
  switch (as) {
    case 'succeeded': {
      const facts = { providerRef, paidAt: now, late: false, providerFee: undefined };
      return moved(
        payment,
        { state: 'succeeded', ...facts, captured: captured ?? payment.charge },
        now,
      );
    }
    case 'failed':
      return moved(payment, { state: 'failed', providerRef, reason: 'declined' }, now);
    case 'canceled':
      return moved(payment, { state: 'canceled', providerRef }, now);
  }
}
