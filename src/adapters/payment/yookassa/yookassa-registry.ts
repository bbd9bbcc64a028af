import { parse } from 'csv-parse/sync';
import type {
  RegistryReader,
  RegistryRefusal,
} from '../../../application/ports/reconciliation-store.ts';
import { isCurrency } from '../../../domain/currency.ts';
import { isId } from '../../../domain/ids.ts';
import { parseDecimal, type Money } from '../../../domain/money.ts';
import type { RegistryLine } from '../../../domain/reconciliation.ts';
import { instant, startOfDay, parseDay, minute, type Instant } from '../../../domain/time.ts';

const zone = 'Europe/Moscow';

/** Columns are found by what stands in their heading, in either language, never by their place. */
const headings = {
  ref: [/^(идентификатор|номер|id)( |_)?(платежа|транзакции)?$/i, /^payment( |_)?id$/i],
  gross: [/^сумма( платежа)?$/i, /^(payment )?amount$/i],
  currency: [/^валюта/i, /^(payment )?currency/i],
  net: [/(за вычетом|к перечислению|без комиссии)/i, /(net|income)/i],
  createdAt: [/(время|дата)/i, /(time|date|created)/i],
  description: [/^(описание|назначение)/i, /^description/i],
} as const;
type Column = keyof typeof headings;

/** Reads the register of payments that YooKassa sends each day (CSV, `;`, UTF-8, Moscow time). */
export const yookassaRegistry: RegistryReader = {
  provider: 'yookassa',
  read: (file) => {
    const text = decoded(file);
    if (text === undefined) return refusal(1, 'the file is not UTF-8');
    const rows = rowsOf(text);
    if ('why' in rows) return refusal(rows.line, rows.why);
    const [head = [], ...lines] = rows.cells;
    const columns = columnsOf(head);
    if (typeof columns === 'string') return refusal(1, columns);
    const read: RegistryLine[] = [];
    for (const [n, cells] of lines.entries()) {
      if (cells.every((cell) => cell === '')) continue;
      const line = lineOf(cells, columns);
      if (typeof line === 'string') return refusal(n + 2, line);
      read.push(line);
    }
    return { ok: true, value: read };
  },
};

const refusal = (line: number, why: string): { ok: false; refusal: RegistryRefusal } => ({
  ok: false,
  refusal: { line, why },
});

function decoded(file: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file);
  } catch {
    return undefined;
  }
}

function rowsOf(text: string): { readonly cells: string[][] } | RegistryRefusal {
  try {
    const cells: unknown = parse(text, {
      delimiter: ';',
      bom: true,
      relax_column_count: true,
      trim: true,
    });
    return { cells: cells as string[][] };
  } catch (error) {
    const line = error instanceof Error && 'lines' in error ? Number(error.lines) : 1;
    return { line, why: 'the line is no CSV: a quote is missing or in the wrong place' };
  }
}

type Columns = Readonly<Record<Exclude<Column, 'net' | 'description'>, number>> &
  Readonly<Record<'net' | 'description', number | undefined>>;

/** Where each column is; a sentence when one that is needed is missing. */
function columnsOf(head: readonly string[]): Columns | string {
  const find = (column: Column): number | undefined => {
    const at = head.findIndex((cell) => headings[column].some((pattern) => pattern.test(cell)));
    return at < 0 ? undefined : at;
  };
  const [ref, gross, currency, createdAt] = [
    find('ref'),
    find('gross'),
    find('currency'),
    find('createdAt'),
  ];
  if (ref === undefined) return 'there is no column with the payment id';
  if (gross === undefined) return 'there is no column with the amount';
  if (currency === undefined) return 'there is no column with the currency';
  if (createdAt === undefined) return 'there is no column with the time';
  return { ref, gross, currency, createdAt, net: find('net'), description: find('description') };
}

function lineOf(cells: readonly string[], columns: Columns): RegistryLine | string {
  const cell = (at: number | undefined): string => (at === undefined ? '' : (cells[at] ?? ''));
  const ref = cell(columns.ref);
  if (ref === '') return 'the payment id is empty';
  const currency = cell(columns.currency);
  if (!isCurrency(currency))
    return `${currency === '' ? 'an empty currency' : currency} is no currency of ours`;
  const gross = parseDecimal(cell(columns.gross), currency);
  if (gross === undefined) return `the amount ${cell(columns.gross)} is no sum of ${currency}`;
  const net = netOf(cell(columns.net), currency);
  if (net === 'unreadable') return `the net amount ${cell(columns.net)} is no sum of ${currency}`;
  const at = momentOf(cell(columns.createdAt));
  if (at === undefined) return `the time ${cell(columns.createdAt)} is not dd.MM.yyyy HH:mm:ss`;
  const paymentId = cell(columns.description).split(/\s+/).find(isId);
  return { ref, paymentId, gross, net, refunded: undefined, at };
}

function netOf(text: string, currency: Money['currency']): Money | undefined | 'unreadable' {
  if (text === '' || text === 'null') return undefined;
  return parseDecimal(text, currency) ?? 'unreadable';
}

/** `dd.MM.yyyy HH:mm:ss`, Moscow time; hours may have one digit. */
function momentOf(text: string): Instant | undefined {
  const found = /^(\d{2})\.(\d{2})\.(\d{4}) (\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  const [, date, month, year, hours, minutes, seconds = '0'] = found ?? [];
  const day = parseDay(`${year ?? ''}-${month ?? ''}-${date ?? ''}`);
  if (day === undefined || Number(hours) > 23 || Number(minutes) > 59) return undefined;
  const ms = (Number(hours) * 60 + Number(minutes)) * minute + Number(seconds) * 1_000;
  return instant(startOfDay(day, zone) + ms);
}
