import {
  receiptCheck,
  receiptCheckQuery,
  receiptDocument,
  receiptDocumentCheck,
  receiptJson,
  receiptKeySet,
  receiptPdfQuery,
} from './receipt-json.ts';
import { route } from './route-contract.ts';

/** Receipts for their owner, and the checks that are open to anybody. */
export const receiptRoutes = {
  receipt: route({
    method: 'GET',
    path: '/api/payments/{id}/receipt',
    access: 'customer',
    summary: 'The receipt of a paid payment',
    success: { status: 200, body: receiptJson },
  }),
  receiptPdf: route({
    method: 'GET',
    path: '/api/payments/{id}/receipt.pdf',
    access: 'customer',
    summary: 'The same receipt as PDF',
    query: receiptPdfQuery,
    success: { status: 200, type: 'application/pdf' },
  }),
  receiptFile: route({
    method: 'GET',
    path: '/api/payments/{id}/receipt.json',
    access: 'customer',
    summary: 'The same receipt as signed JSON, as it is attached to the PDF',
    success: { status: 200, body: receiptDocument, type: 'application/json' },
  }),
  refundReceipt: route({
    method: 'GET',
    path: '/api/refunds/{id}/receipt',
    access: 'customer',
    summary: 'The receipt of money that was paid back',
    success: { status: 200, body: receiptJson },
  }),
  refundReceiptPdf: route({
    method: 'GET',
    path: '/api/refunds/{id}/receipt.pdf',
    access: 'customer',
    summary: 'The same receipt as PDF',
    query: receiptPdfQuery,
    success: { status: 200, type: 'application/pdf' },
  }),
  refundReceiptFile: route({
    method: 'GET',
    path: '/api/refunds/{id}/receipt.json',
    access: 'customer',
    summary: 'The same receipt as signed JSON, as it is attached to the PDF',
    success: { status: 200, body: receiptDocument, type: 'application/json' },
  }),
  verifyReceipt: route({
    method: 'GET',
    path: '/api/receipts/{code}',
    access: 'public',
    summary: 'Public check of a receipt by its code',
    query: receiptCheckQuery,
    success: { status: 200, body: receiptCheck },
  }),
  checkReceiptFile: route({
    method: 'POST',
    path: '/api/receipts/check',
    access: 'public',
    summary: 'Public check of the signed JSON that is attached to a receipt',
    body: receiptDocument,
    success: { status: 200, body: receiptDocumentCheck },
  }),
  receiptKeys: route({
    method: 'GET',
    path: '/.well-known/receipt-keys.json',
    access: 'public',
    summary: 'Public keys of receipts, those of the past among them',
    success: { status: 200, body: receiptKeySet },
  }),
} as const;
