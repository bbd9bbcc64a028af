import type { StatementForm } from '../../application/ports/statement-form.ts';
import { type BankMovement, type BankStatement, closingOf } from '../../domain/bank-statement.ts';
import { money } from '../../domain/money.ts';
import type { CalendarDay } from '../../domain/time.ts';
import { sheetEnd, sheetHead, sheetRow, type SheetRow } from './sheet-xml.ts';
import { ofDay, sum, text, type Column } from './table.ts';
import { workbookParts } from './workbook-xml.ts';
import { zipped, type ZipPart } from './zip-stream.ts';

/** What the sheets are called; the second is `Statement 2`. */
const sheetName = 'Statement';
/** What a spreadsheet allows, the heading with it. */
const mostRows = 1_048_576;
/** Rows are put together until they are worth compressing. */
const pieceLength = 65_536;

const columns: readonly Column[] = [
  { title: 'date', width: 12, isNumeric: false },
  { title: 'number', width: 38, isNumeric: false },
  { title: 'amount', width: 18, isNumeric: true },
  { title: 'currency', width: 9, isNumeric: false },
  { title: 'counterparty', width: 28, isNumeric: false },
  { title: 'purpose', width: 60, isNumeric: false },
];

/**
 * A statement as XLSX with the rows and columns of its CSV: days are dates, sums are numbers with the decimals of their
 * currency, and what left is below zero. A sum of more digits than a spreadsheet keeps is text, so that none is lost;
 * no text is ever a formula. Beyond the rows a sheet may have it goes on on another, under the same heading. Throws
 * CannotBeWritten beyond 4 GiB.
 */
export const statementXlsx: StatementForm = (statement, movements) =>
  statementSheets(statement, movements, mostRows);

/** As many sheets as it takes, with at most so many rows each. */
export const statementSheets = (
  statement: BankStatement,
  movements: AsyncIterable<BankMovement>,
  most: number,
): AsyncGenerator<Uint8Array> => zipped(parts(statement, rowsOf(statement, movements), most));

async function* parts(
  { currency }: BankStatement,
  rows: AsyncGenerator<SheetRow>,
  most: number,
): AsyncGenerator<ZipPart> {
  const coming = { row: await rows.next() };
  let sheets = 0;
  do {
    sheets += 1;
    const pieces = sheet(coming, rows, most);
    yield { name: `xl/worksheets/sheet${String(sheets)}.xml`, pieces };
  } while (coming.row.done !== true);
  for (const [name, xml] of workbookParts(sheets, sheetName, currency)) {
    yield { name, pieces: [Buffer.from(xml)] };
  }
}

/** Takes rows until the sheet is full; the next one stays for the next sheet. */
async function* sheet(
  coming: { row: IteratorResult<SheetRow, unknown> },
  rows: AsyncGenerator<SheetRow>,
  most: number,
): AsyncGenerator<Uint8Array> {
  let xml = sheetHead(columns);
  let row = 1;
  while (row < most && coming.row.done !== true) {
    row += 1;
    xml += sheetRow(coming.row.value, row);
    coming.row = await rows.next();
    if (xml.length < pieceLength) continue;
    yield Buffer.from(xml);
    xml = '';
  }
  yield Buffer.from(xml + sheetEnd);
}

async function* rowsOf(
  { currency, from, to, turnover }: BankStatement,
  movements: AsyncIterable<BankMovement>,
): AsyncGenerator<SheetRow> {
  const row = (said: Pick<BankMovement, 'day' | 'number' | 'minor' | 'purpose'>, name = '') => [
    ofDay(said.day),
    text(said.number),
    sum(money(said.minor, currency)),
    text(currency),
    text(name),
    text(said.purpose),
  ];
  const balance = (day: CalendarDay, minor: bigint, purpose: string): SheetRow =>
    row({ day, number: '', minor, purpose });
  yield balance(from, turnover.opening, 'opening balance');
  for await (const movement of movements) {
    const { direction, minor, other } = movement;
    yield row({ ...movement, minor: direction === 'in' ? minor : -minor }, other.name);
  }
  yield balance(to, closingOf(turnover), 'closing balance');
}
