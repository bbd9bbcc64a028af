import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { spreadsheetFiles } from '../../../src/adapters/spreadsheets/spreadsheet-files.ts';
import type { Currency } from '../../../src/domain/currency.ts';
import { money } from '../../../src/domain/money.ts';
import { ensurePackage } from '../../support/debian-package.ts';
import {
  givenStatement,
  operationsView,
  statementLine,
  statementView,
} from '../../support/given-statements.ts';
import { skipUnless } from '../../support/skips.ts';

const files = spreadsheetFiles();

describe('An XLSX file in the eyes of another program', function () {
  this.timeout(300_000);
  let folder: string;
  before(async function () {
    skipUnless(this, await ensurePackage('xlsx2csv', '/usr/bin/xlsx2csv'));
    skipUnless(this, await ensurePackage('unzip', '/usr/bin/unzip'));
  });
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'kabinet-xlsx-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const written = async (bytes: Promise<Uint8Array>): Promise<string> => {
    const file = join(folder, 'file.xlsx');
    writeFileSync(file, await bytes);
    return file;
  };
  const run = (program: string, ...args: string[]) =>
    execFileSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  /** As the other program reads it: numbers plain, dates by its own counting from the number. */
  const read = (file: string): string[][] =>
    parse(run('xlsx2csv', '--dateformat', '%Y-%m-%d %H:%M:%S', '--ignoreempty', file), {
      relax_column_count: true,
    });
  const part = (file: string, name: string) => run('unzip', '-p', file, name);

  it('has the figures of the statement as numbers and its moments as dates', async () => {
    const file = await written(files.statement(statementView(), 'xlsx', 'ru'));
    const rows = read(file);

    assert.equal(rows[0]?.[0], 'Выписка по лицевому счёту');
    const head = Object.fromEntries(rows.slice(1, 16).map(([a = '', b]) => [a, b]));
    assert.equal(head['Период с'], '2026-10-01 00:00:00');
    assert.equal(head['Данные на'], '2026-11-28 14:02:00');
    assert.equal(head['Часовой пояс'], 'Europe/Moscow (UTC+3)');
    assert.equal(Number(head['Исходящий остаток']), -744.75);
    const lines = rows.slice(-3);
    assert.deepEqual(
      lines.map(([at]) => at),
      ['2026-10-01 12:15:07', '2026-10-10 12:15:07', '2026-10-30 12:15:07'],
    );
    assert.deepEqual(
      lines.map((line) => line.slice(4, 7).map(Number)),
      [
        [0, 1734.5, -2234.5],
        [1500, 0, -734.5],
        [0, 10.25, -744.75],
      ],
    );
    // A number has no type or `n`; a text points to the shared strings.
    const sheet = part(file, 'xl/worksheets/sheet1.xml');
    assert.match(sheet, /<c r="F19"(?! t="s")[^>]*><v>1734\.5<\/v><\/c>/);
    assert.match(part(file, 'xl/styles.xml'), /formatCode="dd\.mm\.yyyy hh:mm:ss"/);
  });

  for (const [currency, format, shown] of [
    ['JPY', '#,##0', '1234'],
    ['RUB', '#,##0.00', '12.34'],
    ['KWD', '#,##0.000', '1.234'],
  ] as const satisfies readonly (readonly [Currency, string, string])[]) {
    it(`shows as many decimals as ${currency} has`, async () => {
      const statement = givenStatement([statementLine(1, 1_234n, { currency })], currency, 0n);
      const view = statementView(statement);
      const file = await written(files.statement(view, 'xlsx', 'en'));

      assert.equal(Number(read(file).at(-1)?.[4]), Number(shown));
      const formats = [...part(file, 'xl/styles.xml').matchAll(/formatCode="(#[^"]*)"/g)];
      assert.deepEqual([...new Set(formats.map(([, code]) => code))], [format]);
    });
  }

  it('keeps a sum as text where a spreadsheet would round it', async () => {
    const most = statementLine(1, 1n, { amount: money(999_999_999_999_999n, 'RUB') });
    const more = statementLine(2, 1n, { amount: money(-1_000_000_000_000_001n, 'RUB') });
    const view = operationsView([most, more]);
    const file = await written(files.operations(view, 'xlsx', 'ru'));

    assert.equal(read(file).at(-1)?.[4], '-10000000000000.01');
    assert.match(part(file, 'xl/worksheets/sheet1.xml'), /<v>9999999999999\.99<\/v>/);
    assert.match(part(file, 'xl/sharedStrings.xml'), />-10000000000000\.01</);
  });

  it('holds texts as texts, and drops letters that XML has not', async () => {
    const description = '=1+1<&>"\u0001\uFFFE\uD800ж';
    const view = operationsView([statementLine(1, 1n, { description })]);
    const file = await written(files.operations(view, 'xlsx', 'ru'));

    assert.equal(read(file).at(-1)?.[2]?.replace('\uFFFD', ''), '=1+1<&>"ж');
    assert.doesNotMatch(part(file, 'xl/worksheets/sheet1.xml'), /<f>/);
  });

  it('holds ten thousand operations', async () => {
    const lines = Array.from({ length: 10_000 }, (_, n) => statementLine(n / 4, BigInt(n - 5_000)));
    const file = await written(files.operations(operationsView(lines), 'xlsx', 'ru'));

    const rows = read(file).slice(-10_000);
    const cents = rows.reduce((sum, row) => sum + Math.round(Number(row[4]) * 100), 0);
    assert.equal(cents, -5_000);
  });
});
