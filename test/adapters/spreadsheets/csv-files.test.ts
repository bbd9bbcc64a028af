import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { spreadsheetFiles } from '../../../src/adapters/spreadsheets/spreadsheet-files.ts';
import type { Locale } from '../../../src/domain/locale.ts';
import { money } from '../../../src/domain/money.ts';
import { dayIn, instant } from '../../../src/domain/time.ts';
import { anyMoney, anyZone } from '../../support/any.ts';
import {
  givenStatement,
  madeAt,
  operationsView,
  statementCompany,
  statementLine,
  statementView,
} from '../../support/given-statements.ts';

const files = spreadsheetFiles();

type Rows = readonly (readonly string[])[];
const read = (bytes: Uint8Array, locale: Locale): Rows =>
  parse(Buffer.from(bytes), {
    bom: true,
    delimiter: locale === 'ru' ? ';' : ',',
    relax_column_count: true,
  });
const statementRows = async (locale: Locale, view = statementView()) =>
  read(await files.statement(view, 'csv', locale), locale);
const operationRows = async (view: Parameters<typeof operationsView>, locale: Locale = 'ru') =>
  read(await files.operations(operationsView(...view), 'csv', locale), locale);
/** The lines about the file, by what they are. */
const headOf = (rows: Rows) => Object.fromEntries(rows.slice(0, 15).map(([a = '', b]) => [a, b]));

describe('A statement as CSV', () => {
  it('is marked as UTF-8 and ends each line as spreadsheets want it', async () => {
    const bytes = await files.statement(statementView(), 'csv', 'ru');
    const text = Buffer.from(bytes).toString('utf8');

    assert.ok(text.startsWith('\uFEFF"Выписка по лицевому счёту"\r\n'));
    assert.ok(text.endsWith('\r\n'));
    assert.doesNotMatch(text.replaceAll('\r\n', ''), /[\r\n]/);
  });

  it('says whose it is, of which days, in which zone, and as of when', async () => {
    const rows = await statementRows('ru');

    assert.deepEqual(rows.slice(1, 16), [
      ['Компания', 'ООО «Управляющая компания „Тёплый дом“»'],
      ['Клиент', 'Петрова Анна Сергеевна'],
      ['Договор', '7000001'],
      ['Лицевой счёт', '40817-001'],
      ['Название', 'Квартира'],
      ['Валюта', 'RUB'],
      ['Период с', '2026-10-01'],
      ['Период по', '2026-10-31'],
      ['Часовой пояс', 'Europe/Moscow (UTC+3)'],
      ['Данные на', '2026-11-28 14:02:00'],
      ['Сформирована', '2026-11-28 14:03:05'],
      ['Входящий остаток', '-500,00'],
      ['Поступило', '1500,00'],
      ['Списано', '1744,75'],
      ['Исходящий остаток', '-744,75'],
    ]);
  });

  it('has each operation with the balance after it, in the company’s time', async () => {
    const rows = await statementRows('en');

    const [heading, ...lines] = rows.slice(-4);
    assert.deepEqual(heading, [
      'Date and time',
      'Kind',
      'Description',
      'Counterparty',
      'Money in',
      'Money out',
      'Balance',
      'Operation number',
    ]);
    assert.deepEqual(
      lines.map((line) => [line[0], line[1], ...line.slice(4, 7)]),
      [
        ['2026-10-01 12:15:07', 'Charge', '', '1734.50', '-2234.50'],
        ['2026-10-10 12:15:07', 'Payment', '1500.00', '', '-734.50'],
        ['2026-10-30 12:15:07', 'Late fee', '', '10.25', '-744.75'],
      ],
    );
  });

  it('writes as many decimals as the currency has', async () => {
    const of = async (currency: 'JPY' | 'KWD') => {
      const statement = givenStatement([statementLine(1, 1_234n, { currency })], currency, 0n);
      return (await statementRows('ru', statementView(statement))).at(-1)?.[4];
    };

    assert.equal(await of('JPY'), '1234');
    assert.equal(await of('KWD'), '1,234');
  });
});

