import assert from 'node:assert/strict';
import fc from 'fast-check';
import { currencies, exponentOf, isCurrency } from '../../src/domain/currency.ts';
import {
  add,
  compare,
  decimalText,
  isEqual,
  isPositive,
  money,
  negate,
  parseDecimal,
  split,
  zero,
} from '../../src/domain/money.ts';
import { anyCurrency, anyMoney } from '../support/any.ts';

const twoOfOneCurrency = anyCurrency.chain((currency) => {
  const one = anyMoney(fc.constant(currency));
  return fc.tuple(one, one);
});

describe('money', () => {
  describe('shared out', () => {
    const anyShares = fc.integer({ min: 1, max: 50 });

    it('loses no kopeck', () => {
      fc.assert(
        fc.property(anyMoney(), anyShares, (total, shares) => {
          assert.deepEqual(split(total, shares).reduce(add), total);
        }),
      );
    });

    it('makes no share more than a kopeck larger than another, the larger ones first', () => {
      fc.assert(
        fc.property(anyMoney(), anyShares, (total, shares) => {
          const sizes = split(total, shares).map(({ minor }) => (minor < 0n ? -minor : minor));
          assert.equal(sizes.length, shares);
          assert.ok(sizes[0]! - sizes.at(-1)! <= 1n);
          assert.deepEqual(
            sizes,
            sizes.toSorted((a, b) => Number(b - a)),
          );
        }),
      );
    });

    it('cannot be shared among nobody, or among a part of somebody', () => {
      for (const shares of [0, -1, 1.5, Number.NaN]) {
        assert.throws(() => split(money(1n, 'RUB'), shares), /cannot split into/);
      }
    });
  });

  describe('added', () => {
    it('is the same in any order, and nothing with its opposite', () => {
      fc.assert(
        fc.property(twoOfOneCurrency, ([a, b]) => {
          assert.deepEqual(add(a, b), add(b, a));
          assert.deepEqual(add(a, negate(a)), zero(a.currency));
          assert.deepEqual(add(a, zero(a.currency)), a);
        }),
      );
    });

    it('of two currencies is a bug that names both sums', () => {
      const [roubles, dollars] = [money(1250n, 'RUB'), money(300n, 'USD')];

      assert.throws(() => add(roubles, dollars), /cannot add 1250 RUB to 300 USD/);
      assert.throws(() => compare(roubles, dollars), /cannot compare 1250 RUB to 300 USD/);
    });
  });

  describe('compared', () => {
    it('stands in one order only', () => {
      fc.assert(
        fc.property(twoOfOneCurrency, ([a, b]) => {
          assert.equal(compare(a, b), 0 - compare(b, a));
          assert.equal(compare(a, b) === 0, isEqual(a, b));
          assert.equal(compare(a, zero(a.currency)) > 0, isPositive(a));
        }),
      );
    });

    it('differs when only the currency does', () => {
      assert.equal(isEqual(money(1n, 'RUB'), money(1n, 'USD')), false);
    });
  });

  describe('as text', () => {
    it('has as many digits as its currency and reads back as itself', () => {
      fc.assert(
        fc.property(anyMoney(), (sum) => {
          const text = decimalText(sum);
          const [, fraction = ''] = text.split('.');
          assert.equal(fraction.length, exponentOf(sum.currency));
          assert.deepEqual(parseDecimal(text, sum.currency), sum);
        }),
      );
    });

    it('is exact with none, two and three digits', () => {
      assert.equal(decimalText(money(1250n, 'JPY')), '1250');
      assert.equal(decimalText(money(-1250n, 'RUB')), '-12.50');
      assert.equal(decimalText(money(5n, 'RUB')), '0.05');
      assert.equal(decimalText(money(-5n, 'KWD')), '-0.005');
    });

    it('may leave the fraction out', () => {
      assert.deepEqual(parseDecimal('12', 'RUB'), money(1200n, 'RUB'));
      assert.deepEqual(parseDecimal('-0', 'RUB'), money(0n, 'RUB'));
    });

    it('is refused rather than guessed', () => {
      const wrong = ['', '1.5', '1.505', '1,50', '1 000', '01', '1e3', '.50', '+1', '1.', '--1'];
      for (const text of wrong) assert.equal(parseDecimal(text, 'RUB'), undefined, text);
      assert.equal(parseDecimal('1.0', 'JPY'), undefined);
      assert.equal(parseDecimal('1234567890123456', 'RUB'), undefined);
      assert.equal(parseDecimal('1.00', 'XXX'), undefined);
    });
  });

  it('knows its currencies by their names only', () => {
    assert.ok(currencies.every(isCurrency));
    for (const text of ['rub', 'XXX', 'toString', '']) assert.equal(isCurrency(text), false);
  });
});
