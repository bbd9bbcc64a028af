import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import type { RegistryRefusal } from '../../application/ports/reconciliation-store.ts';
import { isPositive, parseDecimal } from '../../domain/money.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import { deductionKinds, type Deduction } from '../../domain/settlement-batch.ts';

const heading = ['kind', 'ref', 'amount', 'currency'] as const;

/**
 * Reads what a provider kept out of a batch, or gave back with it, as people write it from the provider's report: CSV with
 * `;`, UTF-8 and the columns kind, ref, amount and currency. The whole of it or nothing, with the line and the reason.
 */
export function readDeductions(file: Uint8Array): Result<readonly Deduction[], RegistryRefusal> {
  if (!isUtf8(file)) return refused({ line: 1, why: 'the file is not UTF-8' });
  const rows = rowsOf(new TextDecoder().decode(file));
  if (!rows.ok) return rows;
  const [head, ...told] = rows.value;
  if (head?.cells.join(';') !== heading.join(';')) {
    return refused({ line: 1, why: `the first line is not ${heading.join(';')}` });
  }
  const read: Deduction[] = [];
  for (const { line, cells } of told) {
    const deduction = deductionOf(cells);
    if (typeof deduction === 'string') return refused({ line, why: deduction });
    read.push(deduction);
  }
  return ok(read);
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

function rowsOf(text: string): Result<readonly Row[], RegistryRefusal> {
  try {
    const found = parse(text, {
      ...{ delimiter: ';', bom: true, trim: true, info: true },
      ...{ skip_empty_lines: true, relax_column_count: true },
    }) as unknown as readonly { record: string[]; info: { lines: number } }[];
    return ok(found.map(({ record, info }) => ({ line: info.lines, cells: record })));
  } catch (error) {
    const line = error instanceof Error && 'lines' in error ? Number(error.lines) : 1;
    return refused({ line, why: 'the line is no CSV: a quote is missing or in the wrong place' });
  }
}

function deductionOf(cells: readonly string[]): Deduction | string {
  const [name = '', ref = '', sum = '', currency = ''] = cells;
  if (cells.length !== heading.length) return `a line has ${String(heading.length)} columns`;
  const kind = deductionKinds.find((known) => known === name);
  if (kind === undefined) return `${name} is none of ${deductionKinds.join(', ')}`;
  if (ref === '') return 'the ref is empty';
  const amount = parseDecimal(sum, currency);
  if (amount === undefined || !isPositive(amount)) {
    return `${sum} ${currency} is no sum above zero`;
  }
  return { kind, ref, amount };
}
