import type { ReceiptView } from '../../application/ports/receipt-printer.ts';
import type { Locale } from '../../domain/locale.ts';
import { penFor, type Element, type Pen, type Style } from './pen.ts';
import { drawFiscalBlock } from './fiscal-block.ts';
import { fitted } from './paper-picture.ts';
import { drawQr } from './qr-squares.ts';
import { collected } from './archive-document.ts';
import { openReceiptDocument } from './receipt-document.ts';
import { receiptLayout, type ReceiptLayout } from './receipt-layout.ts';

// Points. A till's roll is 80 mm wide, of which its head prints 72.
const paperWidth = 226.8;
const left = 11.4;
const width = 204;
const edge = 12;
/** 45 mm: squares of more than 0.8 mm, which a thermal head draws cleanly. */
const qrSide = 127.6;
const fiscalSide = 85;
const logoBox = { width: 140, height: 56 } as const;
/** A roll has no end; this is more than the longest receipt. */
const longest = 4_000;
const ink = '#000000';

const styles = {
  company: { font: 'bold', size: 12, colour: ink, align: 'center' },
  small: { font: 'regular', size: 8, colour: ink, align: 'center' },
  heading: { font: 'bold', size: 11, colour: ink, align: 'center' },
  number: { font: 'regular', size: 9, colour: ink, align: 'center' },
  status: { font: 'bold', size: 11, colour: ink, align: 'center' },
  amount: { font: 'bold', size: 20, colour: ink, align: 'center' },
  words: { font: 'regular', size: 8.5, colour: ink, align: 'center' },
  label: { font: 'regular', size: 8, colour: ink },
  value: { font: 'bold', size: 9, colour: ink },
  note: { font: 'regular', size: 8.5, colour: ink, align: 'center' },
  code: { font: 'bold', size: 10, colour: ink, align: 'center' },
} as const satisfies Record<string, Style>;

/** Draws a receipt for a till's roll of 80 mm: black only, one strip as long as it needs to be. Deterministic. */
export async function receiptRollPdf(view: ReceiptView, locale: Locale): Promise<Uint8Array> {
  const layout = receiptLayout(view, locale);
  // Drawn twice: what is written decides how long the strip is.
  const { end } = strip(view, layout, longest);
  const { bytes } = strip(view, layout, end + edge);
  return bytes;
}

function strip(view: ReceiptView, layout: ReceiptLayout, height: number) {
  const doc = openReceiptDocument(view, layout, [paperWidth, height]);
  const bytes = collected(doc);
  const pen = penFor(doc, ink);
  const root = doc.struct('Document');
  doc.addStructure(root);

  let y = drawHead(pen, root, layout);
  y = drawDetails(pen, root, layout, y);
  y = ruled(pen, y);
  pen.picture(root, layout.check.qrAlt, () => {
    drawQr(doc, layout.check.url, { x: (paperWidth - qrSide) / 2, y, side: qrSide }, ink);
  });
  y += qrSide + 6;
  if (layout.fiscal) {
    const place = { x: left, y: ruled(pen, y), width, columns: 1, side: fiscalSide } as const;
    y = drawFiscalBlock({ doc, pen, root }, layout.fiscal, place) + 6;
  }
  const end = drawFoot(pen, root, layout, y);

  root.end();
  doc.end();
  return { bytes, end };
}

function drawHead(pen: Pen, root: Element, layout: ReceiptLayout): number {
  const top = drawLogo(pen, root, layout);
  let y = written(pen, root, layout.company, styles.company, top);
  for (const text of layout.companyLines) y = written(pen, root, text, styles.small, y);
  y = ruled(pen, y);
  y = pen.write(root, 'H1', layout.heading, at(y), styles.heading);
  y = written(pen, root, layout.number, styles.number, y);
  y = written(pen, root, layout.issued, styles.small, y);
  y = written(pen, root, layout.status, styles.status, y + 3);
  y = written(pen, root, layout.amount, styles.amount, y + 2);
  return ruled(pen, written(pen, root, layout.amountInWords, styles.words, y));
}

/** The logo in the middle over the name; answers where the name begins. */
function drawLogo(pen: Pen, root: Element, { logo, company }: ReceiptLayout): number {
  if (logo === undefined) return edge;
  const size = fitted(logo, logoBox);
  const box = { x: (paperWidth - size.width) / 2, y: edge, ...size };
  pen.logo(root, company, { ...logo, picture: logo.onRolls }, box);
  return edge + size.height + 6;
}

/** Label over value: a roll has no room for two columns. */
function drawDetails(pen: Pen, root: Element, layout: ReceiptLayout, from: number): number {
  const table = pen.group(root, 'Table');
  let y = from;
  for (const { label, value } of layout.details) {
    const row = pen.group(table, 'TR');
    y = pen.write(row, 'TH', label, at(y), styles.label);
    y = pen.write(row, 'TD', value, at(y), styles.value) + 3;
    row.end();
  }
  table.end();
  return y;
}

function drawFoot(pen: Pen, root: Element, layout: ReceiptLayout, from: number): number {
  const { check, notes, rollNote } = layout;
  let y = written(pen, root, check.heading, styles.small, from);
  y = written(pen, root, check.code, styles.code, y);
  y = written(pen, root, check.shownUrl, styles.small, y);
  y = written(pen, root, notes.join(' '), styles.small, ruled(pen, y));
  return rollNote === undefined ? y : written(pen, root, rollNote, styles.note, ruled(pen, y));
}

const at = (y: number) => ({ x: left, y, width });

const written = (pen: Pen, root: Element, text: string, style: Style, y: number): number =>
  pen.write(root, 'P', text, at(y), style);

const ruled = (pen: Pen, y: number): number => {
  pen.hairline({ x: left, y: y + 5, width });
  return y + 11;
};
