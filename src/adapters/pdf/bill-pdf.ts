import type { BillView } from '../../application/ports/bill-printer.ts';
import type { Locale } from '../../domain/locale.ts';
import { type BillLayout, billLayout, type LaidOutLine, type LaidOutSlip } from './bill-layout.ts';
import { drawCompanyNote, noteHeight } from './company-note.ts';
import { collected, openDocument, type Document } from './archive-document.ts';
import { drawLetterhead, hairlineColour, ink, left, muted, width } from './letterhead.ts';
import { orderPicture } from './order-picture.ts';
import { type Element, type Pen, penFor, type Place, type Style } from './pen.ts';

// All lengths in points: 595 × 842 is A4.
const top = 35;
const bottom = 806;
const sumWidth = 110;
const titleWidth = width - sumWidth - 12;
const labelWidth = 92;

const styles = {
  small: { font: 'regular', size: 8.5, colour: muted },
  heading: { font: 'bold', size: 14, colour: ink, align: 'right' },
  side: { font: 'regular', size: 10, colour: ink, align: 'right' },
  amount: { font: 'bold', size: 26, colour: ink },
  words: { font: 'regular', size: 10, colour: ink },
  label: { font: 'regular', size: 9, colour: muted },
  labelRight: { font: 'regular', size: 9, colour: muted, align: 'right' },
  title: { font: 'regular', size: 10, colour: ink },
  formula: { font: 'regular', size: 8.5, colour: muted },
  sum: { font: 'regular', size: 10, colour: ink, align: 'right' },
  total: { font: 'bold', size: 11, colour: ink },
  totalSum: { font: 'bold', size: 11, colour: ink, align: 'right' },
  subheading: { font: 'bold', size: 11, colour: ink },
  value: { font: 'regular', size: 9.5, colour: ink },
} as const satisfies Record<string, Style>;

interface Sheet {
  /** What stands over a page that goes on: which bill, which page. */
  readonly pageLine: (page: number) => string;
  /** Counted from 1. */
  page: number;
  readonly doc: Document;
  readonly pen: Pen;
  readonly root: Element;
}

/** Draws a bill as tagged PDF, made as PDF/A-3a: A4, as many pages as its lines take. The same view gives the same bytes. */
export async function billPdf(view: BillView, locale: Locale): Promise<Uint8Array> {
  const layout = billLayout(view, locale);
  const doc = openDocument({
    language: layout.language,
    title: layout.documentTitle,
    author: layout.company,
    subject: layout.number,
    madeAt: view.datedAt,
  });
  const bytes = collected(doc);
  const root = doc.struct('Document');
  doc.addStructure(root);
  const { pageLine } = layout;
  const sheet: Sheet = { doc, pen: penFor(doc, hairlineColour), root, pageLine, page: 1 };

  const headEnd = drawHead(sheet, layout);
  const sumEnd = drawSum(sheet, layout, headEnd + 14);
  const linesEnd = drawLines(sheet, layout, sumEnd + 16);
  const slipEnd = layout.slip ? drawSlip(sheet, layout.slip, linesEnd + 22) : linesEnd;
  const { companyNote: note } = layout;
  if (note !== undefined) {
    drawCompanyNote(sheet.pen, root, note, roomFor(sheet, slipEnd, noteHeight(sheet.pen, note)));
  }

  root.end();
  doc.end();
  return bytes;
}

const drawHead = (sheet: Sheet, layout: BillLayout): number =>
  drawLetterhead(
    sheet,
    layout,
    [
      { text: layout.heading, role: 'H1', style: styles.heading, gap: 0 },
      ...[layout.number, layout.account, layout.period].map(
        (text) => ({ text, role: 'P', style: styles.side, gap: 1 }) as const,
      ),
    ],
    { top, companyWidth: 270, gutter: 20 },
  );

function drawSum({ pen, root }: Sheet, layout: BillLayout, from: number): number {
  const labelEnd = pen.write(root, 'P', layout.toPay, at(from, width), styles.label);
  const sumEnd = pen.write(root, 'P', layout.amount, at(labelEnd, width), styles.amount);
  return pen.write(root, 'P', layout.amountInWords, at(sumEnd, width), styles.words);
}

