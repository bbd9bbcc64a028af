import assert from 'node:assert/strict';
import fc from 'fast-check';
import { moneyInputText, readMoney } from '../../../src/adapters/browser/money/money-input.ts';

const sumOf = (typed: string, currency = 'RUB'): string => {
  const read = readMoney(typed, currency);
  return read.kind === 'sum' ? read.money.minor : read.kind;
};

describe('readMoney', () => {
  it('takes comma and dot, spaces and grouping alike', () => {
    const typed = [
      '1234,5',
      '1234.50',
      '1 234,50',
      '1\u202f234.50',
      '1.234,50',
      '1,234.5',
      '₽1234,50',
    ];

    assert.deepEqual(
      typed.map((each) => sumOf(each)),
      typed.map(() => '123450'),
    );
  });

  it('reads a whole sum and a sum below one', () => {
    assert.equal(sumOf('1234567'), '123456700');
    assert.equal(sumOf('1,234,567'), '123456700');
    assert.equal(sumOf(',5'), '50');
    assert.equal(sumOf('0'), '0');
    assert.equal(sumOf('007'), '700');
  });

  it('keeps to the currency’s decimals', () => {
    assert.equal(sumOf('1500', 'JPY'), '1500');
    assert.equal(sumOf('1500,5', 'JPY'), 'too-precise');
    assert.equal(sumOf('1,234', 'KWD'), '1234');
    assert.equal(sumOf('1,234', 'RUB'), 'too-precise');
  });

  it('refuses what is not a sum instead of guessing', () => {
    for (const typed of [
      'abc',
      '-5',
      '1e3',
      '12-34',
      '1.2.3,4',
      '12,34,567.8',
      '5 rub',
      '.',
      '1'.repeat(16),
    ]) {
      assert.equal(sumOf(typed), 'unreadable', typed);
    }
    assert.equal(sumOf(' '), 'empty');
  });

  it('reads back what it writes into the field, in both languages', () => {
    const anySum = fc.bigInt({ min: 0n, max: 10n ** 15n - 1n });
    const anyCurrency = fc.constantFrom('RUB', 'KZT', 'USD', 'JPY', 'KWD');
    fc.assert(
      fc.property(anySum, anyCurrency, fc.constantFrom('ru', 'en'), (minor, currency, locale) => {
        const money = { minor: minor.toString(), currency };

        assert.deepEqual(readMoney(moneyInputText(money, locale), currency), {
          kind: 'sum',
          money,
        });
      }),
    );
  });
});
