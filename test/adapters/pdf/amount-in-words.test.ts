import assert from 'node:assert/strict';
import fc from 'fast-check';
import { toCardinal } from 'n2words/ru-RU';
import { amountInWords } from '../../../src/adapters/pdf/amount-in-words.ts';
import { amountText } from '../../../src/application/amount-text.ts';
import { currencies, type Currency } from '../../../src/domain/currency.ts';
import { money } from '../../../src/domain/money.ts';

const told: readonly (readonly [bigint, Currency, string, string])[] = [
  [
    123_456n,
    'RUB',
    'Одна тысяча двести тридцать четыре рубля 56 копеек',
    'One thousand two hundred thirty-four roubles 56 kopecks',
  ],
  [100n, 'RUB', 'Один рубль 00 копеек', 'One rouble 00 kopecks'],
  [2_101n, 'RUB', 'Двадцать один рубль 01 копейка', 'Twenty-one roubles 01 kopeck'],
  [1_112n, 'RUB', 'Одиннадцать рублей 12 копеек', 'Eleven roubles 12 kopecks'],
  [3n, 'RUB', 'Ноль рублей 03 копейки', 'Zero roubles 03 kopecks'],
  [200_000_022n, 'RUB', 'Два миллиона рублей 22 копейки', 'Two million roubles 22 kopecks'],
  [100n, 'USD', 'Один доллар США 00 центов', 'One US dollar 00 cents'],
  [202n, 'USD', 'Два доллара США 02 цента', 'Two US dollars 02 cents'],
  [2_101n, 'EUR', 'Двадцать один евро 01 цент', 'Twenty-one euros 01 cent'],
  [
    150_005n,
    'KZT',
    'Одна тысяча пятьсот тенге 05 тиынов',
    'One thousand five hundred tenge 05 tiyn',
  ],
  [1n, 'JPY', 'Одна иена', 'One yen'],
  [2_002n, 'JPY', 'Две тысячи две иены', 'Two thousand two yen'],
  [500n, 'JPY', 'Пятьсот иен', 'Five hundred yen'],
  [1_005n, 'KWD', 'Один кувейтский динар 005 филсов', 'One Kuwaiti dinar 005 fils'],
  [22_001n, 'KWD', 'Двадцать два кувейтских динара 001 филс', 'Twenty-two Kuwaiti dinars 001 fils'],
  [5_250n, 'KWD', 'Пять кувейтских динаров 250 филсов', 'Five Kuwaiti dinars 250 fils'],
  [-510n, 'RUB', 'Минус пять рублей 10 копеек', 'Minus five roubles 10 kopecks'],
];

describe('a sum in words', () => {
  for (const [minor, currency, ru, en] of told) {
    it(`${minor} ${currency}`, () => {
      assert.deepEqual(amountInWords.inWords(money(minor, currency)), { ru, en });
    });
  }

  it('is the number another author counts, whatever the sum and currency', () => {
    const sums = fc.record({
      whole: fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }),
      currency: fc.constantFrom(...currencies),
    });
    const minorPer = { RUB: 100n, USD: 100n, EUR: 100n, KZT: 100n, JPY: 1n, KWD: 1_000n };
    fc.assert(
      fc.property(sums, ({ whole, currency }) => {
        const { ru } = amountInWords.inWords(money(whole * minorPer[currency], currency));
        const gender = currency === 'JPY' ? 'feminine' : 'masculine';
        const expected = toCardinal(whole, { gender });
        assert.ok(ru.toLowerCase().startsWith(`${expected} `), `${ru} / ${expected}`);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a sum in figures', () => {
  const figures: readonly (readonly [bigint, Currency, string, string])[] = [
    [123_456_789n, 'RUB', '1 234 567,89 ₽', 'RUB 1,234,567.89'],
    [5n, 'RUB', '0,05 ₽', 'RUB 0.05'],
    [99_900n, 'USD', '999,00 $', '$999.00'],
    [100_000n, 'EUR', '1 000,00 €', '€1,000.00'],
    [100_000n, 'KZT', '1 000,00 KZT', 'KZT 1,000.00'],
    [123_456n, 'JPY', '123 456 ¥', '¥123,456'],
    [1_234_567n, 'KWD', '1 234,567 KWD', 'KWD 1,234.567'],
    [-100n, 'RUB', '−1,00 ₽', '−RUB 1.00'],
  ];
  for (const [minor, currency, ru, en] of figures) {
    it(`${minor} ${currency}`, () => {
      const plain = (text: string) => text.replaceAll('\u00A0', ' ');
      assert.equal(plain(amountText(money(minor, currency), 'ru')), ru);
      assert.equal(plain(amountText(money(minor, currency), 'en')), en);
    });
  }
});
