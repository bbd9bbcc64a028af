import { exportFolder } from '../adapters/books/export-folder.ts';
import { journalForm } from '../adapters/books/journal.ts';
import { PostgresLedgerReports } from '../adapters/postgres/books/postgres-ledger-reports.ts';
import { openCopyPool } from '../adapters/postgres/pool.ts';
import { exportPlan, type PlannedFile } from '../adapters/settings/exports-file.ts';
import { systemClock } from '../adapters/system/system-clock.ts';
import { exportDays, type PlannedExport } from '../application/accounting/export-days.ts';
import { exportJournal } from '../application/accounting/export-journal.ts';
import { exportStatement } from '../application/accounting/export-statement.ts';
import { minute } from '../domain/time.ts';
import { statementForms, statementOwner } from './books-forms.ts';
import type { Config } from './config.ts';
import { loop } from './loop.ts';
import type { Started } from './running.ts';
import { reporter, type Surroundings } from './surroundings.ts';

const extensions: Readonly<Record<PlannedFile['format'], string>> = {
  journal: 'journal',
  '1c': 'txt',
  'camt.053': 'xml',
  'camt.054': 'xml',
  csv: 'csv',
  xlsx: 'xlsx',
};
const lookEveryMs = 10 * minute;

/** Writes the books for other programs day by day, where EXPORTS_FILE says what and where to; else does nothing. */
export function startDailyExports(around: Surroundings, started: Started): void {
  const { exportsFile, company } = around.config;
  if (exportsFile === undefined) return;
  const { directory, exports } = exportPlan(exportsFile);
  // A connection of its own, since a long statement keeps it; it waits for nobody.
  const pool = openCopyPool(around.databaseUrl('books'), 1, 'daily-exports');
  started.add(() => pool.end());
  const reports = new PostgresLedgerReports(pool);
  const shelf = exportFolder(
    directory,
    Object.fromEntries(exports.map(({ name, format }) => [name, extensions[format]])),
  );
  const plan = exports.map((one) => planned(one, reports, company));
  const work = exportDays(plan, shelf, company.timeZone, systemClock);
  const report = reporter(around, 'accounting');
  const writing = loop(
    async () => {
      const done = await work();
      for (const { name, day } of done) {
        around.log.event('books-exported', { reason: `${name} ${day}` });
      }
      return done.length > 0;
    },
    lookEveryMs,
    report,
  );
  started.add(() => writing.stop());
}

function planned(
  file: PlannedFile,
  reports: PostgresLedgerReports,
  company: Config['company'],
): PlannedExport {
  const silent = () => undefined;
  if (file.format === 'journal') {
    const write = exportJournal(reports, journalForm);
    return {
      name: file.name,
      fill: async (day, piece) => {
        await write({ from: day, to: day }, piece, silent);
        return true;
      },
    };
  }
  const { name, format, account, number = account } = file;
  const { bank = '', bic = '', correspondent = '' } = file;
  const owner = statementOwner(company, { number, bank, bic, correspondent });
  const write = exportStatement(reports, statementForms(company.timeZone)[format], systemClock);
  return {
    name,
    fill: async (day, piece) =>
      (await write({ account, from: day, to: day, owner }, piece, silent)).ok,
  };
}
