import type { RefundId, StaffId } from '../../domain/ids.ts';
import { refundMoved, type Refund } from '../../domain/refund.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import type { RefundStore } from '../ports/refund-store.ts';
import type { Decide, SettlePayment } from '../payments/settle-payment.ts';
import type { SendRefund } from './send-refund.ts';

export interface RefundDecision {
  readonly refundId: RefundId;
  readonly staff: StaffId;
  readonly agrees: boolean;
}
export type DecideRefundRefusal =
  | { readonly reason: 'not-found' }
  | { readonly reason: 'same-person' }
  | { readonly reason: 'already-decided' };

/** The second person's word on a refund: nobody approves their own. What is approved is sent at once. */
export const decideRefund =
  (refunds: RefundStore, settle: SettlePayment, send: SendRefund) =>
  async ({
    refundId,
    staff,
    agrees,
  }: RefundDecision): Promise<Result<Refund, DecideRefundRefusal>> => {
    const found = await refunds.find(refundId);
    if (found === undefined) return refused({ reason: 'not-found' });
    if (agrees && found.requestedBy === staff) return refused({ reason: 'same-person' });
    const seen: { refund?: Refund } = {};
    const decide: Decide = (_payment, now, children) => {
      const current = children.refunds.find(({ id }) => id === refundId);
      if (current?.state !== 'requested') return { kind: 'same' };
      const next = agrees ? 'sending' : 'canceled';
      seen.refund = refundMoved(current, next, now, { approvedBy: staff });
      return { kind: 'children', refunds: [seen.refund] };
    };
    await settle(found.paymentId, decide);
    const { refund } = seen;
    if (refund === undefined) return refused({ reason: 'already-decided' });
    if (refund.state !== 'sending') return ok(refund);
    return ok((await send(refund)) ?? refund);
  };
export type DecideRefund = ReturnType<typeof decideRefund>;
