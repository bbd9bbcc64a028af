import type { ReceiptStore } from '../../application/ports/receipt-store.ts';
import type { CustomerId, PaymentId } from '../../domain/ids.ts';
import type { Receipt } from '../../domain/receipt.ts';

/** Receipts in a map; the payment store writes them with a success. */
export class MemoryReceiptStore implements ReceiptStore {
  readonly #receipts = new Map<PaymentId, Receipt>();

  save(receipt: Receipt): void {
    this.#receipts.set(receipt.paymentId, receipt);
  }

  async find(payment: PaymentId, customer: CustomerId): Promise<Receipt | undefined> {
    const receipt = this.#receipts.get(payment);
    return receipt?.customerId === customer ? receipt : undefined;
  }

  async findByCode(code: string): Promise<Receipt | undefined> {
    return [...this.#receipts.values()].find((receipt) => receipt.code === code);
  }
}
