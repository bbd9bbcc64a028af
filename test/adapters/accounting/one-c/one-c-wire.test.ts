import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  dayOfMoment,
  fromNumber,
  guidLiteral,
  localMoment,
  momentLiteral,
  queryText,
  readJson,
  refOf,
  stringLiteral,
  toNumber,
} from '../../../../src/adapters/accounting/one-c/one-c-wire.ts';
import { readFilter } from '../../../../src/adapters/simulators/one-c/filter.ts';
import { isId } from '../../../../src/domain/ids.ts';
import { currencies } from '../../../../src/domain/currency.ts';
import { money } from '../../../../src/domain/money.ts';
import { instant } from '../../../../src/domain/time.ts';
import '../../../support/fc-runs.ts';

const sums = fc
  .tuple(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), fc.constantFrom(...currencies))
  .map(([minor, currency]) => money(minor, currency));

describe('The words of 1C', () => {
  it('carry every sum there and back, as a number that no double has seen', () => {
    fc.assert(
      fc.property(sums, (sum) => {
        const text = JSON.stringify({ sum: toNumber(sum) });
        const read = readJson(text) as { sum: string };
        assert.match(text, /^\{"sum":-?\d+(\.\d+)?\}$/);
        assert.deepEqual(fromNumber(read.sum, sum.currency), sum);
      }),
    );
  });

  it('read sums as 1C writes them, and none that are finer than the currency or no number', () => {
    const read = ['1000', '1000.5', '1000.500', '-0.01', '0'].map((text) =>
      fromNumber(text, 'RUB'),
    );
    assert.deepEqual(
      read.map((sum) => sum?.minor),
      [100_000n, 100_050n, 100_050n, -1n, 0n],
    );
    for (const wrong of ['0.001', '1e5', '', '1 000', '1,5', undefined, null, true]) {
      assert.equal(fromNumber(wrong, 'RUB'), undefined);
    }
    assert.equal(fromNumber('0.5', 'JPY'), undefined);
    assert.equal(readJson('{'), undefined);
  });

  it('hold any text in a filter, through the address and back', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme' }),
        (text, other) => {
          const query = queryText({ $filter: `Номер eq ${stringLiteral(text)} and Флаг eq false` });
          assert.doesNotMatch(query, /[+ ]/);
          const fits = readFilter(decodeURIComponent(query.slice('$filter='.length)));
          assert.ok(fits !== undefined);
          assert.ok(fits({ Номер: text, Флаг: false }));
          assert.equal(fits({ Номер: other, Флаг: false }), other === text);
          assert.equal(fits({ Номер: text, Флаг: true }), false);
        },
      ),
    );
  });

  it('name moments in the infobase’s own time, without a zone', () => {
    const at = instant(Date.parse('2026-01-31T21:00:00.999Z'));
    assert.equal(localMoment(at, 'Europe/Moscow'), '2026-02-01T00:00:00');
    assert.equal(momentLiteral(at, 'Asia/Almaty'), `datetime'2026-02-01T02:00:00'`);
    assert.equal(dayOfMoment('2026-02-01T00:00:00'), '2026-02-01');
    for (const none of ['0001-01-01T00:00:00', '2026-02-30T00:00:00', '2026-02-01', 5]) {
      assert.equal(dayOfMoment(none), undefined);
    }
  });

  it('make a reference from a name: a UUID, always the same, never that of another', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (name, other) => {
        assert.ok(isId(refOf(name)));
        assert.equal(refOf(name) === refOf(other), name === other);
        assert.equal(guidLiteral(refOf(name)), `guid'${refOf(name)}'`);
      }),
    );
    assert.throws(() => guidLiteral(`x' or 1 eq 1`), /no reference/);
  });
});
