import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { camtFile } from '../../adapters/books/bank/camt-writer.ts';
import { CannotBeWritten, clientBankFile } from '../../adapters/books/bank/client-bank-writer.ts';
import { statementCsv } from '../../adapters/books/bank/statement-csv.ts';
import { journalForm } from '../../adapters/books/journal.ts';
import { PostgresLedgerReports } from '../../adapters/postgres/books/postgres-ledger-reports.ts';
import { openCopyPool } from '../../adapters/postgres/pool.ts';
import { exportJournal } from '../../application/accounting/export-journal.ts';
import { exportStatement } from '../../application/accounting/export-statement.ts';
import type { StatementForm } from '../../application/ports/statement-form.ts';
import { readConfig } from '../config.ts';
import { prepareDatabase } from '../database.ts';
import { openDatabaseUrl } from '../database-server.ts';
import type { Started } from '../running.ts';
import { BankFileRefused } from '../../application/ports/bank-file.ts';
import { runImport } from './books-import.ts';
import { systemClock } from '../../adapters/system/system-clock.ts';
import {
  booksHelp,
  booksOptions,
  type BooksOptions,
  type StatementFormat,
} from './books-options.ts';
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
  const told = await (out === undefined
    ? written(options, reports, writerTo(process.stdout), progress)
    : toFile(out, (write) => written(options, reports, write, progress)));
  console.error(told);
}

/** Writes what is asked for; answers what to say about it. */
async function written(
  options: Extract<BooksOptions, { readonly command: 'journal' | 'statement' }>,
  reports: PostgresLedgerReports,
  write: (piece: string | Uint8Array) => Promise<void>,
  progress: (count: number) => void,
): Promise<string> {
  if (options.command === 'journal') {
    const writing = exportJournal(reports, journalForm);
    const { accounts, entries } = await writing(options.range, write, progress);
    return `${String(entries)} entries on ${String(accounts)} accounts written`;
  }
  const { format, account, from, to } = options;
  const { company } = readConfig(process.env);
  const owner = {
    name: company.legalName,
    account: options.number,
    taxNumber: company.taxNumber,
    bank: options.bank,
    bic: options.bic,
    correspondentAccount: options.correspondent,
  };
  const writing = exportStatement(reports, forms(company.timeZone)[format], systemClock);
  const answer = await writing({ account, from, to, owner }, write, progress);
  if (!answer.ok) {
    throw new WrongUsage(`nothing was ever posted on ${account} until ${to}: is it called so?`);
  }
  return `${String(answer.value.movements)} movements of ${account} written`;
}

const forms = (zone: string): Readonly<Record<StatementFormat, StatementForm>> => ({
  '1c': (statement, movements) => clientBankFile(statement, movements, zone),
  'camt.053': (statement, movements) => camtFile('camt.053', statement, movements),
  'camt.054': (statement, movements) => camtFile('camt.054', statement, movements),
  csv: statementCsv,
});

/** Writes beside the file and puts it in its place when all is there. */
async function toFile(
  path: string,
  work: (write: (piece: string | Uint8Array) => Promise<void>) => Promise<string>,
): Promise<string> {
  const beside = `${path}.${String(process.pid)}.part`;
  const file = createWriteStream(beside);
  try {
    await once(file, 'open');
    const done = await work(writerTo(file));
    file.end();
    await once(file, 'close');
    await rename(beside, path);
    return done;
  } catch (error) {
    file.destroy();
    await rm(beside, { force: true });
    throw error;
  }
}

/** Waits while the other end is slower than the books, so that nothing heaps up here. */
const writerTo =
  (output: Writable) =>
  async (piece: string | Uint8Array): Promise<void> => {
    if (!output.write(piece)) await once(output, 'drain');
  };

const codeFor = (error: unknown): number =>
  error instanceof WrongUsage ||
  error instanceof CannotBeWritten ||
  error instanceof BankFileRefused
    ? exitCodes.refused
    : exitCodes.trouble;

await runCommand((started) => run(booksOptions(process.argv.slice(2)), started), codeFor);
