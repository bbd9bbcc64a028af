import type { ReceiptSeal } from '../../application/ports/receipt-signer.ts';
import type { ReceiptStore } from '../../application/ports/receipt-store.ts';
import type { CustomerId, PaymentId, RefundId } from '../../domain/ids.ts';
import type { PaymentReceipt, Receipt, RefundReceipt } from '../../domain/receipt.ts';

/** Receipts in a map; the payment store writes them with what they prove. */
export class MemoryReceiptStore implements ReceiptStore {
  readonly #receipts = new Map<string, Receipt>();
  readonly #seals = new Map<string, ReceiptSeal>();

  save(receipt: Receipt): void {
    this.#receipts.set(receipt.code, receipt);
  }

  async find(payment: PaymentId, customer: CustomerId): Promise<PaymentReceipt | undefined> {
    return this.#of(customer).find(
      (receipt) => receipt.kind === 'payment' && receipt.paymentId === payment,
    ) as PaymentReceipt | undefined;
  }

  async findRefund(refund: RefundId, customer: CustomerId): Promise<RefundReceipt | undefined> {
    return this.#refunds(customer).find(({ refundId }) => refundId === refund);
  }

  async refundsOf(payment: PaymentId, customer: CustomerId): Promise<RefundReceipt[]> {
    return this.#refunds(customer)
      .filter(({ paymentId }) => paymentId === payment)
      .toSorted((a, b) => a.issuedAt - b.issuedAt);
  }

  async findByCode(code: string): Promise<Receipt | undefined> {
    return this.#receipts.get(code);
  }

  async sealOf(code: string): Promise<ReceiptSeal | undefined> {
    return this.#seals.get(code);
  }

  async keepSeal({ code }: Receipt, seal: ReceiptSeal): Promise<ReceiptSeal> {
    const kept = this.#seals.get(code) ?? seal;
    this.#seals.set(code, kept);
    return kept;
  }

  #of(customer: CustomerId): Receipt[] {
    return [...this.#receipts.values()].filter(({ customerId }) => customerId === customer);
  }

  #refunds(customer: CustomerId): RefundReceipt[] {
    return this.#of(customer).filter((receipt) => receipt.kind === 'refund');
  }
}
