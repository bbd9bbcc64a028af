import { type Element, type Pen, type Style } from './pen.ts';
import { drawQr } from './qr-squares.ts';
import type { Document } from './archive-document.ts';
import type { FiscalLayout } from './receipt-layout.ts';

/** Where the block goes, in points, and in how many columns its lines stand. */
export interface FiscalPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly columns: 1 | 2;
  /** Side of the QR; under the lines in one column, beside them in two. */
  readonly side: number;
}

const ink = '#000000';
const heading: Style = { font: 'bold', size: 9, colour: ink };
const plain: Style = { font: 'regular', size: 8, colour: ink };
const gap = 12;

/** Draws what the cash register made of the payment; answers where the block ends. */
export function drawFiscalBlock(
  { doc, pen, root }: { readonly doc: Document; readonly pen: Pen; readonly root: Element },
  fiscal: FiscalLayout,
  { x, y, width, columns, side }: FiscalPlace,
): number {
  const top = pen.write(root, 'H2', fiscal.heading, { x, y, width }, heading) + 2;
  const linesWidth = columns === 2 ? width - side - 2 * gap : width;
  const columnWidth = (linesWidth - (columns - 1) * gap) / columns;
  const perColumn = Math.ceil(fiscal.lines.length / columns);
  const ends = Array.from({ length: columns }, (_, column) =>
    fiscal.lines
      .slice(column * perColumn, (column + 1) * perColumn)
      .reduce((at, { label, value }) => {
        const place = { x: x + column * (columnWidth + gap), y: at, width: columnWidth };
        return pen.write(root, 'P', `${label}: ${value}`, place, plain);
      }, top),
  );
  const linesEnd = Math.max(...ends);
  const qr =
    columns === 2
      ? { x: x + width - side, y: top, side }
      : { x: x + (width - side) / 2, y: linesEnd + gap, side };
  pen.picture(root, fiscal.qrAlt, () => {
    drawQr(doc, fiscal.qr, qr, ink);
  });
  return Math.max(linesEnd, qr.y + side);
}
