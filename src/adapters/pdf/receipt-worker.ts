import { parentPort } from 'node:worker_threads';
import type { ReceiptView } from '../../application/ports/receipt-printer.ts';
import type { Locale } from '../../domain/locale.ts';
import { receiptPdf } from './receipt-pdf.ts';

/** One receipt to draw. */
export interface DrawingOrder {
  readonly view: ReceiptView;
  readonly locale: Locale;
}
export type Drawing = { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly trouble: string };

// The other end is pdf-printer.ts, which sends one order at a time.
parentPort?.on('message', (order: DrawingOrder) => {
  receiptPdf(order.view, order.locale).then(
    (bytes) => {
      const own = new Uint8Array(bytes);
      parentPort?.postMessage({ bytes: own } satisfies Drawing, [own.buffer]);
    },
    (error: unknown) => {
      const trouble = error instanceof Error ? (error.stack ?? error.message) : String(error);
      parentPort?.postMessage({ trouble } satisfies Drawing);
    },
  );
});
