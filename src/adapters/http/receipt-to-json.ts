import type { Company, ReceiptView } from '../../application/ports/receipt-printer.ts';
import type { DocumentVerdict } from '../../application/receipts/check-receipt-document.ts';
import type { CheckedReceipt } from '../../application/receipts/verify-receipt.ts';
import { isoText } from '../../domain/time.ts';
import type {
  ReceiptCheckJson,
  ReceiptDocumentCheckJson,
  ReceiptJson,
} from './contract/receipt-json.ts';
import { toLogoJson } from './logo-route.ts';
import { toMoneyJson } from './to-json.ts';

export const toReceiptJson = (
  view: ReceiptView,
  qrPicture: (text: string) => ReceiptJson['qr'],
): ReceiptJson => ({
  kind: view.kind,
  number: view.number,
  code: view.code,
  verifyUrl: view.verifyUrl,
  qr: qrPicture(view.sealedUrl),
  status: view.status,
  issuedAt: isoText(view.issuedAt),
  paidAt: isoText(view.paidAt),
  payee: {
    name: view.company.legalName,
    taxNumber: view.company.taxNumber,
    address: view.company.address,
    support: view.company.support,
    ...toLogoJson(view.company.logo),
  },
  payer: view.payer,
  accountNumber: view.accountNumber,
  purpose: view.purpose,
  amount: toMoneyJson(view.amount),
  amountInWords: view.amountInWords,
  ...(view.fee === undefined ? {} : { fee: toMoneyJson(view.fee) }),
  total: toMoneyJson(view.total),
  ...(view.fiscal === undefined
    ? {}
    : { fiscal: { lines: linesJson(view.fiscal.lines), qr: qrPicture(view.fiscal.qr) } }),
  refunds: view.refunds.map(({ refundId, number, at, amount }) => ({
    refundId,
    number,
    at: isoText(at),
    amount: toMoneyJson(amount),
  })),
  method: view.method,
  ...(view.instrument === undefined ? {} : { instrument: view.instrument }),
  provider: view.provider,
  providerPaymentId: view.providerPaymentId,
  paymentId: view.paymentId,
  timeZone: view.company.timeZone,
  ...noteJson(view.company),
});

function noteJson({ texts }: Company): Pick<ReceiptJson, 'note'> {
  const [ru, en] = [texts?.ru?.receiptNote, texts?.en?.receiptNote];
  if (ru === undefined && en === undefined) return {};
  return { note: { ...(ru === undefined ? {} : { ru }), ...(en === undefined ? {} : { en }) } };
}

const linesJson = ({ ru, en }: NonNullable<ReceiptView['fiscal']>['lines']) => ({
  ru: ru.map(({ label, value }) => ({ label, value })),
  en: en.map(({ label, value }) => ({ label, value })),
});

/** Who is named on the paper, and in which zone its times are. */
export interface Issuer {
  readonly payee: string;
  readonly timeZone: string;
}

export const toCheckJson = (
  receipt: CheckedReceipt,
  { payee, timeZone }: Issuer,
): Omit<ReceiptCheckJson, 'seal'> => ({
  kind: receipt.kind,
  status: receipt.status,
  number: receipt.number,
  issuedAt: isoText(receipt.issuedAt),
  paidAt: isoText(receipt.paidAt),
  amount: toMoneyJson(receipt.amount),
  total: toMoneyJson(receipt.total),
  payee,
  account: receipt.account,
  refunds: receipt.refunds.map(({ at, amount }) => ({
    at: isoText(at),
    amount: toMoneyJson(amount),
  })),
  timeZone,
});

export function toDocumentCheckJson(
  verdict: DocumentVerdict,
  issuer: Issuer,
): ReceiptDocumentCheckJson {
  switch (verdict.verdict) {
    case 'valid':
      return { verdict: 'valid', receipt: toCheckJson(verdict.receipt, issuer) };
    case 'altered':
      return { verdict: 'altered', changed: [...verdict.changed] };
    case 'unknown':
      return { verdict: 'unknown' };
  }
}
