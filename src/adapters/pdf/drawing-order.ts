import type { BillView } from '../../application/ports/bill-printer.ts';
import type { Paper, ReceiptView } from '../../application/ports/receipt-printer.ts';
import type { StatementView } from '../../application/ports/statement-files.ts';
import type { Locale } from '../../domain/locale.ts';
import { billPdf } from './bill-pdf.ts';
import { receiptPdf } from './receipt-pdf.ts';
import { receiptRollPdf } from './receipt-roll-pdf.ts';
import { statementPdf } from './statement-pdf.ts';

/** A document to draw. */
export type DrawingOrder = { readonly locale: Locale } & (
  | { readonly kind: 'receipt'; readonly view: ReceiptView; readonly paper: Paper }
  | { readonly kind: 'statement'; readonly view: StatementView }
  | { readonly kind: 'bill'; readonly view: BillView }
);

/** Draws what was ordered. The same order gives the same bytes. */
export function draw(order: DrawingOrder): Promise<Uint8Array> {
  switch (order.kind) {
    case 'receipt':
      return order.paper === 'roll'
        ? receiptRollPdf(order.view, order.locale)
        : receiptPdf(order.view, order.locale);
    case 'statement':
      return statementPdf(order.view, order.locale);
    case 'bill':
      return billPdf(order.view, order.locale);
  }
}
