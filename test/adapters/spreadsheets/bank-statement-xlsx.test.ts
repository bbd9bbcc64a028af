import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { statementCsv } from '../../../src/adapters/books/bank/statement-csv.ts';
import {
  statementSheets,
  statementXlsx,
} from '../../../src/adapters/spreadsheets/bank-statement-xlsx.ts';
import { zipped } from '../../../src/adapters/spreadsheets/zip-stream.ts';
import { CannotBeWritten } from '../../../src/application/ports/statement-form.ts';
import { type BankMovement, unknownParty } from '../../../src/domain/bank-statement.ts';
import { currencies, type Currency } from '../../../src/domain/currency.ts';
import { type CalendarDay, instant } from '../../../src/domain/time.ts';
import { all, anyStatement, each } from '../../support/any-statement.ts';
import { ensurePackage } from '../../support/debian-package.ts';
import { fcFewRuns } from '../../support/fc-runs.ts';
import { skipUnless } from '../../support/skips.ts';
import { type LookedCell, withXlsx, type XlsxLook } from '../../support/xlsx-look.ts';

const day = '2026-11-12' as CalendarDay;
const movement: BankMovement = {
  ...{ number: '1', day, minor: 123_456n, direction: 'in', purpose: 'оплата' },
  other: { ...unknownParty, name: '40817-001' },
};
const givenStatement = (currency: Currency, opening = 0n, from = day) => ({
  ...{ id: '1', madeAt: instant(0), currency, owner: unknownParty, from, to: day },
  turnover: { opening, received: 0n, spent: 0n },
});
type Given = Parameters<typeof statementXlsx>[0];
const xlsxOf = async (given: Given, movements: readonly BankMovement[]) =>
  Buffer.concat(await all(statementXlsx(given, each(movements))));
const csvOf = async (given: Given, movements: readonly BankMovement[]): Promise<string[][]> =>
  parse(Buffer.concat(await all(statementCsv(given, each(movements)))), {
    bom: true,
    delimiter: ';',
  });

