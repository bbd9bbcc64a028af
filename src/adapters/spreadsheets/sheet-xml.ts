import { decimalText } from '../../domain/money.ts';
import type { CalendarDay } from '../../domain/time.ts';
import type { Cell, Column } from './table.ts';
import { styles } from './workbook-xml.ts';
import { isKept, printable } from './xlsx-values.ts';

/** Moments need a zone, and nothing here has any. */
export type SheetRow = readonly Exclude<Cell, { readonly kind: 'moment' } | undefined>[];

const prolog = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const namespace = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** What stands before the rows: the first row stays where it is while the others move. */
export function sheetHead(columns: readonly Column[]): string {
  const pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>';
  const widths = columns.map(({ width }, n) => {
    const place = String(n + 1);
    return `<col min="${place}" max="${place}" width="${String(width)}" customWidth="1"/>`;
  });
  return (
    `${prolog}<worksheet xmlns="${namespace}"><sheetViews><sheetView workbookViewId="0">${pane}` +
    `</sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData>` +
    headingRow(columns)
  );
}
export const sheetEnd = '</sheetData></worksheet>';

const headingRow = (columns: readonly Column[]): string =>
  rowXml(
    1,
    columns.map(({ title, isNumeric }, n) =>
      textXml(`${letterOf(n)}1`, isNumeric ? styles.numericHeading : styles.heading, title),
    ),
  );

/** A row of a sheet; rows are counted from 1. */
export const sheetRow = (cells: SheetRow, row: number): string =>
  rowXml(
    row,
    cells.map((cell, n) => cellXml(cell, `${letterOf(n)}${String(row)}`)),
  );

const rowXml = (row: number, cells: readonly string[]): string =>
  `<row r="${String(row)}">${cells.join('')}</row>`;
const letterOf = (column: number): string => String.fromCharCode(65 + column);

function cellXml(cell: SheetRow[number], place: string): string {
  switch (cell.kind) {
    case 'text':
      return textXml(place, styles.text, cell.text);
    case 'money': {
      const digits = decimalText(cell.money);
      if (!isKept(cell.money)) return textXml(place, styles.longSum, digits);
      return `<c r="${place}" s="${String(styles.sum)}"><v>${digits}</v></c>`;
    }
    case 'day': {
      const number = serialOf(cell.day);
      if (number === undefined) return textXml(place, styles.text, cell.day);
      return `<c r="${place}" s="${String(styles.day)}"><v>${String(number)}</v></c>`;
    }
  }
}

/** Days of a spreadsheet, counted so that 1900-03-01 is 61: before it programs do not agree. */
const [firstSerial, msOfDay] = [61, 86_400_000];
const firstDay = Date.UTC(1900, 2, 1);

function serialOf(day: CalendarDay): number | undefined {
  const serial = (Date.parse(`${day}T00:00:00Z`) - firstDay) / msOfDay + firstSerial;
  return serial < firstSerial ? undefined : serial;
}

/** A text in its own cell is never a formula, whatever it begins with. */
function textXml(place: string, style: number, text: string): string {
  if (text === '') return '';
  return `<c r="${place}" s="${String(style)}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** `_x000D_` is a letter by its number to a spreadsheet; a text that only looks like one keeps its underline. */
const escaped = (text: string): string =>
  printable(text)
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll(/[&<>]/g, (sign) => entities[sign] ?? sign)
    .replaceAll('\r', '&#13;');