describe('Operations as CSV', () => {
  it('repeat what narrowed them, in days of the company’s zone', async () => {
    const filter = {
      from: instant(Date.parse('2026-10-31T21:00:00Z')),
      before: instant(Date.parse('2026-11-30T21:00:00Z')),
      kind: 'charge',
      min: -10_000n,
      max: 0n,
      text: '=вода',
    } as const;
    const head = headOf(await operationRows([[], { filter }]));

    assert.equal(head['Отбор: с'], '2026-11-01');
    assert.equal(head['Отбор: по'], '2026-11-30');
    assert.equal(head['Отбор: вид'], 'Начисление');
    assert.equal(head['Отбор: сумма от'], '-100,00');
    assert.equal(head['Отбор: сумма до'], '0,00');
    assert.equal(head['Отбор: в описании'], "'=вода");
  });

  it('say that nothing was left out, zone and time', async () => {
    const head = headOf(await operationRows([[]], 'en'));

    assert.equal(head['Filter'], 'all operations');
    assert.equal(head['Time zone'], 'Europe/Moscow (UTC+3)');
    assert.equal(head['Figures as of'], '2026-11-28 14:02:00');
    assert.equal(head['Made at'], '2026-11-28 14:03:05');
  });

  for (const start of ['=', '+', '-', '@', '\t', '\r', '\n', ' =', '\u00A0+', '＝', '＠']) {
    it(`give a spreadsheet no formula that begins with ${JSON.stringify(start)}`, async () => {
      const description = `${start}cmd|' /C calc'!A0`;
      const rows = await operationRows([[statementLine(1, -1n, { description })]]);

      assert.equal(rows.at(-1)?.[2], `'${description}`);
    });
  }

  const anyText = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom('"', ';', '\r', '\n', '=', '-', 'ж', ' ', "'", ',', '\t') }),
  );
  const anyLine = fc
    .tuple(anyText, fc.option(anyText, { nil: undefined }), anyMoney(fc.constant('KWD')))
    .map(([description, counterparty, amount]) =>
      statementLine(1, 1n, { description, counterparty, amount }),
    );

  it('read back as what was written, to the smallest unit, and never as a formula', async () => {
    const anyLocale = fc.constantFrom<Locale>('ru', 'en');
    await fc.assert(
      fc.asyncProperty(fc.array(anyLine, { maxLength: 9 }), anyLocale, async (lines, locale) => {
        const rows = await operationRows([lines], locale);

        const body = lines.length === 0 ? [] : rows.slice(-lines.length);
        for (const [n, line] of lines.entries()) {
          const [, , description = '', counterparty = '', amount = ''] = body[n] ?? [];
          for (const [cell, written] of [
            [description, line.description],
            [counterparty, line.counterparty ?? ''],
          ] as const) {
            const plain = written.replaceAll('\0', '');
            assert.ok(cell === plain || cell === `'${plain}`, JSON.stringify([cell, plain]));
            assert.doesNotMatch(cell, /^\s*[=+\-@]|^[\t\r\n]/);
          }
          const minor = amount.replace(locale === 'ru' ? ',' : '.', '');
          assert.equal(BigInt(minor), line.amount.minor);
        }
      }),
    );
  });

  it('give an operation the day it has in the company’s zone', async () => {
    await fc.assert(
      fc.asyncProperty(anyZone, fc.integer({ min: 0, max: madeAt }), async (timeZone, ms) => {
        const line = statementLine(1, 1n, { postedAt: instant(ms) });
        const company = { ...statementCompany, timeZone };
        const rows = await operationRows([[line], { company }]);

        assert.equal(rows.at(-1)?.[0]?.slice(0, 10), dayIn(timeZone, line.postedAt));
      }),
    );
  });

  it('lose no digit of a sum no double holds', async () => {
    const amount = money(9_007_199_254_740_993n, 'RUB');
    const rows = await operationRows([[statementLine(1, 1n, { amount })]]);

    assert.equal(rows.at(-1)?.[4], '90071992547409,93');
  });
});
