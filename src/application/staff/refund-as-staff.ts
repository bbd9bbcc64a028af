import type { PaymentId, RefundId } from '../../domain/ids.ts';
import { decimalText, type Money } from '../../domain/money.ts';
import type { Refund } from '../../domain/refund.ts';
import { refused, type Result } from '../../domain/result.ts';
import type { Staff } from '../../domain/staff.ts';
import type { RefundStore } from '../ports/refund-store.ts';
import type { DecideRefund, DecideRefundRefusal } from '../refunds/decide-refund.ts';
import type { RequestRefund, RequestRefundRefusal } from '../refunds/request-refund.ts';
import type { ActAsStaff, NotAllowed } from './act-as-staff.ts';

export interface StaffRefundRequest {
  readonly paymentId: PaymentId;
  readonly amount: Money;
  readonly reason: string;
  /** One wish, however often it is sent. */
  readonly key: string;
}

/** A cashier wants money to go back to the payer. */
export const requestRefundAsStaff =
  (act: ActAsStaff, request: RequestRefund) =>
  (
    staff: Staff,
    wish: StaffRefundRequest,
  ): Promise<Result<Refund, RequestRefundRefusal | NotAllowed>> => {
    const { paymentId, amount, reason } = wish;
    const detail = `${decimalText(amount)} ${amount.currency}: ${reason}`;
    return act(staff, { action: 'request-refund', paymentId, detail }, () =>
      request({ ...wish, staff: staff.id }),
    );
  };
export type RequestRefundAsStaff = ReturnType<typeof requestRefundAsStaff>;

/** An approver says yes or no to a refund somebody asked for. */
export const decideRefundAsStaff =
  (act: ActAsStaff, refunds: RefundStore, decide: DecideRefund) =>
  async (
    staff: Staff,
    refundId: RefundId,
    agrees: boolean,
  ): Promise<Result<Refund, DecideRefundRefusal | NotAllowed>> => {
    const found = await refunds.find(refundId);
    if (found === undefined) return refused({ reason: 'not-found' });
    const detail = `${agrees ? 'yes' : 'no'} to ${refundId}`;
    const what = { action: 'decide-refund', paymentId: found.paymentId, detail } as const;
    return act(staff, what, () => decide({ refundId, staff: staff.id, agrees }));
  };
export type DecideRefundAsStaff = ReturnType<typeof decideRefundAsStaff>;
