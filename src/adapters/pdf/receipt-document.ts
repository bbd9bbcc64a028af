import PDFDocument from 'pdfkit';
import type { ReceiptView } from '../../application/ports/receipt-printer.ts';
import { receiptFonts } from './receipt-fonts.ts';
import type { ReceiptLayout } from './receipt-layout.ts';

export type Document = InstanceType<typeof PDFDocument>;

/**
 * Opens a tagged document, made as PDF/A-3a, with the receipt's signed JSON attached. All its times are the receipt's
 * own, so that the same receipt is the same file.
 */
export function openReceiptDocument(
  view: ReceiptView,
  layout: ReceiptLayout,
  size: 'A4' | readonly [width: number, height: number],
): Document {
  const issuedAt = new Date(view.issuedAt);
  const lastChange = new Date(view.refunds.at(-1)?.at ?? view.issuedAt);
  const doc = new PDFDocument({
    size: typeof size === 'string' ? size : [...size],
    margin: 0,
    pdfVersion: '1.7',
    subset: 'PDF/A-3a',
    tagged: true,
    lang: layout.language,
    displayTitle: true,
    info: {
      Title: layout.documentTitle,
      Author: layout.company,
      Subject: layout.number,
      CreationDate: issuedAt,
      ModDate: lastChange,
    },
  });
  doc.registerFont('regular', receiptFonts.regular);
  doc.registerFont('bold', receiptFonts.bold);
  const attachment = {
    name: 'receipt.json',
    type: 'application/json',
    description: layout.documentTitle,
    creationDate: issuedAt,
    modifiedDate: issuedAt,
    // Not in the package's types yet; PDF/A-3 asks for it.
    relationship: 'Data',
  };
  doc.file(Buffer.from(view.document, 'utf8'), attachment);
  return doc;
}

/** All bytes of the document, once it was ended. */
export function collected(doc: Document): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    doc.on('error', reject);
  });
}
