import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { breaksCsv } from '../../../src/adapters/books/breaks-csv.ts';
import type { BreakCase } from '../../../src/application/ports/reconciliation-store.ts';
import { breakCodes } from '../../../src/domain/reconciliation.ts';
import '../../support/fc-runs.ts';

const heading = 'code;state;payment;provider_ref;ours;theirs';
const aBreak: BreakCase = {
  code: 'AMOUNT_DIFF',
  paymentId: '019abcde-0000-7000-8000-000000000001',
  ref: '2c1f',
  ours: 'paid 2026-03-11T09:00:00.000Z, 500.00 RUB',
  theirs: '2026-03-11T09:00:00.000Z, 400.00 RUB',
  state: 'open',
};
const read = (text: string): string[][] => parse(text, { delimiter: ';', bom: true });
const linesOf = (...breaks: BreakCase[]): string[] => breaksCsv(breaks).split('\r\n');

describe('The list of breaks', () => {
  it('of a day without any is its heading, marked as UTF-8', () => {
    assert.equal(breaksCsv([]), `\uFEFF${heading}\r\n`);
  });

  it('has a line for each break, and empty cells for what is not known', () => {
    const missing: BreakCase = { ...aBreak, code: 'MISSING_HERE', paymentId: undefined, ours: '' };
    const nameless: BreakCase = { ...aBreak, ref: undefined, theirs: '', state: 'healed' };

    assert.deepEqual(linesOf(missing, nameless), [
      `\uFEFF${heading}`,
      `MISSING_HERE;open;;2c1f;;${aBreak.theirs}`,
      `AMOUNT_DIFF;healed;${String(aBreak.paymentId)};;${aBreak.ours};`,
      '',
    ]);
  });

  it('puts into quotes what would fall apart, and keeps Cyrillic as it is', () => {
    const [, line] = linesOf({ ...aBreak, ref: 'счёт; «Ромашка»', ours: 'a "b"', theirs: 'é' });

    assert.match(line ?? '', /;"счёт; «Ромашка»";"a ""b""";é$/);
    // Some spreadsheets end a line at a lone carriage return.
    assert.match(breaksCsv([{ ...aBreak, ours: 'one\rtwo' }]), /;"one\rtwo";/);
    const [, row] = read(breaksCsv([{ ...aBreak, ours: 'one\r\ntwo\nthree' }]));
    assert.equal(row?.[4], 'one\r\ntwo\nthree');
  });

  for (const start of ['=', '+', '-', '@', '\t', '\r']) {
    it(`gives a spreadsheet no formula that begins with ${JSON.stringify(start)}`, () => {
      const cell = `${start}cmd|' /C calc'!A0`;
      const [, row] = read(breaksCsv([{ ...aBreak, ref: cell, ours: `12${cell}` }]));

      assert.equal(row?.[3], `'${cell}`);
      assert.equal(row[4], `12${cell}`);
    });
  }

  const anyText = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom('"', ';', '\r', '\n', '=', '-', 'ж', ' ', "'", ',', 'x') }),
  );
  const anyBreak: fc.Arbitrary<BreakCase> = fc.record({
    code: fc.constantFrom(...breakCodes),
    paymentId: fc.option(fc.uuid(), { nil: undefined }),
    ref: fc.option(anyText, { nil: undefined }),
    ours: anyText,
    theirs: anyText,
    state: fc.constantFrom('open', 'healed'),
  });

  it('reads back as what was written, and never as a formula', () => {
    fc.assert(
      fc.property(fc.array(anyBreak, { maxLength: 20 }), (breaks) => {
        const [head, ...rows] = read(breaksCsv(breaks));

        assert.deepEqual(head, heading.split(';'));
        assert.equal(rows.length, breaks.length);
        for (const [n, { code, state, paymentId, ref, ours, theirs }] of breaks.entries()) {
          const written = [code, state, paymentId ?? '', ref ?? '', ours, theirs];
          const plain = (rows[n] ?? []).map((cell, at) =>
            cell === `'${written[at] ?? ''}` ? cell.slice(1) : cell,
          );
          assert.deepEqual(plain, written);
          for (const cell of rows[n] ?? []) assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
        }
      }),
    );
  });
});
