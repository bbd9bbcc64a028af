import type { ReceiptDocumentCheckJson, ReceiptJson } from '../../http/contract/receipt-json.ts';

type Kind = ReceiptJson['kind'];
type Status = ReceiptJson['status'];

/** Catalogue ids of what a receipt is, of whom it names and when. */
export const kindTexts: Readonly<
  Record<Kind, { readonly title: string; readonly at: string; readonly payer: string }>
> = {
  payment: {
    title: 'receipt.title-payment',
    at: 'receipt.at-payment',
    payer: 'receipt.payer-payment',
  },
  refund: {
    title: 'receipt.title-refund',
    at: 'receipt.at-refund',
    payer: 'receipt.payer-refund',
  },
};

export const statusTexts: Readonly<Record<Status, string>> = {
  paid: 'receipt.status-paid',
  'partly-refunded': 'receipt.status-partly-refunded',
  refunded: 'receipt.status-refunded',
  'paid-back': 'receipt.status-paid-back',
  'came-back': 'receipt.status-came-back',
};

/** What a stranger has to know before they believe a receipt; nothing where the money stayed where it went. */
export const warningTexts: Readonly<Partial<Record<Status, string>>> = {
  'partly-refunded': 'verify.status-partly-refunded',
  refunded: 'verify.status-refunded',
  'came-back': 'verify.status-came-back',
};

export const verdictTexts: Readonly<Record<ReceiptDocumentCheckJson['verdict'], string>> = {
  valid: 'verify.file-valid',
  altered: 'verify.file-altered',
  unknown: 'verify.file-unknown',
};
