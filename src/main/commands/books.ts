import { writeWhole, writerTo } from '../../adapters/books/export-folder.ts';
import { journalForm } from '../../adapters/books/journal.ts';
import { PostgresLedgerReports } from '../../adapters/postgres/books/postgres-ledger-reports.ts';
import { openCopyPool } from '../../adapters/postgres/pool.ts';
import { exportJournal } from '../../application/accounting/export-journal.ts';
import { exportStatement } from '../../application/accounting/export-statement.ts';
import type { WritePiece } from '../../application/ports/export-shelf.ts';
import { CannotBeWritten } from '../../application/ports/statement-form.ts';
import { statementForms, statementOwner } from '../books-forms.ts';
import { readConfig } from '../config.ts';
import { prepareDatabase } from '../database.ts';
import { openDatabaseUrl } from '../database-server.ts';
import type { Started } from '../running.ts';
import { BankFileRefused } from '../../application/ports/bank-file.ts';
import { runImport } from './books-import.ts';
import { systemClock } from '../../adapters/system/system-clock.ts';
import { booksHelp, booksOptions, type BooksOptions } from './books-options.ts';
import { WrongUsage } from './import-options.ts';
import { runCommand } from './run-command.ts';

const exitCodes = { leftToPeople: 1, refused: 2, trouble: 3 } as const;

async function run(options: BooksOptions, started: Started): Promise<void> {
  if (options.command === 'help') {
    console.log(booksHelp);
    return;
  }
  if (options.command === 'import') {
    const isWhole = await runImport(options.file, started);
    if (!isWhole) process.exitCode = exitCodes.leftToPeople;
    return;
  }
  const url = await openDatabaseUrl('books', started);
  await prepareDatabase('books', url);
  const pool = openCopyPool(url, 1, 'books');
  started.add(() => pool.end());
  const reports = new PostgresLedgerReports(pool);
  const { out } = options;
  const progress = (count: number): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r${String(count)}`);
  };
  let told = '';
  const fill = async (write: WritePiece): Promise<boolean> => {
    told = await written(options, reports, write, progress);
    return true;
  };
  await (out === undefined ? fill(writerTo(process.stdout)) : writeWhole(out, fill));
  console.error(told);
}

/** Writes what is asked for; answers what to say about it. */
async function written(
  options: Extract<BooksOptions, { readonly command: 'journal' | 'statement' }>,
  reports: PostgresLedgerReports,
  write: WritePiece,
  progress: (count: number) => void,
): Promise<string> {
  if (options.command === 'journal') {
    const writing = exportJournal(reports, journalForm);
    const { accounts, entries } = await writing(options.range, write, progress);
    return `${String(entries)} entries on ${String(accounts)} accounts written`;
  }
  const { format, account, from, to } = options;
  const { company } = readConfig(process.env);
  const owner = statementOwner(company, options);
  const writing = exportStatement(reports, statementForms(company.timeZone)[format], systemClock);
  const answer = await writing({ account, from, to, owner }, write, progress);
  if (!answer.ok) {
    throw new WrongUsage(`nothing was ever posted on ${account} until ${to}: is it called so?`);
  }
  return `${String(answer.value.movements)} movements of ${account} written`;
}

const codeFor = (error: unknown): number =>
  error instanceof WrongUsage ||
  error instanceof CannotBeWritten ||
  error instanceof BankFileRefused
    ? exitCodes.refused
    : exitCodes.trouble;

await runCommand((started) => run(booksOptions(process.argv.slice(2)), started), codeFor);
