import assert from 'node:assert/strict';
import { readDeductions } from '../../../src/adapters/books/deductions-csv.ts';
import { money } from '../../../src/domain/money.ts';

const heading = 'kind;ref;amount;currency';
const read = (...lines: string[]) => readDeductions(Buffer.from(lines.join('\r\n')));

describe('The file of what was kept out of a transfer', () => {
  it('is read by kind, name and sum', () => {
    assert.deepEqual(read(`\uFEFF${heading}`, 'refund;00123;1.50;RUB', '', 'fee;"a;b";7;JPY', ''), {
      ok: true,
      value: [
        { kind: 'refund', ref: '00123', amount: money(150n, 'RUB') },
        { kind: 'fee', ref: 'a;b', amount: money(7n, 'JPY') },
      ],
    });
  });

  it('is refused as a whole, with the line and the reason', () => {
    const wrong: readonly (readonly [readonly string[], number, RegExp])[] = [
      [[''], 1, /the first line is not kind;ref;amount;currency/],
      [['kind;ref;amount', 'fee;1;1.00'], 1, /the first line is not/],
      [[heading, 'fee;1;1.00;RUB', 'gift;1;1.00;RUB'], 3, /gift is none of fee, refund, /],
      [[heading, 'fee;;1.00;RUB'], 2, /the ref is empty/],
      [[heading, 'fee;1;1,00;RUB'], 2, /1,00 RUB is no sum above zero/],
      [[heading, 'fee;1;-1.00;RUB'], 2, /-1\.00 RUB is no sum/],
      [[heading, 'fee;1;0.00;RUB'], 2, /0\.00 RUB is no sum/],
      [[heading, 'fee;1;1.00;XXX'], 2, /1\.00 XXX is no sum/],
      [[heading, 'fee;1;1.00'], 2, /a line has 4 columns/],
      [[heading, 'fee;"1;1.00;RUB'], 2, /no CSV/],
    ];
    for (const [lines, line, why] of wrong) {
      const answer = read(...lines);
      assert.ok(!answer.ok, lines.join());
      assert.equal(answer.refusal.line, line, lines.join());
      assert.match(answer.refusal.why, why);
    }
    const bytes = readDeductions(Buffer.from([0xc8, 0xe4]));
    assert.deepEqual(bytes, { ok: false, refusal: { line: 1, why: 'the file is not UTF-8' } });
  });
});
