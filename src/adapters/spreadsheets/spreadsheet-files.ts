import type { SpreadsheetWriter } from '../../application/ports/statement-files.ts';
import { rowsOf, writeFile, type FileOrder } from './file-order.ts';
import { fileThread } from './file-thread.ts';

/** Longer files keep everybody else waiting for a tenth of a second and more, so they get a thread. */
const mostAtOnce = 500;

/** Files for spreadsheets: CSV, and XLSX with numbers and dates that can be counted with. */
export function spreadsheetFiles(apart = fileThread()): SpreadsheetWriter {
  const write = (order: FileOrder): Promise<Uint8Array> =>
    rowsOf(order) > mostAtOnce ? apart(order) : writeFile(order);
  return {
    statement: (view, form, locale) => write({ kind: 'statement', view, form, locale }),
    operations: (view, form, locale) => write({ kind: 'operations', view, form, locale }),
  };
}
