import type { StatementView } from '../../application/ports/statement-files.ts';
import type { Locale } from '../../domain/locale.ts';
import { type Element, type Pen, penFor, type Place, type Style } from './pen.ts';
import { drawCompanyNote, noteHeight } from './company-note.ts';
import { collected, openDocument, type Document } from './archive-document.ts';
import { drawLetterhead, hairlineColour, ink, left, muted, width } from './letterhead.ts';
import { statementLayout, type StatementLayout, type StatementRow } from './statement-layout.ts';
import { statementPages, type PlacedRow } from './statement-pages.ts';

// All lengths in points: 595 × 842 is A4.
const top = 36;
const bottom = 792;
const footerY = 806;
const rowPadding = 3;
const headHeight = 20;

const styles = {
  small: { font: 'regular', size: 8.5, colour: muted },
  smallRight: { font: 'regular', size: 8.5, colour: muted, align: 'right' },
  heading: { font: 'bold', size: 12, colour: ink, align: 'right' },
  period: { font: 'regular', size: 10, colour: ink, align: 'right' },
  label: { font: 'regular', size: 9, colour: muted },
  value: { font: 'regular', size: 9, colour: ink },
  figure: { font: 'regular', size: 12, colour: ink },
  closing: { font: 'bold', size: 12, colour: ink },
  head: { font: 'regular', size: 8, colour: muted },
  cell: { font: 'regular', size: 8.5, colour: ink },
  more: { font: 'regular', size: 7.5, colour: muted },
  balance: { font: 'bold', size: 8.5, colour: ink },
  footer: { font: 'regular', size: 7.5, colour: muted },
} as const satisfies Record<string, Style>;

/** The columns of the table; sums stand at their right edge. */
const columns = {
  at: { x: left, width: 76 },
  what: { x: left + 84, width: 197 },
  received: { x: left + 289, width: 68 },
  spent: { x: left + 361, width: 68 },
  balance: { x: left + 433, width: 78 },
} as const;
const sums = ['received', 'spent', 'balance'] as const;

/** Draws a statement as tagged PDF, made as PDF/A-3a. The same view and language give the same bytes. */
export async function statementPdf(view: StatementView, locale: Locale): Promise<Uint8Array> {
  const layout = statementLayout(view, locale);
  const doc = openDocument({
    language: layout.language,
    title: layout.documentTitle,
    author: layout.company,
    subject: layout.heading,
    madeAt: view.madeAt,
  });
  const bytes = collected(doc);
  const pen = penFor(doc, hairlineColour);
  const root = doc.struct('Document');
  doc.addStructure(root);

  const headEnd = drawHead(pen, root, layout);
  const factsEnd = drawFacts(pen, root, layout, headEnd + 14);
  const tableTop = drawFigures(pen, root, layout, factsEnd + 12) + 14;
  const notes = layout.notes.join(' ');
  const { companyNote: own } = layout;
  const pages = statementPages(layout, (row) => rowHeight(pen, row), {
    first: bottom - tableTop - headHeight,
    other: bottom - top - headHeight,
    notes: pen.height(notes, width, styles.small) + 24 + (own ? noteHeight(pen, own) : 0),
  });
  const end = drawTable(doc, pen, root, { layout, pages, tableTop });
  const notesEnd = drawNotes(pen, root, layout, end + 10);
  if (own !== undefined) drawCompanyNote(pen, root, own, notesEnd);

  root.end();
  doc.end();
  return bytes;
}

const drawHead = (pen: Pen, root: Element, layout: StatementLayout): number =>
  drawLetterhead(
    { pen, root },
    layout,
    [
      { text: layout.heading, role: 'H1', style: styles.heading, gap: 2 },
      { text: layout.period, role: 'P', style: styles.period, gap: 1 },
      { text: layout.made, role: 'P', style: styles.smallRight, gap: 1 },
    ],
    { top, companyWidth: 240, gutter: 16 },
  );

/** Whose it is, two facts beside each other. */
function drawFacts(pen: Pen, root: Element, { facts }: StatementLayout, from: number): number {
  const half = width / 2;
  const labelWidth = 72;
  const list = pen.group(root, 'Table');
  let y = from;
  for (let n = 0; n < facts.length; n += 2) {
    const row = pen.group(list, 'TR');
    const ends = facts.slice(n, n + 2).map(([label, value], place) => {
      const x = left + place * half;
      pen.write(row, 'TH', label, { x, y, width: labelWidth }, styles.label);
      const beside = { x: x + labelWidth, y, width: half - labelWidth - 12 };
      return pen.write(row, 'TD', value, beside, styles.value);
    });
    row.end();
    y = Math.max(...ends) + 2;
  }
  list.end();
  return y;
}

