import { statSync } from 'node:fs';
import { companyCsv } from '../../adapters/books/company-csv.ts';
import { readPhone } from '../../adapters/books/phone-in-file.ts';
import { RejectedCsv } from '../../adapters/books/rejected-csv.ts';
import { PostgresCompanyBooks } from '../../adapters/postgres/books/postgres-company-books.ts';
import { openCopyPool } from '../../adapters/postgres/pool.ts';
import { systemClock } from '../../adapters/system/system-clock.ts';
import {
  importCompany,
  type CompanyFiles,
  type ImportReport,
} from '../../application/accounting/import-company.ts';
import { FileRefused } from '../../application/ports/company-books.ts';
import type { CompanyFile } from '../../domain/company-file.ts';
import { readConfig } from '../config.ts';
import { prepareDatabase } from '../database.ts';
import { openDatabaseUrl } from '../database-server.ts';
import type { Started } from '../running.ts';
import { importHelp, importOptions, WrongUsage, type ImportOptions } from './import-options.ts';
import { importProgress } from './import-progress.ts';
import { runCommand } from './run-command.ts';

const exitCodes = { loaded: 0, badRows: 1, refused: 2, trouble: 3 } as const;

async function run(options: ImportOptions, started: Started): Promise<number> {
  const totalBytes = Object.values(options.paths).reduce((sum, path) => sum + sizeOf(path), 0);
  const url = await openDatabaseUrl('books', started);
  await prepareDatabase('books', url);
  const pool = openCopyPool(url, 1, 'import');
  started.add(() => pool.end());

  const progress = importProgress(process.stdout, totalBytes);
  const rejected = new RejectedCsv(options.rejected);
  const importFiles = importCompany(
    new PostgresCompanyBooks(pool, readConfig(process.env).company.timeZone),
    readPhone,
    systemClock,
  );
  const sources = Object.entries(options.paths).map(([file, path]) => [
    file,
    companyCsv(file as CompanyFile, path, progress.bytes),
  ]);
  const report = await importFiles(Object.fromEntries(sources) as CompanyFiles, options.skipBad, {
    rejected: (row) => rejected.add(row),
    step: (done) => {
      progress.step(`${done}: done`);
    },
  }).finally(async () => {
    progress.stop();
    await rejected.close();
  });
  console.log(summary(report, rejected.path));
  return report.loaded === undefined ? exitCodes.badRows : exitCodes.loaded;
}

function sizeOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() !== true) throw new FileRefused(`there is no file ${path}`);
  return found.size;
}

function summary({ read, rejected, loaded }: ImportReport, rejectedPath: string): string {
  const bad = rejected === 0 ? 'no bad rows' : `${rejected} bad rows, listed in ${rejectedPath}`;
  const files = `${read.customers} customers, ${read.accounts} accounts, ${read.operations} operations`;
  const result =
    loaded === undefined
      ? 'nothing was loaded; mend the rows, or load the rest with --skip-bad'
      : `new in the books: ${loaded.customers} customers, ${loaded.accounts} accounts, ` +
        `${loaded.operations} operations, told in ${loaded.messages} messages`;
  return `read: ${files}; ${bad}\n${result}`;
}

const codeFor = (error: unknown): number =>
  error instanceof WrongUsage || error instanceof FileRefused
    ? exitCodes.refused
    : exitCodes.trouble;

await runCommand(async (started) => {
  const options = importOptions(process.argv.slice(2));
  if (!options.help) return run(options, started);
  console.log(importHelp);
  return undefined;
}, codeFor);
