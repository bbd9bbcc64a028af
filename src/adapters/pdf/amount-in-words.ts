import { toCardinal } from 'n2words/en-US';
import russian from 'number-to-words-ru';
import type { AmountWriter } from '../../application/ports/receipt-printer.ts';
import { type Currency, exponentOf } from '../../domain/currency.ts';
import { decimalText, type Money } from '../../domain/money.ts';

/** Names in Russian for 1, 2 to 4 and 5 to 20; in English for one and for several. */
interface CurrencyWords {
  readonly ru: readonly [one: string, few: string, many: string];
  readonly ruFeminine?: true;
  readonly ruMinor?: readonly [one: string, few: string, many: string];
  readonly en: readonly [one: string, several: string];
  readonly enMinor?: readonly [one: string, several: string];
}

const cent = {
  ruMinor: ['цент', 'цента', 'центов'],
  enMinor: ['cent', 'cents'],
} as const;

const words: Readonly<Record<Currency, CurrencyWords>> = {
  RUB: {
    ru: ['рубль', 'рубля', 'рублей'],
    ruMinor: ['копейка', 'копейки', 'копеек'],
    en: ['rouble', 'roubles'],
    enMinor: ['kopeck', 'kopecks'],
  },
  USD: {
    ru: ['доллар США', 'доллара США', 'долларов США'],
    en: ['US dollar', 'US dollars'],
    ...cent,
  },
  EUR: { ru: ['евро', 'евро', 'евро'], en: ['euro', 'euros'], ...cent },
  KZT: {
    ru: ['тенге', 'тенге', 'тенге'],
    ruMinor: ['тиын', 'тиына', 'тиынов'],
    en: ['tenge', 'tenge'],
    enMinor: ['tiyn', 'tiyn'],
  },
  JPY: { ru: ['иена', 'иены', 'иен'], ruFeminine: true, en: ['yen', 'yen'] },
  KWD: {
    ru: ['кувейтский динар', 'кувейтских динара', 'кувейтских динаров'],
    ruMinor: ['филс', 'филса', 'филсов'],
    en: ['Kuwaiti dinar', 'Kuwaiti dinars'],
    enMinor: ['fils', 'fils'],
  },
};

/** Whole units in words, smallest units in as many digits as the currency has. Begins with a capital letter. */
export const amountInWords: AmountWriter = {
  inWords: (amount) => ({ ru: inRussian(amount), en: inEnglish(amount) }),
};

function inRussian(amount: Money): string {
  const { ru, ruMinor, ruFeminine } = words[amount.currency];
  return russian.convert(decimalText(amount), {
    currency: {
      currencyNameCases: [...ru],
      currencyNounGender: { integer: ruFeminine ? 1 : 0 },
      fractionalPartNameCases: [...(ruMinor ?? ru)],
      fractionalPartMinLength: exponentOf(amount.currency),
    },
    showNumberParts: { integer: true, fractional: ruMinor !== undefined },
  });
}

function inEnglish(amount: Money): string {
  const { en, enMinor } = words[amount.currency];
  const minus = amount.minor < 0n ? 'minus ' : '';
  const [whole = '0', fraction = ''] = decimalText(amount).replace('-', '').split('.');
  const name = BigInt(whole) === 1n ? en[0] : en[1];
  const text = `${minus}${toCardinal(BigInt(whole))} ${name}`;
  const sentence = text.charAt(0).toUpperCase() + text.slice(1);
  if (enMinor === undefined) return sentence;
  return `${sentence} ${fraction} ${BigInt(fraction) === 1n ? enMinor[0] : enMinor[1]}`;
}
