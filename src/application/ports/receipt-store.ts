import type { CustomerId, PaymentId } from '../../domain/ids.ts';
import type { Receipt } from '../../domain/receipt.ts';

/** Receipts, written together with the payment's success. */
export interface ReceiptStore {
  find(payment: PaymentId, customer: CustomerId): Promise<Receipt | undefined>;
  /** For the public check: who has the code may see what is printed. */
  findByCode(code: string): Promise<Receipt | undefined>;
}
