import { create } from 'qrcode';
import type { Document } from './archive-document.ts';

/** A QR code as rows of dark squares; `size` squares wide and high, without its quiet zone. */
export interface QrPicture {
  readonly size: number;
  /** SVG path data, one unit a square. */
  readonly path: string;
}

/** Dark squares of one row that stand side by side. */
interface Run {
  readonly x: number;
  readonly y: number;
  readonly length: number;
}

/** Level M is for paper: it stays readable with 15 % of it soiled. */
function runsOf(text: string): { readonly size: number; readonly runs: readonly Run[] } {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules;
  const runs: Run[] = [];
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const begin = x;
      while (x < size && data[y * size + x] === 1) x += 1;
      if (x > begin) runs.push({ x: begin, y, length: x - begin });
    }
  }
  return { size, runs };
}

/** Fills the squares of a QR code as one path, sharp at any size: `side` points wide, its corner at x and y. */
export function drawQr(
  doc: Document,
  text: string,
  { x, y, side }: { readonly x: number; readonly y: number; readonly side: number },
  colour: string,
): void {
  const { size, runs } = runsOf(text);
  const square = side / size;
  for (const run of runs) {
    doc.rect(x + run.x * square, y + run.y * square, run.length * square, square);
  }
  doc.fillColor(colour).fill();
}

/** The same for a page. */
export function qrPicture(text: string): QrPicture {
  const { size, runs } = runsOf(text);
  const path = runs.map(({ x, y, length }) => `M${x} ${y}h${length}v1h-${length}z`).join('');
  return { size, path };
}
