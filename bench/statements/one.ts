import { createReadStream, statSync } from 'node:fs';
import { readCamt } from '../../src/adapters/books/bank/camt-reader.ts';
import { readClientBank } from '../../src/adapters/books/bank/client-bank-reader.ts';
import { writeWhole } from '../../src/adapters/books/export-folder.ts';
import { journalForm } from '../../src/adapters/books/journal.ts';
import { exportJournal } from '../../src/application/accounting/export-journal.ts';
import { exportStatement } from '../../src/application/accounting/export-statement.ts';
import { importBankFile } from '../../src/application/accounting/import-bank-file.ts';
import type { ReadBankFile } from '../../src/application/ports/bank-file.ts';
import type { WritePiece } from '../../src/application/ports/export-shelf.ts';
import { unknownParty } from '../../src/domain/bank-statement.ts';
import { ok } from '../../src/domain/result.ts';
import { instant } from '../../src/domain/time.ts';
import { statementForms, type StatementFormat } from '../../src/main/books-forms.ts';
import { clearing, day, madeBooks } from './made-books.ts';

/** What is done, in the order in which it is: a file is read after it was written. */
export const kinds = [
  { format: 'journal', direction: 'out' },
  { format: 'csv', direction: 'out' },
  { format: 'xlsx', direction: 'out' },
  { format: '1c', direction: 'out' },
  { format: '1c', direction: 'in' },
  { format: 'camt.053', direction: 'out' },
  { format: 'camt.053', direction: 'in' },
] as const;
export type Kind = (typeof kinds)[number];

/** What one size of one file took; memory is the most the process ever held. */
export interface Taken {
  readonly ms: number;
  /** Reading: as often the same bytes from the same file by nobody who looks at them. */
  readonly bareMs: number | undefined;
  readonly bytes: number;
  readonly peakMiB: number;
}

const zone = 'Europe/Moscow';
const clock = { now: () => instant(Date.parse('2026-11-13T00:00:00Z')) };
const silent = (): undefined => undefined;

async function writeOut(format: Kind['format'], count: number, seed: number, path: string) {
  const books = madeBooks(count, seed);
  const write =
    format === 'journal' ? exportJournal(books, journalForm) : statementWriter(format, books);
  return timed(() =>
    writeWhole(path, async (piece) => {
      await write({ from: undefined, to: undefined }, piece, silent);
      return true;
    }),
  );
}

function statementWriter(format: StatementFormat, books: ReturnType<typeof madeBooks>) {
  const write = exportStatement(books, statementForms(zone)[format], clock);
  const owner = { ...unknownParty, name: 'ООО «Свет»', account: '40702810200000000001' };
  return (_: unknown, piece: WritePiece) =>
    write({ account: clearing, from: day, to: day, owner }, piece, silent);
}

const readers: Readonly<Partial<Record<Kind['format'], ReadBankFile>>> = {
  '1c': readClientBank,
  'camt.053': readCamt,
};

/** As `npm run books -- import` does, for books that take everything. */
async function readIn(format: Kind['format'], count: number, path: string): Promise<number> {
  const rules = [{ provider: 'yookassa', name: '7' }];
  const post = async () => ok('posted' as const);
  const work = importBankFile(readers[format] ?? readCamt, rules, post, zone);
  const open = () => createReadStream(path);
  const deaf = { warning: silent, unmatched: silent, refused: silent, progress: silent };
  return timed(async () => {
    const { movements, posted } = await work(open, deaf);
    if (movements !== count || posted === 0) {
      throw new Error(`${String(movements)} of ${String(count)} were read`);
    }
  });
}

async function bare(path: string): Promise<number> {
  return timed(async () => {
    for (const _ of [1, 2]) for await (const chunk of createReadStream(path)) void [_, chunk];
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function measure(kind: Kind, count: number, seed: number, path: string): Promise<Taken> {
  const ms =
    kind.direction === 'out'
      ? await writeOut(kind.format, count, seed, path)
      : await readIn(kind.format, count, path);
  const peakMiB = process.resourceUsage().maxRSS / 1_024;
  const bareMs = kind.direction === 'in' ? await bare(path) : undefined;
  return { ms, bareMs, bytes: statSync(path).size, peakMiB };
}

// Only what bench/statements.ts has started measures anything; it imports the names above, too.
const [format, direction, count, seed, path] = process.argv.slice(2);
if (process.send !== undefined && path !== undefined) {
  const kind = kinds.find((one) => one.format === format && one.direction === direction);
  if (kind === undefined) throw new Error(`nothing is ${String(format)} ${String(direction)}`);
  process.send(await measure(kind, Number(count), Number(seed), path));
}
