import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { OperationToPost, Staged } from '../../../application/ports/company-books.ts';
import type { AccountRow, CustomerRow } from '../../../domain/company-file.ts';
import { isoText } from '../../../domain/time.ts';

/** Tables of one load, gone with its transaction. `raw` is the row's text, for the list of rejected rows. */
export const stagingTables = `
  CREATE TEMP TABLE staged_customer (line integer, raw text, contract text, name text, phone text,
    email text, locale text) ON COMMIT DROP;
  CREATE TEMP TABLE staged_account (line integer, raw text, number text, contract text,
    currency text, opened_on date, title text) ON COMMIT DROP;
  CREATE TEMP TABLE staged_operation (line integer, raw text, id text, account text,
    posted_at timestamptz, kind text, amount bigint, currency text, description text,
    counterparty text, key text, contra text) ON COMMIT DROP;
  CREATE TEMP TABLE misfit (file text, line integer, column_name text, reason text, raw text)
    ON COMMIT DROP;
`;

type Cell = string | number | bigint | undefined;
type Cells<Row> = (row: Row) => readonly Cell[];

export const customerCells: Cells<CustomerRow> = (row) => [
  row.contract,
  row.name,
  row.phone,
  row.email,
  row.locale,
];

export const accountCells: Cells<AccountRow> = (row) => [
  row.number,
  row.contract,
  row.currency,
  row.openedOn,
  row.title,
];

export const operationCells: Cells<OperationToPost> = (row) => [
  row.id,
  row.account,
  isoText(row.postedAt),
  row.kind,
  row.amount.minor,
  row.amount.currency,
  row.description,
  row.counterparty,
  row.key,
  row.contra,
];

/** Streams rows into a staging table and counts what is there for the planner. */
export async function copyRows<Row>(
  client: pg.ClientBase,
  table: 'staged_customer' | 'staged_account' | 'staged_operation',
  batches: AsyncIterable<readonly Staged<Row>[]>,
  cellsOf: Cells<Row>,
): Promise<void> {
  const copy = client.query(copyFrom(`COPY ${table} FROM STDIN`));
  await pipeline(
    Readable.from(copyText(batches, cellsOf), { objectMode: true, highWaterMark: 2 }),
    copy,
  );
  await client.query(`ANALYZE ${table}`);
}

async function* copyText<Row>(
  batches: AsyncIterable<readonly Staged<Row>[]>,
  cellsOf: Cells<Row>,
): AsyncGenerator<Buffer> {
  for await (const batch of batches) {
    if (batch.length === 0) continue;
    const lines = batch.map(({ line, text, row }) =>
      [line, text, ...cellsOf(row)].map(copyCell).join('\t'),
    );
    yield Buffer.from(`${lines.join('\n')}\n`);
  }
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};
/** One value in COPY's text format. A zero byte, which the database cannot hold, leaves the raw text. */
const copyCell = (cell: Cell): string => {
  if (cell === undefined) return '\\N';
  if (typeof cell !== 'string') return cell.toString();
  // Looking first is several times faster than replacing nothing.
  return /[\\\t\n\r\0]/.test(cell)
    ? cell.replaceAll('\0', '').replaceAll(/[\\\t\n\r]/g, (found) => escapes[found] ?? found)
    : cell;
};