function drawLines(sheet: Sheet, layout: BillLayout, from: number): number {
  const { pen, root } = sheet;
  const table = pen.group(root, 'Table');
  const heading = pen.group(table, 'TR');
  pen.write(heading, 'TH', layout.service, at(from, titleWidth), styles.label);
  let y = pen.write(heading, 'TH', layout.sum, sumAt(from), styles.labelRight) + 3;
  heading.end();
  for (const each of layout.lines) {
    y = roomFor(sheet, y, lineHeight(pen, each));
    pen.hairline({ x: left, y, width });
    y = drawLine(pen, table, each, y + 4) + 5;
  }
  y = roomFor(sheet, y, 40);
  pen.hairline({ x: left, y, width });
  const row = pen.group(table, 'TR');
  pen.write(row, 'TH', layout.total.title, at(y + 5, titleWidth), styles.total);
  y = pen.write(row, 'TD', layout.total.amount, sumAt(y + 5), styles.totalSum);
  row.end();
  table.end();
  return pen.write(root, 'P', layout.note, at(y + 6, width), styles.small);
}

function lineHeight(pen: Pen, { title, formulas }: LaidOutLine): number {
  const formulaHeight = formulas.reduce(
    (sum, formula) => sum + pen.height(formula, titleWidth, styles.formula),
    0,
  );
  return pen.height(title, titleWidth, styles.title) + formulaHeight + 10;
}

function drawLine(pen: Pen, table: Element, of: LaidOutLine, from: number): number {
  const row = pen.group(table, 'TR');
  const cell = pen.group(row, 'TD');
  let y = pen.write(cell, 'P', of.title, at(from, titleWidth), styles.title);
  for (const formula of of.formulas) {
    y = pen.write(cell, 'P', formula, at(y, titleWidth), styles.formula);
  }
  cell.end();
  const sumEnd = pen.write(row, 'TD', of.amount, sumAt(from), styles.sum);
  row.end();
  return Math.max(y, sumEnd);
}

/** The part for the bank: its picture on the left, the same in words beside it. Never split over two pages. Answers where it ends. */
function drawSlip(sheet: Sheet, slip: LaidOutSlip, from: number): number {
  const { doc, pen, root } = sheet;
  const picture = orderPicture(slip.order);
  const valueX = left + picture.size + 14 + labelWidth;
  const valueWidth = left + width - valueX;
  const fieldHeights = slip.fields.map(
    ({ value }) => pen.height(value, valueWidth, styles.value) + 3,
  );
  const height = Math.max(
    picture.size,
    fieldHeights.reduce((sum, each) => sum + each, 0),
  );
  const begin = roomFor(sheet, from, height + 70);
  pen.hairline({ x: left, y: begin, width });
  const headingEnd = pen.write(root, 'H2', slip.heading, at(begin + 8, width), styles.subheading);
  const hintEnd = pen.write(root, 'P', slip.hint, at(headingEnd, width), styles.small) + 6;
  // The white around the picture is a part of it; its dark edge stands where the texts begin.
  pen.picture(root, slip.qrAlt, () => picture.draw(doc, left - 6, hintEnd - 6));
  const table = pen.group(root, 'Table');
  let y = hintEnd;
  for (const { label, value } of slip.fields) {
    const row = pen.group(table, 'TR');
    const labelPlace = { x: valueX - labelWidth, y, width: labelWidth - 6 };
    const labelEnd = pen.write(row, 'TH', label, labelPlace, styles.label);
    const place = { x: valueX, y, width: valueWidth };
    y = Math.max(labelEnd, pen.write(row, 'TD', value, place, styles.value)) + 3;
    row.end();
  }
  table.end();
  pen.hairline({ x: valueX, y: y + 22, width: valueWidth });
  const signature = { x: valueX - labelWidth, y: y + 13, width: labelWidth - 6 };
  const signatureEnd = pen.write(root, 'P', slip.signature, signature, styles.label);
  return Math.max(signatureEnd, hintEnd - 6 + picture.size);
}

/** Where the next thing stands: here, or on top of a new page where the rest of this one is too little. */
function roomFor(sheet: Sheet, y: number, height: number): number {
  if (y + height <= bottom) return y;
  const { doc } = sheet;
  doc.addPage();
  sheet.page += 1;
  const { font, size, colour } = styles.small;
  doc.markContent('Artifact', { type: 'Pagination' });
  doc.font(font).fontSize(size).fillColor(colour);
  doc.text(sheet.pageLine(sheet.page), left, top, { width, align: 'right' });
  doc.endMarkedContent();
  return top + 20;
}

const at = (y: number, wide: number): Place => ({ x: left, y, width: wide });
const sumAt = (y: number): Place => ({ x: left + width - sumWidth, y, width: sumWidth });
