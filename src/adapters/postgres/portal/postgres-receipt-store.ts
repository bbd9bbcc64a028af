import type { Knex } from 'knex';
import type { ReceiptStore } from '../../../application/ports/receipt-store.ts';
import type { Currency } from '../../../domain/currency.ts';
import type { CustomerId, PaymentId } from '../../../domain/ids.ts';
import { money } from '../../../domain/money.ts';
import type { Receipt } from '../../../domain/receipt.ts';
import { ReceiptModel } from './models.ts';

/** Receipts in PostgreSQL, by Objection; they are written with the payment's success, see success-papers.ts. */
export class PostgresReceiptStore implements ReceiptStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async find(payment: PaymentId, customer: CustomerId): Promise<Receipt | undefined> {
    const row = await ReceiptModel.query(this.#knex).findById([customer, payment]);
    return row === undefined ? undefined : toReceipt(row);
  }

  async findByCode(code: string): Promise<Receipt | undefined> {
    const row = await ReceiptModel.query(this.#knex).findOne({ code });
    return row === undefined ? undefined : toReceipt(row);
  }
}

const toReceipt = (row: ReceiptModel): Receipt => ({
  paymentId: row.payment_id as PaymentId,
  customerId: row.customer_id as CustomerId,
  number: row.number,
  code: row.code,
  issuedAt: row.issued_at,
  paidAt: row.paid_at,
  accountNumber: row.account_number,
  amount: money(row.amount_minor, row.currency as Currency),
  fee: money(row.fee_minor, row.currency as Currency),
  total: money(row.total_minor, row.total_currency as Currency),
  method: row.method,
  provider: row.provider,
  providerRef: row.provider_ref ?? undefined,
});
