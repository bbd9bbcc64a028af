import type { CustomerId, PaymentId, RefundId } from '../../domain/ids.ts';
import type { PaymentReceipt, Receipt, RefundReceipt } from '../../domain/receipt.ts';
import type { ReceiptSeal } from './receipt-signer.ts';

/**
 * Receipts, written together with the payment's success and the refund's. Promises, proved by
 * test/contracts/receipt-store.test.ts:
 * - receipts of payments and of refunds share one gapless row of numbers of a contract and year;
 * - of all seals a receipt is offered, the first one stays.
 */
export interface ReceiptStore {
  find(payment: PaymentId, customer: CustomerId): Promise<PaymentReceipt | undefined>;
  findRefund(refund: RefundId, customer: CustomerId): Promise<RefundReceipt | undefined>;
  /** Receipts of what was paid back of a payment, oldest first. */
  refundsOf(payment: PaymentId, customer: CustomerId): Promise<RefundReceipt[]>;
  /** For the public check: who has the code may see what is printed. */
  findByCode(code: string): Promise<Receipt | undefined>;
  sealOf(code: string): Promise<ReceiptSeal | undefined>;
  /** Keeps the first seal; answers the one that is kept. */
  keepSeal(receipt: Receipt, seal: ReceiptSeal): Promise<ReceiptSeal>;
}
