import type { Knex } from 'knex';
import type { ReceiptSeal } from '../../../application/ports/receipt-signer.ts';
import type { ReceiptStore } from '../../../application/ports/receipt-store.ts';
import type { Currency } from '../../../domain/currency.ts';
import type { CustomerId, PaymentId, RefundId } from '../../../domain/ids.ts';
import { money } from '../../../domain/money.ts';
import type { PaymentReceipt, Receipt, RefundReceipt } from '../../../domain/receipt.ts';
import { ReceiptModel, ReceiptSealModel, RefundReceiptModel } from './models.ts';

/** Receipts in PostgreSQL, by Objection; they are written with what they prove: success-papers.ts, refund-papers.ts. */
export class PostgresReceiptStore implements ReceiptStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async find(payment: PaymentId, customer: CustomerId): Promise<PaymentReceipt | undefined> {
    const row = await ReceiptModel.query(this.#knex).findById([customer, payment]);
    return row === undefined ? undefined : toPaymentReceipt(row);
  }

  async findRefund(refund: RefundId, customer: CustomerId): Promise<RefundReceipt | undefined> {
    const row = await RefundReceiptModel.query(this.#knex).findById([customer, refund]);
    return row === undefined ? undefined : toRefundReceipt(row);
  }

  async refundsOf(payment: PaymentId, customer: CustomerId): Promise<RefundReceipt[]> {
    const rows = await RefundReceiptModel.query(this.#knex)
      .where({ customer_id: customer, payment_id: payment })
      .orderBy(['issued_at', 'refund_id']);
    return rows.map(toRefundReceipt);
  }

  async findByCode(code: string): Promise<Receipt | undefined> {
    const paid = await ReceiptModel.query(this.#knex).findOne({ code });
    if (paid !== undefined) return toPaymentReceipt(paid);
    const back = await RefundReceiptModel.query(this.#knex).findOne({ code });
    return back === undefined ? undefined : toRefundReceipt(back);
  }

  async sealOf(code: string): Promise<ReceiptSeal | undefined> {
    const row = await ReceiptSealModel.query(this.#knex).findOne({ code });
    return row && { content: row.content, kid: row.kid, signature: row.signature };
  }

  async keepSeal(receipt: Receipt, seal: ReceiptSeal): Promise<ReceiptSeal> {
    await this.#knex('receipt_seal')
      .insert({ customer_id: receipt.customerId, code: receipt.code, ...seal })
      .onConflict(['customer_id', 'code'])
      .ignore();
    return (await this.sealOf(receipt.code)) ?? seal;
  }
}

const shared = (row: ReceiptModel | RefundReceiptModel) => ({
  paymentId: row.payment_id as PaymentId,
  customerId: row.customer_id as CustomerId,
  number: row.number,
  code: row.code,
  issuedAt: row.issued_at,
  accountNumber: row.account_number,
  amount: money(row.amount_minor, row.currency as Currency),
  total: money(row.total_minor, row.total_currency as Currency),
  method: row.method,
  provider: row.provider,
  providerRef: row.provider_ref ?? undefined,
});

const toPaymentReceipt = (row: ReceiptModel): PaymentReceipt => ({
  kind: 'payment',
  ...shared(row),
  paidAt: row.paid_at,
  fee: money(row.fee_minor, row.currency as Currency),
  ...(row.instrument && { instrument: row.instrument }),
});

const toRefundReceipt = (row: RefundReceiptModel): RefundReceipt => ({
  kind: 'refund',
  ...shared(row),
  refundId: row.refund_id as RefundId,
});
