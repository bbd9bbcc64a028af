import assert from 'node:assert/strict';
import fc from 'fast-check';
import { roundedUp, sumByCurrency } from '../../../src/adapters/browser/money/money-sum.ts';
import { decimalText, moneyText } from '../../../src/adapters/browser/money/money-text.ts';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/gu, ' ');

describe('moneyText', () => {
  it('writes sums as each language does, with the currency’s own sign', () => {
    const rub = { minor: '123450', currency: 'RUB' };

    assert.equal(plain(moneyText(rub, 'ru-RU')), '1 234,50 ₽');
    assert.equal(moneyText(rub, 'en-GB'), '₽1,234.50');
    assert.equal(plain(moneyText({ minor: '50000', currency: 'KZT' }, 'ru-RU')), '500,00 ₸');
    assert.equal(plain(moneyText({ minor: '500', currency: 'JPY' }, 'ru-RU')), '500 ¥');
  });

  it('writes money out with a real minus and money in with a plus', () => {
    assert.equal(plain(moneyText({ minor: '-5', currency: 'RUB' }, 'ru-RU')), '\u22120,05 ₽');
    assert.equal(
      plain(moneyText({ minor: '50000', currency: 'RUB' }, 'ru-RU', 'always')),
      '+500,00 ₽',
    );
    assert.equal(plain(moneyText({ minor: '0', currency: 'RUB' }, 'ru-RU', 'always')), '0,00 ₽');
  });

  it('is exact where floating point is not', () => {
    const text = moneyText({ minor: '900719925474099301', currency: 'RUB' }, 'en-GB');

    assert.equal(text, '₽9,007,199,254,740,993.01');
  });
});

describe('decimalText', () => {
  it('loses no unit: the digits are those of the smallest units', () => {
    const anyMinor = fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n });
    fc.assert(
      fc.property(anyMinor, fc.constantFrom('RUB', 'JPY', 'KWD', 'CLF'), (minor, currency) => {
        const text = decimalText({ minor: minor.toString(), currency });

        assert.equal(BigInt(text.replace('.', '')), minor);
      }),
    );
  });
});

describe('sums', () => {
  it('are added per currency', () => {
    const sums = ['100', '-30', '5'].map((minor, at) => ({
      minor,
      currency: at === 2 ? 'KZT' : 'RUB',
    }));

    assert.deepEqual(sumByCurrency(sums), [
      { minor: '70', currency: 'RUB' },
      { minor: '5', currency: 'KZT' },
    ]);
  });

  it('are rounded up to whole hundreds, and left alone when whole already', () => {
    const rounded = (minor: string): string => roundedUp({ minor, currency: 'RUB' }, 100n, 2).minor;

    assert.equal(rounded('123450'), '130000');
    assert.equal(rounded('130000'), '130000');
    assert.equal(rounded('1'), '10000');
  });
});
