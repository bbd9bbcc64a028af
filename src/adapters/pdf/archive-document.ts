import PDFDocument from 'pdfkit';
import { documentFonts } from './document-fonts.ts';

export type Document = InstanceType<typeof PDFDocument>;

/** What a file says of itself. */
export interface DocumentFacts {
  readonly language: 'ru-RU' | 'en-GB';
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  readonly madeAt: number;
  /** As when it was made, if not said. */
  readonly changedAt?: number;
}

/** Points; 595 × 842 is A4. */
export type PageSize = 'A4' | readonly [width: number, height: number];

/**
 * Opens a tagged document, made as PDF/A-3a, without margins, its fonts registered as `regular` and `bold`. It knows no
 * clock: the same facts and content are the same bytes.
 */
export function openDocument(facts: DocumentFacts, size: PageSize = 'A4'): Document {
  const { language, title, author, subject, madeAt, changedAt = madeAt } = facts;
  const doc = new PDFDocument({
    size: typeof size === 'string' ? size : [...size],
    margin: 0,
    pdfVersion: '1.7',
    subset: 'PDF/A-3a',
    tagged: true,
    lang: language,
    displayTitle: true,
    info: {
      Title: title,
      Author: author,
      Subject: subject,
      CreationDate: new Date(madeAt),
      ModDate: new Date(changedAt),
    },
  });
  doc.registerFont('regular', documentFonts.regular);
  doc.registerFont('bold', documentFonts.bold);
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
