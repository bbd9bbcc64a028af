import { ink, left, width } from './letterhead.ts';
import type { Element, Pen, Style } from './pen.ts';

const style: Style = { font: 'regular', size: 9, colour: ink };
const gap = 8;

/** How much room the company's own text takes under what stands over it, in points. */
export const noteHeight = (pen: Pen, text: string): number =>
  pen.height(text, width, style) + 2 * gap;

/** Writes the company's own text under a line, over the whole sheet; answers where it ends. */
export function drawCompanyNote(pen: Pen, root: Element, text: string, y: number): number {
  pen.hairline({ x: left, y: y + gap, width });
  return pen.write(root, 'P', text, { x: left, y: y + 2 * gap - 2, width }, style);
}
