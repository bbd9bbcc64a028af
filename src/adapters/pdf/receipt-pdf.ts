import type { ReceiptView } from '../../application/ports/receipt-printer.ts';
import type { Locale } from '../../domain/locale.ts';
import { type Element, type Pen, penFor, type Place, type Style } from './pen.ts';
import { collected, type Document } from './archive-document.ts';
import { drawLetterhead, hairlineColour, ink, left, muted, width } from './letterhead.ts';
import { drawCompanyNote, noteHeight } from './company-note.ts';
import { drawFiscalBlock } from './fiscal-block.ts';
import { drawQr } from './qr-squares.ts';
import { openReceiptDocument } from './receipt-document.ts';
import { type FiscalLayout, type ReceiptLayout, receiptLayout } from './receipt-layout.ts';

// All lengths in points: 595 × 842 is A4; the receipt takes the upper half of it.
const top = 35;
const bottom = 806;
const labelWidth = 112;
const qrSize = 112;
const sideWidth = 120;
const listWidth = width - sideWidth - 22;
const credit = '#0A6B3D';
const turned = '#8A2A0E';

const styles = {
  small: { font: 'regular', size: 8.5, colour: muted },
  smallRight: { font: 'regular', size: 8.5, colour: muted, align: 'right' },
  heading: { font: 'bold', size: 12, colour: ink, align: 'right' },
  number: { font: 'regular', size: 10, colour: ink, align: 'right' },
  status: { font: 'bold', size: 11, colour: credit, align: 'right' },
  turned: { font: 'bold', size: 13, colour: turned, align: 'right' },
  amount: { font: 'bold', size: 26, colour: ink },
  words: { font: 'regular', size: 10, colour: ink },
  label: { font: 'regular', size: 10, colour: muted },
  value: { font: 'regular', size: 10, colour: ink },
  check: { font: 'regular', size: 8, colour: muted, align: 'right' },
  code: { font: 'bold', size: 9.5, colour: ink, align: 'right' },
} as const satisfies Record<string, Style>;

/** Draws a receipt on the upper half of a sheet. The same view and language give the same bytes. */
export async function receiptPdf(view: ReceiptView, locale: Locale): Promise<Uint8Array> {
  const layout = receiptLayout(view, locale);
  const doc = openReceiptDocument(view, layout, 'A4');
  const bytes = collected(doc);
  const pen = penFor(doc, hairlineColour);
  const root = doc.struct('Document');
  doc.addStructure(root);

  const headEnd = drawHead(pen, root, layout);
  const sumEnd = drawSum(pen, root, layout, headEnd + 12);
  pen.hairline({ x: left, y: sumEnd + 10, width });
  const listTop = sumEnd + 16;
  const listEnd = drawDetails(pen, root, layout, listTop);
  const checkEnd = drawCheck(doc, pen, root, layout, { listTop, listEnd });
  const listed = Math.max(listEnd, checkEnd) + 8;
  const told = layout.fiscal ? drawFiscal({ doc, pen, root }, layout.fiscal, listed) : listed;
  const noted = drawNotes(pen, root, layout, told);
  if (layout.sheetNote !== undefined) drawOwn({ doc, pen, root }, layout.sheetNote, noted);

  root.end();
  doc.end();
  return bytes;
}

const drawHead = (pen: Pen, root: Element, layout: ReceiptLayout): number =>
  drawLetterhead(
    { pen, root },
    layout,
    [
      { text: layout.heading, role: 'H1', style: styles.heading, gap: 2 },
      { text: layout.number, role: 'P', style: styles.number, gap: 1 },
      { text: layout.issued, role: 'P', style: styles.smallRight, gap: 0 },
      {
        text: layout.status,
        role: 'P',
        style: layout.isTurned ? styles.turned : styles.status,
        gap: 3,
      },
    ],
    { top, companyWidth: 290, gutter: 20 },
  );

/** The one number, and the same in words. */
function drawSum(pen: Pen, root: Element, layout: ReceiptLayout, y: number): number {
  const sumEnd = pen.write(root, 'P', layout.amount, at(y, width), styles.amount);
  return pen.write(root, 'P', layout.amountInWords, at(sumEnd, width), styles.words);
}

function drawDetails(pen: Pen, root: Element, layout: ReceiptLayout, from: number): number {
  const table = pen.group(root, 'Table');
  const valueWidth = listWidth - labelWidth - 8;
  let y = from;
  layout.details.forEach(({ label, value }, n) => {
    if (n > 0) pen.hairline({ x: left, y, width: listWidth });
    const row = pen.group(table, 'TR');
    const labelEnd = pen.write(row, 'TH', label, at(y + 3, labelWidth), styles.label);
    const place = { x: left + labelWidth + 8, y: y + 3, width: valueWidth };
    y = Math.max(labelEnd, pen.write(row, 'TD', value, place, styles.value)) + 2;
    row.end();
  });
  table.end();
  return y;
}

/** The picture to photograph, with its code and address under it, beside the end of the list. */
function drawCheck(
  doc: Document,
  pen: Pen,
  root: Element,
  { check }: ReceiptLayout,
  { listTop, listEnd }: { readonly listTop: number; readonly listEnd: number },
): number {
  const x = left + width - sideWidth;
  const column = (y: number): Place => ({ x, y, width: sideWidth });
  const texts = [
    [check.heading, styles.check],
    [check.code, styles.code],
    [check.shownUrl, styles.check],
  ] as const;
  const textHeight = texts.reduce((sum, [text, style]) => {
    return sum + pen.height(text, sideWidth, style);
  }, 0);
  const y = Math.max(listTop + 4, listEnd - qrSize - textHeight - 6);
  pen.picture(root, check.qrAlt, () => {
    drawQr(doc, check.url, { x: x + sideWidth - qrSize, y, side: qrSize }, ink);
  });
  return texts.reduce(
    (textY, [text, style]) => pen.write(root, 'P', text, column(textY), style),
    y + qrSize + 4,
  );
}

function drawFiscal(
  on: Parameters<typeof drawFiscalBlock>[0],
  fiscal: FiscalLayout,
  y: number,
): number {
  on.pen.hairline({ x: left, y, width });
  return drawFiscalBlock(on, fiscal, { x: left, y: y + 6, width, columns: 2, side: 85 }) + 8;
}

function drawNotes(pen: Pen, root: Element, { notes }: ReceiptLayout, y: number): number {
  pen.hairline({ x: left, y, width });
  return pen.write(root, 'P', notes.join(' '), at(y + 6, width), styles.small);
}

/** The company's own text, on a sheet of its own where this one is full. */
function drawOwn(
  { doc, pen, root }: Parameters<typeof drawFiscalBlock>[0],
  note: string,
  y: number,
): void {
  const isFull = y + noteHeight(pen, note) > bottom;
  if (isFull) doc.addPage();
  drawCompanyNote(pen, root, note, isFull ? top : y);
}

const at = (y: number, wide: number): Place => ({ x: left, y, width: wide });
