import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { journalForm } from '../../adapters/books/journal.ts';
import { PostgresLedgerReports } from '../../adapters/postgres/books/postgres-ledger-reports.ts';
import { openCopyPool } from '../../adapters/postgres/pool.ts';
import {
  exportJournal,
  type ExportedJournal,
} from '../../application/accounting/export-journal.ts';
import { prepareDatabase } from '../database.ts';
import { openDatabaseUrl } from '../database-server.ts';
import { sentence } from '../run-alone.ts';
import { Started } from '../running.ts';
import { booksHelp, booksOptions, type BooksOptions } from './books-options.ts';
import { WrongUsage } from './import-options.ts';

const exitCodes = { written: 0, refused: 2, trouble: 3 } as const;

async function run({ range, out }: BooksOptions, started: Started): Promise<void> {
  const url = await openDatabaseUrl('books', started);
  await prepareDatabase('books', url);
  const pool = openCopyPool(url, 1, 'books');
  started.add(() => pool.end());
  const writing = exportJournal(new PostgresLedgerReports(pool), journalForm);
  const progress = (entries: number): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r${String(entries)} entries`);
  };
  const { accounts, entries } = await (out === undefined
    ? writing(range, writerTo(process.stdout), progress)
    : toFile(out, (write) => writing(range, write, progress)));
  console.error(`${String(entries)} entries on ${String(accounts)} accounts written`);
}

/** Writes beside the file and puts it in its place when all is there. */
async function toFile(
  path: string,
  work: (write: (text: string) => Promise<void>) => Promise<ExportedJournal>,
): Promise<ExportedJournal> {
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
  async (text: string): Promise<void> => {
    if (!output.write(text)) await once(output, 'drain');
  };

const codeFor = (error: unknown): number =>
  error instanceof WrongUsage ? exitCodes.refused : exitCodes.trouble;

const started = new Started();
try {
  const options = booksOptions(process.argv.slice(2));
  if (options.help) console.log(booksHelp);
  else await run(options, started);
} catch (error) {
  console.error(`kabinet: ${sentence(error)}`);
  process.exitCode = codeFor(error);
} finally {
  await started.stop();
}
