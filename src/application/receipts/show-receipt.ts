import type { Customer } from '../../domain/customer.ts';
import type { PaymentId } from '../../domain/ids.ts';
import type { PaymentMethod } from '../../domain/payment-limits.ts';
import { printedCode, type Receipt } from '../../domain/receipt.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import type { AmountWriter, Company, ReceiptView } from '../ports/receipt-printer.ts';
import type { ReceiptStore } from '../ports/receipt-store.ts';

/** Puts together everything a customer's receipt shows. */
export const showReceipt =
  (
    receipts: ReceiptStore,
    methods: readonly PaymentMethod[],
    company: Company,
    writer: AmountWriter,
    portalUrl: string,
  ) =>
  async (
    payment: PaymentId,
    customer: Customer,
  ): Promise<Result<ReceiptView, { readonly reason: 'not-found' }>> => {
    const receipt = await receipts.find(payment, customer.id);
    if (receipt === undefined) return refused({ reason: 'not-found' });
    const method = methods.find((known) => known.code === receipt.method);
    return ok({
      ...shared(receipt, company, portalUrl),
      payer: { name: customer.name, contract: customer.contract },
      purpose: {
        ru: `Оплата по договору ${customer.contract}, лицевой счёт ${receipt.accountNumber}`,
        en: `Payment under contract ${customer.contract}, account ${receipt.accountNumber}`,
      },
      amount: receipt.amount,
      amountInWords: writer.inWords(receipt.amount),
      fee: receipt.fee,
      total: receipt.total,
      method: method?.title ?? { ru: receipt.method, en: receipt.method },
    });
  };
export type ShowReceipt = ReturnType<typeof showReceipt>;

const shared = (receipt: Receipt, company: Company, portalUrl: string) => ({
  number: receipt.number,
  code: printedCode(receipt.code),
  verifyUrl: `${portalUrl}/verify/${receipt.code}`,
  issuedAt: receipt.issuedAt,
  paidAt: receipt.paidAt,
  company,
  accountNumber: receipt.accountNumber,
  provider: receipt.provider,
  providerPaymentId: receipt.providerRef ?? '',
  paymentId: receipt.paymentId,
});
