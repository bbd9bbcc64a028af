import type { ReceiptView } from '../../application/ports/receipt-printer.ts';
import type { Locale } from '../../domain/locale.ts';
import { receiptPdf } from './receipt-pdf.ts';

/** A document to draw. */
export interface DrawingOrder {
  readonly kind: 'receipt';
  readonly view: ReceiptView;
  readonly locale: Locale;
}

/** Draws what was ordered. The same order gives the same bytes. */
export function draw(order: DrawingOrder): Promise<Uint8Array> {
  switch (order.kind) {
    case 'receipt':
      return receiptPdf(order.view, order.locale);
  }
}
