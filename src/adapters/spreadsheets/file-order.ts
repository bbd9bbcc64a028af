import type {
  OperationsView,
  SpreadsheetForm,
  StatementView,
} from '../../application/ports/statement-files.ts';
import type { Locale } from '../../domain/locale.ts';
import { operationsTable } from './operations-table.ts';
import { statementTable } from './statement-table.ts';
import { tableCsv } from './table-csv.ts';
import { tableXlsx } from './table-xlsx.ts';

/** A file to write; plain enough to be sent to a thread. */
export type FileOrder = { readonly form: SpreadsheetForm; readonly locale: Locale } & (
  | { readonly kind: 'statement'; readonly view: StatementView }
  | { readonly kind: 'operations'; readonly view: OperationsView }
);

/** How many rows a file will have. */
export const rowsOf = (order: FileOrder): number =>
  order.kind === 'statement'
    ? order.view.statement.operations.length
    : order.view.operations.length;

/** Writes what was ordered. */
export async function writeFile(order: FileOrder): Promise<Uint8Array> {
  const { form, locale } = order;
  const { timeZone } = order.view.company;
  const table =
    order.kind === 'statement'
      ? statementTable(order.view, locale)
      : operationsTable(order.view, locale);
  return form === 'csv' ? tableCsv(table, locale, timeZone) : tableXlsx(table, locale, timeZone);
}
