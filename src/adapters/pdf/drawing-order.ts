import type { BillView } from '../../application/ports/bill-printer.ts';
import type { ReceiptView } from '../../application/ports/receipt-printer.ts';
import type { Locale } from '../../domain/locale.ts';
import { billPdf } from './bill-pdf.ts';
import { receiptPdf } from './receipt-pdf.ts';

/** A document to draw. */
export type DrawingOrder =
  | { readonly kind: 'receipt'; readonly view: ReceiptView; readonly locale: Locale }
  | { readonly kind: 'bill'; readonly view: BillView; readonly locale: Locale };

/** Draws what was ordered. The same order gives the same bytes. */
export function draw(order: DrawingOrder): Promise<Uint8Array> {
  switch (order.kind) {
    case 'receipt':
      return receiptPdf(order.view, order.locale);
    case 'bill':
      return billPdf(order.view, order.locale);
  }
}
