import { queryOptions } from '@tanstack/react-query';
import type {
  ReceiptCheckJson,
  ReceiptDocumentCheckJson,
  ReceiptJson,
} from '../../http/contract/receipt-json.ts';
import { call } from './call.ts';
import { paths, pathWith } from './paths.ts';

/** A receipt is of a payment, or of money that was paid back. */
export interface ReceiptOf {
  readonly kind: 'payment' | 'refund';
  readonly id: string;
}

const pathsOf = {
  payment: { json: paths.receipt, pdf: paths.receiptPdf, file: paths.receiptFile },
  refund: {
    json: paths.refundReceipt,
    pdf: paths.refundReceiptPdf,
    file: paths.refundReceiptFile,
  },
} as const;

export const receiptQuery = ({ kind, id }: ReceiptOf) =>
  queryOptions({
    queryKey: ['receipt', kind, id],
    queryFn: ({ signal }) =>
      call<ReceiptJson>('GET', pathWith(pathsOf[kind].json, { id }), { signal }),
  });

export const receiptPdfPath = ({ kind, id }: ReceiptOf, paper?: 'roll'): string =>
  pathWith(pathsOf[kind].pdf, { id }, { paper });
export const receiptFilePath = ({ kind, id }: ReceiptOf): string =>
  pathWith(pathsOf[kind].file, { id });

/** `seal`: the fragment of the link in a QR code. */
export const receiptCheckQuery = (code: string, seal: string | undefined) =>
  queryOptions({
    queryKey: ['receipt-check', code, seal],
    queryFn: ({ signal }) =>
      call<ReceiptCheckJson>('GET', pathWith(paths.verifyReceipt, { code }, { seal }), { signal }),
    staleTime: Infinity,
  });

/** Asks what the signed JSON of a receipt is worth. */
export const checkReceiptFile = (document: unknown): Promise<ReceiptDocumentCheckJson> =>
  call('POST', paths.checkReceiptFile, { body: document });
