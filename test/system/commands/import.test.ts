import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import pg from 'pg';
import { isCurrency } from '../../../src/domain/currency.ts';
import { parseDecimal } from '../../../src/domain/money.ts';
import { runScript, type Ended } from '../../support/run-command.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';

describe('npm run import', function () {
  this.timeout(60_000);
  let folder: string;
  let database: TestDatabase;
  let files: string[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kabinet-import-'));
    database = await testDatabase('books');
    files = ['customers', 'accounts', 'operations'].flatMap((file) => [
      `--${file}`,
      join(folder, `${file}.csv`),
    ]);
  });
  afterEach(async () => {
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  const run = (script: string, args: readonly string[]): Promise<Ended> =>
    runScript(script, args, { BOOKS_DATABASE_URL: database.url }, folder);
  const runImport = (...args: string[]) => run('src/main/commands/import.ts', args);
  const givenCompany = async (operations: number) => {
    const size = ['--customers', '60', '--operations', String(operations)];
    const made = await run('scripts/make-company.ts', [...size, '--seed', '7', '--out', folder]);
    assert.equal(made.code, 0, made.err);
  };
  const lines = (file: string): Record<string, string>[] =>
    parse(readFileSync(join(folder, `${file}.csv`)), { columns: true });
  const query = async <Row extends pg.QueryResultRow>(text: string): Promise<Row[]> => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      return (await client.query<Row>(text)).rows;
    } finally {
      await client.end();
    }
  };
  const breakOperation = (change: (text: string) => string) => {
    const path = join(folder, 'operations.csv');
    writeFileSync(path, change(readFileSync(path, 'utf8')));
  };

  it('loads a made-up company whose sums equal the files’ to the smallest unit, once', async () => {
    await givenCompany(3_000);

    const first = await runImport(...files);
    const second = await runImport(...files);

    assert.equal(first.code, 0, first.err);
    assert.match(first.out, /60 customers, \d+ accounts, 3000 operations; no bad rows/);
    assert.equal(second.code, 0, second.err);
    assert.match(second.out, /new in the books: 0 customers, 0 accounts, 0 operations/);
    const currencyOf = new Map(lines('accounts').map((line) => [line['number'], line['currency']]));
    const sums = new Map<string, bigint>();
    for (const { account, amount } of lines('operations')) {
      const currency = currencyOf.get(account) ?? '';
      assert.ok(isCurrency(currency));
      const sum = parseDecimal(amount ?? '', currency)!;
      sums.set(account!, (sums.get(account!) ?? 0n) + sum.minor);
    }
    const balances = await query<{ number: string; balance: string }>(
      'SELECT number, balance FROM account',
    );
    assert.equal(balances.length, currencyOf.size);
    for (const { number, balance } of balances) {
      assert.equal(BigInt(balance), sums.get(number) ?? 0n, number);
    }
    const [ledger] = await query<{ sum: string }>(
      `SELECT sum(CASE side WHEN 'debit' THEN amount ELSE -amount END)::text AS sum FROM posting`,
    );
    assert.equal(ledger?.sum, '0');
    assert.ok(new Set(currencyOf.values()).size >= 3);
  });

  it('names bad rows by file, line, column and reason, and loads the rest when told', async () => {
    await givenCompany(50);
    breakOperation((text) => text.replace(/^OP-1,[^,]+/m, 'OP-1,nobody'));

    const refused = await runImport(...files);

    assert.equal(refused.code, 1, refused.err);
    assert.match(refused.out, /1 bad rows, listed in rejected\.csv\nnothing was loaded/);
    const [row, ...more]: Record<string, string>[] = parse(
      readFileSync(join(folder, 'rejected.csv')),
      { columns: true },
    );
    assert.deepEqual(more, []);
    assert.equal(row?.['file'], 'operations.csv');
    assert.equal(row['line'], '2');
    assert.equal(row['column'], 'account');
    assert.match(row['row'] ?? '', /^OP-1,nobody,/);
    assert.deepEqual(await query('SELECT 1 FROM customer'), []);

    const rest = await runImport(...files, '--skip-bad', '--rejected', 'bad.csv');

    assert.equal(rest.code, 0, rest.err);
    assert.match(rest.out, /49 operations, told in/);
    assert.match(readFileSync(join(folder, 'bad.csv'), 'utf8'), /nobody/);
  });

  it('refuses a file that is not UTF-8 or has an unknown column, in one sentence', async () => {
    await givenCompany(10);
    const path = join(folder, 'customers.csv');
    const good = readFileSync(path);
    writeFileSync(path, Buffer.from(good.toString(), 'latin1'));
    const notText = await runImport(...files);
    writeFileSync(path, good.toString().replace('locale', 'language'));
    const otherColumn = await runImport(...files);

    assert.equal(notText.code, 2);
    assert.match(notText.err, /^kabinet: customers\.csv is not UTF-8: look at line \d+\n$/);
    assert.equal(otherColumn.code, 2);
    assert.match(
      otherColumn.err,
      /^kabinet: customers\.csv has unknown column "language", [^\n]*\n$/,
    );
    assert.deepEqual(await query('SELECT 1 FROM customer'), []);
  });

  it('explains itself, and says what is wrong with a command line', async () => {
    const help = await runImport('--help');
    const none = await runImport();
    const odd = await runImport('--colour');
    const missing = await runImport('--customers', join(folder, 'none.csv'));

    assert.equal(help.code, 0);
    assert.match(help.out, /--skip-bad[\s\S]*Exit code/);
    assert.deepEqual([none.code, odd.code, missing.code], [2, 2, 2]);
    for (const { err } of [none, odd, missing]) assert.match(err, /^kabinet: [^\n]+\n$/);
  });

  it('says in one sentence that there is no database', async () => {
    await givenCompany(10);
    const { url } = database;
    database = { ...database, url: 'postgres://nobody:secret@127.0.0.1:1/books' };

    const ended = await runImport(...files);
    database = { ...database, url };

    assert.equal(ended.code, 3);
    assert.match(ended.err, /^kabinet: [^\n]*127\.0\.0\.1:1\/books[^\n]*\n$/);
    assert.ok(!ended.err.includes('secret'));
  });
});