/** What was there, what came and went, what is left: the strong line of the page. */
function drawFigures(pen: Pen, root: Element, { figures }: StatementLayout, y: number): number {
  pen.hairline({ x: left, y, width });
  const column = width / figures.length;
  const list = pen.group(root, 'Table');
  const labels = pen.group(list, 'TR');
  const placeOf = (n: number, from: number): Place => ({
    x: left + n * column,
    y: from,
    width: column - 8,
  });
  const labelEnds = figures.map(([label], n) =>
    pen.write(labels, 'TH', label, placeOf(n, y + 8), styles.small),
  );
  labels.end();
  const values = pen.group(list, 'TR');
  const ends = figures.map(([, value], n) => {
    const style = n === figures.length - 1 ? styles.closing : styles.figure;
    return pen.write(values, 'TD', value, placeOf(n, Math.max(...labelEnds) + 1), style);
  });
  values.end();
  list.end();
  const end = Math.max(...ends) + 8;
  pen.hairline({ x: left, y: end, width });
  return end;
}

interface TableToDraw {
  readonly layout: StatementLayout;
  readonly pages: readonly (readonly PlacedRow[])[];
  readonly tableTop: number;
}

/** The rows over all pages; answers where the last one ends. */
function drawTable(
  doc: Document,
  pen: Pen,
  root: Element,
  { layout, pages, tableTop }: TableToDraw,
): number {
  const table = pen.group(root, 'Table');
  let y = tableTop;
  pages.forEach((rows, n) => {
    if (n > 0) doc.addPage();
    y = n === 0 ? tableTop : top;
    if (n === 0) drawColumnHeads(doc, pen, table, layout, y);
    else asArtifact(doc, () => writeColumnHeads(doc, layout, y));
    y += headHeight;
    for (const row of rows) y = drawRow(doc, pen, table, row, y);
    asArtifact(doc, () => drawFooter(doc, layout, n + 1, pages.length));
  });
  table.end();
  return y;
}

function drawColumnHeads(
  doc: Document,
  pen: Pen,
  table: Element,
  layout: StatementLayout,
  y: number,
): void {
  const row = pen.group(table, 'TR');
  for (const name of ['at', 'what', ...sums] as const) {
    row.add(doc.struct('TH', {}, () => writeHead(doc, layout, name, y)));
  }
  row.end();
}

/** On every other page the heads are there for the eye: who hears the table knows them. */
const writeColumnHeads = (doc: Document, layout: StatementLayout, y: number): void => {
  for (const name of ['at', 'what', ...sums] as const) writeHead(doc, layout, name, y);
};

function writeHead(
  doc: Document,
  { columns: heads }: StatementLayout,
  name: keyof typeof columns,
  y: number,
): void {
  const isSum = sums.some((sum) => sum === name);
  write(doc, heads[name], { ...columns[name], y: y + 4 }, styles.head, isSum);
}

function drawRow(
  doc: Document,
  pen: Pen,
  table: Element,
  { row, height, isBalance }: PlacedRow,
  y: number,
): number {
  pen.hairline({ x: left, y, width });
  const style = isBalance ? styles.balance : styles.cell;
  const inside = y + rowPadding;
  const group = pen.group(table, 'TR');
  const cell = (role: string, content: () => void): void => {
    group.add(doc.struct(role, {}, content));
  };
  cell('TD', () => write(doc, row.at, { ...columns.at, y: inside }, style, false));
  cell('TD', () => {
    const { what } = columns;
    choose(doc, style).text(row.what, what.x, inside, { width: what.width, lineGap: 1 });
    if (row.more !== '') choose(doc, styles.more).text(row.more, { width: what.width, lineGap: 1 });
  });
  for (const name of sums) {
    cell('TD', () => write(doc, row[name], { ...columns[name], y: inside }, style, true));
  }
  group.end();
  return y + height;
}

/** Text on one line. A sum that is wider than its column is set smaller, never cut. */
function write(
  doc: Document,
  text: string,
  { x, y, width: wide }: Place,
  style: Style,
  isSum: boolean,
): void {
  if (text === '') return;
  const natural = choose(doc, style).widthOfString(text);
  const size = natural > wide ? (style.size * wide) / natural : style.size;
  const taken = Math.min(natural, wide);
  doc.fontSize(size).text(text, isSum ? x + wide - taken : x, y, { lineBreak: false });
}

const rowHeight = (pen: Pen, { what, more }: StatementRow): number => {
  const whatHeight = pen.height(what, columns.what.width, styles.cell);
  const moreHeight = more === '' ? 0 : pen.height(more, columns.what.width, styles.more);
  return whatHeight + moreHeight + 2 * rowPadding;
};

function drawFooter(doc: Document, layout: StatementLayout, page: number, pages: number): void {
  write(doc, layout.footer, { x: left, y: footerY, width: width - 100 }, styles.footer, false);
  const place = { x: left + width - 90, y: footerY, width: 90 };
  write(doc, layout.pageOf(page, pages), place, styles.footer, true);
}

function drawNotes(pen: Pen, root: Element, { notes }: StatementLayout, y: number): number {
  pen.hairline({ x: left, y, width });
  return pen.write(root, 'P', notes.join(' '), at(y + 6, width), styles.small);
}

/** What stands on paper and is no content: readers for the blind leave it out. */
function asArtifact(doc: Document, draw: () => void): void {
  doc.markContent('Artifact', { type: 'Pagination' });
  draw();
  doc.endMarkedContent();
}

const choose = (doc: Document, { font, size, colour }: Style): Document =>
  doc.font(font).fontSize(size).fillColor(colour);
const at = (y: number, wide: number): Place => ({ x: left, y, width: wide });
