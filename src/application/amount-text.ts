import type { Currency } from '../domain/currency.ts';
import type { Locale } from '../domain/locale.ts';
import { decimalText, type Money } from '../domain/money.ts';

const noBreak = '\u00A0';
/** Only signs the font of our receipts has; the other currencies are written by their code. */
const signs: Partial<Readonly<Record<Currency, string>>> = {
  RUB: '₽',
  USD: '$',
  EUR: '€',
  JPY: '¥',
};

/** `1 234,50 ₽` in Russian, `RUB 1,234.50` and `$1,234.50` in English. Never breaks over a line. */
export function amountText(amount: Money, locale: Locale): string {
  const sign = amount.minor < 0n ? '−' : '';
  const number = numberText(amount, locale).replace('−', '');
  const symbol = signs[amount.currency] ?? amount.currency;
  if (locale === 'ru') return `${sign}${number}${noBreak}${symbol}`;
  // ₽ in front reads badly.
  const isCode = symbol === amount.currency || amount.currency === 'RUB';
  return isCode ? `${sign}${amount.currency}${noBreak}${number}` : `${sign}${symbol}${number}`;
}

/** `−1 234,50` in Russian, `−1,234.50` in English: for columns that say their currency above. */
export function numberText(amount: Money, locale: Locale): string {
  const sign = amount.minor < 0n ? '−' : '';
  const [whole = '0', fraction] = decimalText(amount).replace('-', '').split('.');
  const digits = grouped(whole, locale === 'ru' ? noBreak : ',');
  const point = locale === 'ru' ? ',' : '.';
  return `${sign}${digits}${fraction === undefined ? '' : `${point}${fraction}`}`;
}

const grouped = (digits: string, mark: string): string =>
  digits.replaceAll(/\B(?=(\d{3})+$)/g, mark);
