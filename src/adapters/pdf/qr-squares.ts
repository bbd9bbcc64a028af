import { create } from 'qrcode';
import type { Document } from './receipt-document.ts';

/** A QR code as rows of dark squares; `size` squares wide and high, without its quiet zone. */
export interface QrPicture {
  readonly size: number;
  /** SVG path data, one unit a square. */
  readonly path: string;
}

/** Level M is for paper: it stays readable with 15 % of it soiled. */
const modulesOf = (text: string) => create(text, { errorCorrectionLevel: 'M' }).modules;

/** Fills the squares of a QR code as one path, sharp at any size: `side` points wide, its corner at x and y. */
export function drawQr(
  doc: Document,
  text: string,
  { x, y, side }: { readonly x: number; readonly y: number; readonly side: number },
  colour: string,
): void {
  const modules = modulesOf(text);
  const square = side / modules.size;
  for (const [n, dark] of modules.data.entries()) {
    if (dark === 0) continue;
    const row = Math.floor(n / modules.size);
    doc.rect(x + (n % modules.size) * square, y + row * square, square, square);
  }
  doc.fillColor(colour).fill();
}

/** The same for a page. */
export function qrPicture(text: string): QrPicture {
  const { size, data } = modulesOf(text);
  const rows = Array.from({ length: size }, (_, row) => {
    const bits = [...data.subarray(row * size, (row + 1) * size)];
    return bits.map((dark, n) => (dark === 0 ? '' : `M${n} ${row}h1v1h-1z`)).join('');
  });
  return { size, path: rows.join('') };
}
