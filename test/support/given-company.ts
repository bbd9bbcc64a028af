import type pg from 'pg';
import { readPhone } from '../../src/adapters/books/phone-in-file.ts';
import { booksMigrations } from '../../src/adapters/postgres/books/books-migrations.ts';
import { PostgresCompanyBooks } from '../../src/adapters/postgres/books/postgres-company-books.ts';
import { migrateDatabase } from '../../src/adapters/postgres/migrate-database.ts';
import { openCopyPool } from '../../src/adapters/postgres/pool.ts';
import {
  importCompany,
  type CompanyFiles,
  type ImportReport,
  type RejectedRow,
} from '../../src/application/accounting/import-company.ts';
import type { RowSource } from '../../src/application/ports/company-books.ts';
import type { CompanyFile } from '../../src/domain/company-file.ts';
import { instant } from '../../src/domain/time.ts';
import { testDatabase, type TestDatabase } from './postgres.ts';

type Rows = readonly (readonly string[])[];

/** A company of two customers and three accounts in three currencies. */
export const smallCompany: Readonly<Record<CompanyFile, Rows>> = {
  customers: [
    ['C1', 'Анна "Аня" Петрова', '8 (999) 000-00-01', 'anna@example.org', 'ru'],
    ['C2', 'Smith, Jones\nand Co', '+442079460958', '', 'en'],
  ],
  accounts: [
    ['A1', 'C1', 'RUB', '2024-02-29', 'Квартира'],
    ['A2', 'C1', 'JPY', '2024-03-01', 'Yen\t\\N'],
    ['A3', 'C2', 'KWD', '2024-03-02', 'Dinar'],
  ],
  operations: [
    [
      'O1',
      'A1',
      '2026-01-01T09:00:00+03:00',
      'charge',
      '-1234.50',
      'Вода, холодная',
      'ООО «Ромашка»',
    ],
    ['O2', 'A1', '2026-01-02T06:00:00.125Z', 'payment', '1000.00', 'Оплата "по счёту"', ''],
    ['O3', 'A2', '2026-01-03T06:00:00Z', 'correction', '7', 'two\nlines\\', ''],
    ['O4', 'A3', '2026-01-04T06:00:00Z', 'charge', '-0.001', 'a fils', ''],
  ],
};

/** Rows in memory as a file would give them: the first stands on line 2. */
export const rowsOf = (name: string, rows: Rows): RowSource => ({
  name: `${name}.csv`,
  rows: async function* () {
    const raw = rows.map((cells, n) => ({ line: n + 2, cells, text: cells.join(';') }));
    for (let start = 0; start < raw.length; start += 2) yield raw.slice(start, start + 2);
  },
});

export const filesOf = (company: Partial<Record<CompanyFile, Rows>>): CompanyFiles =>
  Object.fromEntries(Object.entries(company).map(([name, rows]) => [name, rowsOf(name, rows)]));

/** Books on a real PostgreSQL, and an import into them. */
export interface CompanyWorld {
  readonly books: PostgresCompanyBooks;
  readonly pool: pg.Pool;
  readonly database: TestDatabase;
  readonly rejected: RejectedRow[];
  readonly steps: string[];
  load(files: CompanyFiles, skipBad?: boolean): Promise<ImportReport>;
  /** Everything the books hold that a load may change, as text. */
  content(): Promise<string>;
  close(): Promise<void>;
}

export const importedAt = instant(Date.parse('2026-11-22T10:00:00.500Z'));

export const companyWorld = async (): Promise<CompanyWorld> => {
  const database = await testDatabase('books', async (url) => {
    await migrateDatabase(url, booksMigrations);
  });
  const pool = openCopyPool(database.url, 3, 'test');
  const books = new PostgresCompanyBooks(pool);
  const rejected: RejectedRow[] = [];
  const steps: string[] = [];
  const importFiles = importCompany(books, readPhone, { now: () => importedAt });
  const listener = {
    rejected: async (row: RejectedRow) => {
      rejected.push(row);
    },
    step: (done: string) => {
      steps.push(done);
    },
  };
  return {
    books,
    pool,
    database,
    rejected,
    steps,
    load: (files, skipBad = false) => importFiles(files, skipBad, listener),
    content: () => content(pool),
    close: async () => {
      await pool.end();
      await database.drop();
    },
  };
};

const content = async (pool: pg.Pool): Promise<string> => {
  const tables = ['customer', 'account', 'operation', 'entry', 'posting', 'outbox'];
  const texts = await Promise.all(
    tables.map(async (table) => {
      const { rows } = await pool.query<{ text: string }>(
        `SELECT coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '') AS text FROM ${table} t`,
      );
      return `${table}: ${rows[0]?.text ?? ''}`;
    }),
  );
  return texts.join('\n');
};
