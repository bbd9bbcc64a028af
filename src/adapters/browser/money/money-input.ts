import type { MoneyJson } from '../../http/contract/money-json.ts';
import { currencyExponent } from './currency-exponent.ts';
import { decimalText } from './money-text.ts';

export type MoneyInput =
  | { readonly kind: 'sum'; readonly money: MoneyJson }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'too-precise'; readonly decimals: number };

const maxWholeDigits = 15;

/**
 * Reads a sum as typed: `1234,5`, `1 234.50`, `1.234,50` and `₽1,234.50` are the same. A single mark
 * is always the decimal one, so `1,234` roubles are refused as too precise rather than guessed.
 */
export function readMoney(typed: string, currency: string): MoneyInput {
  const text = typed.replace(/[\s\u00a0\u202f\u2009'’]/gu, '').replace(/^[₽₸$€]|[₽₸$€]$/gu, '');
  if (text === '') return { kind: 'empty' };
  if (!/^\d[\d.,]*$|^[.,]\d+$/u.test(text)) return { kind: 'unreadable' };

  const { whole, fraction } = split(text);
  if (!/^\d*$/u.test(whole) || whole.length > maxWholeDigits) return { kind: 'unreadable' };
  const exponent = currencyExponent(currency);
  if (fraction.length > exponent) return { kind: 'too-precise', decimals: exponent };
  const minor = BigInt(`${whole}${fraction.padEnd(exponent, '0')}` || '0');
  return { kind: 'sum', money: { minor: minor.toString(), currency } };
}

/** The sum as it is put into the field: plain digits with the language's decimal mark. */
export function moneyInputText(money: MoneyJson, locale: string): string {
  const decimal = decimalText(money);
  return locale.startsWith('ru') ? decimal.replace('.', ',') : decimal;
}

// The last mark is the decimal one; marks before it only group, and then must stand by threes.
function split(text: string): { readonly whole: string; readonly fraction: string } {
  const last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
  if (last < 0) return { whole: text, fraction: '' };
  const mark = text.charAt(last);
  const repeated = text.indexOf(mark) !== last;
  const whole = repeated ? text : text.slice(0, last);
  const fraction = repeated ? '' : text.slice(last + 1);
  return { whole: ungrouped(whole), fraction };
}

function ungrouped(whole: string): string {
  if (!/[.,]/u.test(whole)) return whole;
  // What is left unreadable is passed on as it is and refused by the digit check.
  return /^\d{1,3}([.,])\d{3}(?:\1\d{3})*$/u.test(whole) ? whole.replace(/[.,]/gu, '') : whole;
}
