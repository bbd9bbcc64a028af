import type { Locale } from '../../domain/locale.ts';
import { decimalText } from '../../domain/money.ts';
import type { Cell, Table } from './table.ts';
import { wallTime } from './wall-time.ts';

/**
 * Writes a table as CSV by RFC 4180 for spreadsheets: marked as UTF-8; `;` and a decimal comma in Russian, `,` and a
 * point in English, as spreadsheets in these languages expect. Moments are `2026-11-28 14:03:05` in the zone.
 */
export function tableCsv(table: Table, locale: Locale, timeZone: string): Uint8Array {
  const written = (cell: Cell): string => cellText(cell, locale, timeZone);
  const line = (cells: readonly string[]): string => cells.join(locale === 'ru' ? ';' : ',');
  const lines = [
    quoted(table.title),
    ...table.head.map(([label, cell]) => line([quoted(label), written(cell)])),
    '',
    line(table.columns.map(({ title }) => quoted(title))),
    ...table.rows.map((row) => line(row.map(written))),
  ];
  return Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`, 'utf8');
}

function cellText(cell: Cell, locale: Locale, timeZone: string): string {
  if (cell === undefined) return '';
  switch (cell.kind) {
    case 'text':
      return quoted(cell.text);
    case 'money': {
      const number = decimalText(cell.money);
      return locale === 'ru' ? number.replace('.', ',') : number;
    }
    case 'moment':
      return wallTime(cell.at, timeZone);
    case 'day':
      return cell.day;
  }
}

/** What a spreadsheet takes for the beginning of a formula, in half and in full width, also behind spaces. */
const formula = /^[\s\u200B\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;

/**
 * A text in quotes, so that it stays one cell with whatever sign cells are divided by. One that a spreadsheet would
 * take for a formula gets an apostrophe before it.
 */
function quoted(text: string): string {
  const plain = text.toWellFormed().replaceAll('\0', '');
  const safe = formula.test(plain) ? `'${plain}` : plain;
  return safe === '' ? '' : `"${safe.replaceAll('"', '""')}"`;
}
