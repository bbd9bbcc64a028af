import type { ReceiptView } from '../../application/ports/receipt-printer.ts';
import { openDocument, type Document, type PageSize } from './archive-document.ts';
import type { ReceiptLayout } from './receipt-layout.ts';

/**
 * Opens the document of a receipt, with its signed JSON attached. All its times are the receipt's own, so that the same
 * receipt is the same file.
 */
export function openReceiptDocument(
  view: ReceiptView,
  layout: ReceiptLayout,
  size: PageSize,
): Document {
  const { issuedAt } = view;
  const facts = {
    language: layout.language,
    title: layout.documentTitle,
    author: layout.company,
    subject: layout.number,
    madeAt: issuedAt,
    changedAt: view.refunds.at(-1)?.at ?? issuedAt,
  };
  const doc = openDocument(facts, size);
  const attachment = {
    name: 'receipt.json',
    type: 'application/json',
    description: layout.documentTitle,
    creationDate: new Date(issuedAt),
    modifiedDate: new Date(issuedAt),
    // Not in the package's types yet; PDF/A-3 asks for it.
    relationship: 'Data',
  };
  doc.file(Buffer.from(view.document, 'utf8'), attachment);
  return doc;
}
