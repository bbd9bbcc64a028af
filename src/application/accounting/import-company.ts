import {
  readAccountRow,
  readCustomerRow,
  readOperationRow,
  type CompanyFile,
  type OperationRow,
  type ReadRow,
} from '../../domain/company-file.ts';
import { contraAccount, operationKey } from '../../domain/ledger/posting-rules.ts';
import type { PhoneNumber } from '../../domain/phone-number.ts';
import type { Clock } from '../ports/clock.ts';
import type {
  CompanyBooks,
  CompanyLoad,
  LoadCounts,
  OperationToPost,
  RawRow,
  RowSource,
  Staged,
} from '../ports/company-books.ts';

/** The files to load; any of them may be missing. */
export type CompanyFiles = Readonly<Partial<Record<CompanyFile, RowSource>>>;

/** A row that was not loaded, and why. */
export interface RejectedRow {
  readonly file: string;
  readonly line: number;
  readonly column: string | undefined;
  readonly reason: string;
  readonly text: string;
}

/** What the caller wants to hear while the work goes on. A rejected row is awaited, so memory stays bounded. */
export interface ImportListener {
  rejected(row: RejectedRow): Promise<void>;
  /** A step of the writing is done. */
  step(done: string): void;
}

export interface ImportReport {
  readonly read: Readonly<Record<CompanyFile, number>>;
  readonly rejected: number;
  /** What was new; undefined when nothing was loaded because rows were rejected. */
  readonly loaded: LoadCounts | undefined;
}

/**
 * Loads a company's customers, accounts and operations into the books: every good row or, unless bad ones may be
 * skipped, nothing. Ids are the company's own, so that a repeat changes nothing. Throws FileRefused for a file that
 * is not what it should be.
 */
export const importCompany =
  (books: CompanyBooks, readPhone: (text: string) => PhoneNumber | undefined, clock: Clock) =>
  async (
    files: CompanyFiles,
    skipBad: boolean,
    listener: ImportListener,
  ): Promise<ImportReport> => {
    const read = { customers: 0, accounts: 0, operations: 0 };
    let rejected = 0;
    const reject = async (row: RejectedRow): Promise<void> => {
      rejected += 1;
      await listener.rejected(row);
    };
    const good = <Row>(file: CompanyFile, readRow: ReadRow<Row>) =>
      goodRows(files[file], readRow, reject, (rows) => {
        read[file] += rows;
      });

    const { loaded } = await books.load(async (load) => {
      await load.stageCustomers(good('customers', readCustomerRow(readPhone)));
      await load.stageAccounts(good('accounts', readAccountRow));
      const currencies = await load.currencies();
      const readOperation = readOperationRow((account) => currencies.get(account));
      await load.stageOperations(withAccounts(good('operations', readOperation)));
      listener.step('read');
      await reportMisfits(load, files, reject);
      listener.step('checked');

      const keep = rejected === 0 || skipBad;
      const counts = keep ? await load.post(clock.now(), listener.step) : undefined;
      return { keep, loaded: counts };
    });
    return { read, rejected, loaded };
  };
export type ImportCompany = ReturnType<typeof importCompany>;

async function* goodRows<Row>(
  source: RowSource | undefined,
  readRow: ReadRow<Row>,
  reject: (row: RejectedRow) => Promise<void>,
  count: (rows: number) => void,
): AsyncGenerator<readonly Staged<Row>[]> {
  if (source === undefined) return;
  for await (const rows of source.rows()) {
    const good: Staged<Row>[] = [];
    for (const raw of rows) {
      const result = readRow(raw.cells);
      if (result.ok) good.push({ line: raw.line, text: raw.text, row: result.value });
      else await reject({ file: source.name, ...place(raw), ...result.refusal });
    }
    count(rows.length);
    yield good;
  }
}

const place = ({ line, text }: RawRow) => ({ line, text });

async function* withAccounts(
  batches: AsyncIterable<readonly Staged<OperationRow>[]>,
): AsyncGenerator<readonly Staged<OperationToPost>[]> {
  for await (const batch of batches) {
    yield batch.map((staged) => ({ ...staged, row: withAccount(staged.row) }));
  }
}

const withAccount = (row: OperationRow): OperationToPost => ({
  ...row,
  key: operationKey(row.id),
  contra: contraAccount(row.kind, row.amount.currency),
});

async function reportMisfits(
  load: CompanyLoad,
  files: CompanyFiles,
  reject: (row: RejectedRow) => Promise<void>,
): Promise<void> {
  for await (const misfits of load.misfits()) {
    for (const { file, ...misfit } of misfits) {
      await reject({ ...misfit, file: files[file]?.name ?? file });
    }
  }
}
