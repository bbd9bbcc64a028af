import type { Paper, ReceiptView } from '../../application/ports/receipt-printer.ts';
import type { Locale } from '../../domain/locale.ts';
import { receiptPdf } from './receipt-pdf.ts';
import { receiptRollPdf } from './receipt-roll-pdf.ts';

/** A document to draw. */
export interface DrawingOrder {
  readonly kind: 'receipt';
  readonly view: ReceiptView;
  readonly locale: Locale;
  readonly paper: Paper;
}

/** Draws what was ordered. The same order gives the same bytes. */
export function draw(order: DrawingOrder): Promise<Uint8Array> {
  switch (order.kind) {
    case 'receipt':
      return order.paper === 'roll'
        ? receiptRollPdf(order.view, order.locale)
        : receiptPdf(order.view, order.locale);
  }
}
