import writeExcelFile, { type CellObject } from 'write-excel-file/node';
import type { Locale } from '../../domain/locale.ts';
import { decimalText, type Money } from '../../domain/money.ts';
import type { Cell, Table } from './table.ts';
import { wallTime } from './wall-time.ts';
import { isKept, numberFormat, printable } from './xlsx-values.ts';

const formats = {
  ru: { day: 'dd.mm.yyyy', moment: 'dd.mm.yyyy hh:mm:ss' },
  en: { day: 'd mmm yyyy', moment: 'd mmm yyyy hh:mm:ss' },
} as const;
/**
 * Writes a table as XLSX: sums are numbers with as many decimals as their currency has, days and moments are dates, as
 * the clocks of the zone showed them. A sum with more digits than a spreadsheet keeps is text, so that none is lost.
 */
export async function tableXlsx(
  table: Table,
  locale: Locale,
  timeZone: string,
): Promise<Uint8Array> {
  const write = (cell: Cell): CellObject | null => cellObject(cell, locale, timeZone);
  const data = [
    [{ ...textCell(table.title), fontWeight: 'bold' as const, fontSize: 14 }],
    ...table.head.map(([label, cell]) => [
      { ...textCell(label), textColor: '#52605A' },
      leftAligned(write(cell)),
    ]),
    [],
    table.columns.map(({ title, isNumeric }) => ({
      ...textCell(title),
      fontWeight: 'bold' as const,
      align: isNumeric ? ('right' as const) : ('left' as const),
      bottomBorderStyle: 'thin' as const,
    })),
    ...table.rows.map((row) => row.map(write)),
  ];
  const buffer = await writeExcelFile(data, {
    sheet: table.sheet,
    columns: table.columns.map(({ width }) => ({ width })),
    stickyRowsCount: table.head.length + 3,
  }).toBuffer();
  return new Uint8Array(buffer);
}

function cellObject(cell: Cell, locale: Locale, timeZone: string): CellObject | null {
  if (cell === undefined) return null;
  switch (cell.kind) {
    case 'text':
      return textCell(cell.text);
    case 'money':
      return moneyCell(cell.money);
    case 'moment':
      return dateCell(wallTime(cell.at, timeZone), formats[locale].moment);
    case 'day':
      return dateCell(`${cell.day} 00:00:00`, formats[locale].day);
  }
}

const leftAligned = (cell: CellObject | null): CellObject | null =>
  cell === null ? null : { ...cell, align: 'left' };

const textCell = (text: string): CellObject => ({ type: String, value: printable(text) });

function moneyCell(money: Money): CellObject {
  const text = decimalText(money);
  if (!isKept(money)) return { ...textCell(text), align: 'right' };
  const format = numberFormat(money.currency);
  return { type: Number, value: Number(text), format, align: 'right' };
}

/** The package writes a date by its UTC parts; a spreadsheet knows no zones. */
const dateCell = (wall: string, format: string): CellObject => ({
  type: Date,
  value: new Date(`${wall.replace(' ', 'T')}Z`),
  format,
});
