import { fiscalQrOf } from '../../domain/fiscal/fiscal-facts.ts';
import type { FiscalReceipt } from '../../domain/fiscal/fiscal-order.ts';
import type { Customer } from '../../domain/customer.ts';
import type { Texts } from '../../domain/locale.ts';
import type { PaymentMethod } from '../../domain/payment-limits.ts';
import { printedCode, receiptStatus, type Receipt } from '../../domain/receipt.ts';
import type { Refund } from '../../domain/refund.ts';
import type { AmountWriter, Company, ReceiptView } from '../ports/receipt-printer.ts';
import type { FiscalStore } from '../ports/fiscal-store.ts';
import type { ReceiptStore } from '../ports/receipt-store.ts';
import { fiscalHeading, fiscalLines } from '../fiscal/fiscal-lines.ts';
import type { SealReceipt } from './seal-receipt.ts';

/** What receipts are written with. */
export interface ReceiptWording {
  readonly methods: readonly PaymentMethod[];
  readonly company: Company;
  readonly writer: AmountWriter;
  readonly portalUrl: string;
}

/** Puts together everything a receipt shows: what was signed, how it stands today, and the words for it. */
export const presentReceipt =
  (
    receipts: ReceiptStore,
    fiscal: FiscalStore,
    seal: SealReceipt,
    { methods, company, writer, portalUrl }: ReceiptWording,
  ) =>
  async (
    receipt: Receipt,
    customer: Customer,
    refunds: readonly Refund[],
  ): Promise<ReceiptView> => {
    const sealed = await seal(receipt);
    const method = methods.find((known) => known.code === receipt.method);
    const verifyUrl = `${portalUrl}/verify/${receipt.code}`;
    return {
      kind: receipt.kind,
      status: receiptStatus(receipt, refunds),
      number: receipt.number,
      code: printedCode(receipt.code),
      verifyUrl,
      sealedUrl: `${verifyUrl}#${sealed.seal.kid}.${sealed.seal.signature}`,
      document: sealed.document,
      issuedAt: receipt.issuedAt,
      paidAt: receipt.kind === 'payment' ? receipt.paidAt : receipt.issuedAt,
      company,
      payer: { name: customer.name, contract: customer.contract },
      accountNumber: receipt.accountNumber,
      purpose: purposeOf(receipt, customer, await paidReceiptOf(receipts, receipt)),
      amount: receipt.amount,
      amountInWords: writer.inWords(receipt.kind === 'payment' ? receipt.amount : receipt.total),
      fee: receipt.kind === 'payment' ? receipt.fee : undefined,
      total: receipt.total,
      fiscal: fiscalBlock(receipt, await fiscal.find(receipt.paymentId, receipt.customerId)),
      refunds: await standingRefunds(receipts, receipt, refunds),
      method: method?.title ?? { ru: receipt.method, en: receipt.method },
      instrument: receipt.kind === 'payment' ? receipt.instrument : undefined,
      provider: receipt.provider,
      providerPaymentId: receipt.providerRef ?? '',
      paymentId: receipt.paymentId,
    };
  };
export type PresentReceipt = ReturnType<typeof presentReceipt>;

/** The block of the payment's own register receipt, or of the refund's; nothing while there is none. */
function fiscalBlock(receipt: Receipt, made: readonly FiscalReceipt[]): ReceiptView['fiscal'] {
  const key = receipt.kind === 'payment' ? receipt.paymentId : receipt.refundId;
  const own = made.find((one) => one.key === key);
  if (own?.tag !== 'registered') return undefined;
  const { data } = own;
  const lines = { ru: fiscalLines(data, 'ru'), en: fiscalLines(data, 'en') };
  return { heading: fiscalHeading, lines, qr: fiscalQrOf(data) };
}

const paidReceiptOf = async (
  receipts: ReceiptStore,
  receipt: Receipt,
): Promise<string | undefined> =>
  receipt.kind === 'refund'
    ? (await receipts.find(receipt.paymentId, receipt.customerId))?.number
    : undefined;

function purposeOf(
  receipt: Receipt,
  { contract }: Customer,
  paidNumber: string | undefined,
): Texts {
  const { accountNumber } = receipt;
  if (receipt.kind === 'payment') {
    return {
      ru: `Оплата по договору ${contract}, лицевой счёт ${accountNumber}`,
      en: `Payment under contract ${contract}, account ${accountNumber}`,
    };
  }
  const of = paidNumber ?? receipt.paymentId;
  return {
    ru: `Возврат по квитанции ${of}, договор ${contract}, лицевой счёт ${accountNumber}`,
    en: `Refund of receipt ${of}, contract ${contract}, account ${accountNumber}`,
  };
}

/** What was paid back and stayed so, each with a receipt of its own. */
async function standingRefunds(
  receipts: ReceiptStore,
  receipt: Receipt,
  refunds: readonly Refund[],
): Promise<ReceiptView['refunds']> {
  if (receipt.kind === 'refund' || refunds.length === 0) return [];
  const issued = await receipts.refundsOf(receipt.paymentId, receipt.customerId);
  return issued
    .filter(({ refundId }) =>
      refunds.some(({ id, state }) => id === refundId && state === 'succeeded'),
    )
    .map(({ refundId, number, issuedAt, total }) => ({
      refundId,
      number,
      at: issuedAt,
      amount: total,
    }));
}