const isLetterOfXml = (letter: string): boolean =>
  /[\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(letter);

const firstDay = Date.UTC(1899, 11, 30);
/** What somebody sees who counts the days as spreadsheets do. */
const shown = (cell: LookedCell | undefined): string => {
  if (cell?.format !== 'yyyy\\-mm\\-dd') return cell?.text ?? '';
  return new Date(firstDay + Number(cell.text) * 86_400_000).toISOString().slice(0, 10);
};
const shownRows = (file: XlsxLook, sheet = 0): string[][] =>
  file.rows(sheet).map((row) => Array.from({ length: 6 }, (_, n) => shown(row[n])));
/** A table for programs that know no cells marks a text that would be a formula. */
const marked = (text: string): string =>
  /^[=+\-@\t\r]/.test(text) && !/^-?[\d.]+$/.test(text) ? `'${text}` : text;

describe('A statement of the ledger as XLSX', function () {
  this.timeout(300_000);
  before(async function () {
    skipUnless(this, await ensurePackage('unzip', '/usr/bin/unzip'));
  });

  it('says in every currency what its CSV says, to the smallest unit', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...currencies).chain(anyStatement),
        async ({ statement, movements }) => {
          const table = await csvOf(statement, movements);

          withXlsx(await xlsxOf(statement, movements), (file) => {
            assert.match(file.test(), /No errors detected/);
            const rows = shownRows(file).map((row) => row.map(marked));
            assert.deepEqual(rows, table);
          });
        },
      ),
      fcFewRuns,
    );
  });

  for (const [currency, format, number] of [
    ...(['RUB', 'USD', 'EUR', 'KZT'] as const).map((one) => [one, '#,##0.00', '1234.56'] as const),
    ['JPY', '#,##0', '123456'],
    ['KWD', '#,##0.000', '123.456'],
  ] as const) {
    it(`has dates and numbers with the decimals of ${currency}`, async () => {
      withXlsx(await xlsxOf(givenStatement(currency), [movement]), (file) => {
        const [, , [date, , amount, code] = []] = file.rows();

        assert.deepEqual(date, { type: 'n', format: 'yyyy\\-mm\\-dd', text: '46338' });
        assert.deepEqual(amount, { type: 'n', format, text: number });
        assert.deepEqual(code, { type: 'inlineStr', format: '49', text: currency });
      });
    });
  }

  it('keeps its heading in sight', async () => {
    withXlsx(await xlsxOf(givenStatement('RUB'), []), (file) => {
      assert.match(
        file.part('xl/worksheets/sheet1.xml'),
        /<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"\/>/,
      );
      assert.deepEqual(
        file.rows()[0]?.map((cell) => cell?.text),
        ['date', 'number', 'amount', 'currency', 'counterparty', 'purpose'],
      );
    });
  });

  it('keeps a sum as text where a spreadsheet would round it', async () => {
    const sums = [999_999_999_999_999n, 1_000_000_000_000_000n, 9_007_199_254_740_993n];
    for (const direction of ['in', 'out'] as const) {
      const movements = sums.map((minor) => ({ ...movement, minor, direction }));
      withXlsx(await xlsxOf(givenStatement('RUB'), movements), (file) => {
        const amounts = file.rows().slice(2, 5);

        const sign = direction === 'in' ? '' : '-';
        assert.deepEqual(
          amounts.map(([, , amount]) => [amount?.type, amount?.text]),
          [
            ['n', `${sign}9999999999999.99`],
            ['inlineStr', `${sign}10000000000000.00`],
            ['inlineStr', `${sign}90071992547409.93`],
          ],
        );
      });
    }
  });

  it('holds every text as text, however much it looks like a formula or like XML', async () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom(...'=+-@\t\r\n <>&"\';_x0DАж\u0001\uD800') }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { maxLength: 9 }), async (texts) => {
        const movements = texts.map((purpose) => ({ ...movement, purpose }));

        withXlsx(await xlsxOf(givenStatement('RUB'), movements), (file) => {
          const cells = file
            .rows()
            .slice(2, -1)
            .map((row) => row[5]);
          for (const [n, text] of texts.entries()) {
            const kept = [...text.toWellFormed()].filter(isLetterOfXml).join('');
            // As ECMA-376 22.4.2.4 has a letter written by its number.
            const read = (cells[n]?.text ?? '').replaceAll('_x005F_', '_');
            assert.equal(read, kept);
            assert.ok(kept === '' || cells[n]?.type === 'inlineStr');
          }
          assert.doesNotMatch(file.part('xl/worksheets/sheet1.xml'), /<f[ >]/);
        });
      }),
      fcFewRuns,
    );
  });

  it('keeps a text from being taken for a letter by its number', async () => {
    const purpose = 'a_x000D_b _x41_ __x0041_';
    withXlsx(await xlsxOf(givenStatement('RUB'), [{ ...movement, purpose }]), (file) => {
      assert.equal(file.rows()[2]?.[5]?.text, 'a_x005F_x000D_b _x41_ __x005F_x0041_');
    });
  });

  it('writes days that spreadsheets cannot count as text', async () => {
    for (const [from, cell] of [
      ['1900-02-28', { type: 'inlineStr', format: '49', text: '1900-02-28' }],
      ['1900-03-01', { type: 'n', format: 'yyyy\\-mm\\-dd', text: '61' }],
    ] as const) {
      const given = givenStatement('RUB', 0n, from as CalendarDay);
      withXlsx(await xlsxOf(given, []), (file) => {
        assert.deepEqual(file.rows()[1]?.[0], cell);
      });
    }
  });

  it('goes on on another sheet where one is full', async () => {
    // With the two balances there are five rows beside the heading.
    const movements = [1n, 2n, 3n].map((minor) => ({ ...movement, minor }));
    const given = givenStatement('JPY', 7n);
    const table = await csvOf(given, movements);
    for (const [most, sizes] of [
      [2, [2, 2, 2, 2, 2]],
      [3, [3, 3, 2]],
      [5, [5, 2]],
      [6, [6]],
      [7, [6]],
    ] as const) {
      const bytes = Buffer.concat(await all(statementSheets(given, each(movements), most)));
      withXlsx(bytes, (file) => {
        const rows = file.sheets.map((_, n) => shownRows(file, n));

        assert.match(file.test(), /No errors detected/);
        assert.deepEqual(
          rows.map(({ length }) => length),
          sizes,
        );
        for (const [heading] of rows) assert.deepEqual(heading, table[0]);
        assert.deepEqual(
          rows.flatMap((sheet) => sheet.slice(1)),
          table.slice(1),
        );
        assert.deepEqual(
          file.sheets.map(({ name }) => name),
          sizes.map((_, n) => (n === 0 ? 'Statement' : `Statement ${String(n + 1)}`)),
        );
      });
    }
  });

  it('is whole when it is long', async () => {
    const movements = Array.from({ length: 3_000 }, (_, n) => ({
      ...movement,
      ...{ minor: BigInt(n + 1), number: String(n) },
    }));
    const table = await csvOf(givenStatement('RUB'), movements);

    withXlsx(await xlsxOf(givenStatement('RUB'), movements), (file) => {
      assert.match(file.test(), /No errors detected/);
      assert.deepEqual(shownRows(file), table);
    });
  });

  it('is read by another program as it was written, on all its sheets', async function () {
    skipUnless(this, await ensurePackage('xlsx2csv', '/usr/bin/xlsx2csv'));
    const given = givenStatement('KWD', -5n);
    const movements = Array.from({ length: 100 }, (_, n) => ({
      ...movement,
      ...{ minor: BigInt(n * 7_919 + 1), number: `=${String(n)}`, purpose: `<&"> ${String(n)}` },
    }));
    const table = await csvOf(given, movements);
    const bytes = Buffer.concat(await all(statementSheets(given, each(movements), 60)));

    withXlsx(bytes, ({ path }) => {
      const read = [1, 2].flatMap((sheet) => {
        const options = ['--dateformat', '%Y-%m-%d', '--sheet', String(sheet)];
        const text = execFileSync('xlsx2csv', [...options, path], { encoding: 'utf8' });
        return parse(text)
          .slice(1)
          .map((row) => row.map(marked));
      });

      // It counts with doubles, so it may leave zeros at the end away.
      const exact = (row: readonly string[]) => row.with(2, Number(row[2]).toFixed(3));
      assert.deepEqual(read.map(exact), table.slice(1).map(exact));
    });
  });

  it('refuses what the format has no numbers for, with what to do', async () => {
    const parts = async function* (count: number) {
      for (let n = 0; n < count; n += 1) yield { name: String(n), pieces: [Buffer.alloc(1_000)] };
    };

    await all(zipped(parts(1), 1_000));
    const tooLong = { name: CannotBeWritten.name, message: /4 GiB.*--format csv/ };
    await assert.rejects(all(zipped(parts(1), 999)), tooLong);
    await assert.rejects(all(zipped(parts(20), 1_000)), tooLong);
  });

  it('ends with the trouble of whoever gives its movements', async () => {
    const broken = async function* (): AsyncGenerator<BankMovement> {
      yield movement;
      throw new Error('no more');
    };

    await assert.rejects(all(statementXlsx(givenStatement('RUB'), broken())), /no more/);
  });
});
