import type { Customer } from '../../domain/customer.ts';
import type { PaymentId, RefundId } from '../../domain/ids.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import type { ReceiptView } from '../ports/receipt-printer.ts';
import type { ReceiptStore } from '../ports/receipt-store.ts';
import type { RefundStore } from '../ports/refund-store.ts';
import type { PresentReceipt } from './present-receipt.ts';

type Shown = Result<ReceiptView, { readonly reason: 'not-found' }>;

/** Shows a customer the receipt of a payment, as it stands today. */
export const showReceipt =
  (receipts: ReceiptStore, refunds: RefundStore, present: PresentReceipt) =>
  async (payment: PaymentId, customer: Customer): Promise<Shown> => {
    const receipt = await receipts.find(payment, customer.id);
    if (receipt === undefined) return refused({ reason: 'not-found' });
    return ok(await present(receipt, customer, await refunds.of(payment)));
  };
export type ShowReceipt = ReturnType<typeof showReceipt>;

/** Shows a customer the receipt of money that was paid back. */
export const showRefundReceipt =
  (receipts: ReceiptStore, refunds: RefundStore, present: PresentReceipt) =>
  async (refund: RefundId, customer: Customer): Promise<Shown> => {
    const receipt = await receipts.findRefund(refund, customer.id);
    if (receipt === undefined) return refused({ reason: 'not-found' });
    return ok(await present(receipt, customer, await refunds.of(receipt.paymentId)));
  };
export type ShowRefundReceipt = ReturnType<typeof showRefundReceipt>;
