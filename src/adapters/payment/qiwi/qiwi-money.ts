import { decimalText, isPositive, parseDecimal, type Money } from '../../../domain/money.ts';

export interface QiwiAmount {
  readonly value: string;
  readonly currency: string;
}

/** Six digits before the point, two after. */
const largestMinor = 99_999_999n;

/** A sum as QIWI takes it; undefined for what it would not charge to the last unit. */
export function toQiwiAmount(sum: Money): QiwiAmount | undefined {
  const { currency, minor } = sum;
  if (currency !== 'RUB' && currency !== 'KZT') return undefined;
  if (!isPositive(sum) || minor > largestMinor) return undefined;
  return { value: decimalText(sum), currency };
}

/** A sum as QIWI tells it: with no, one or two decimals. Undefined for what cannot be read exactly. */
export function fromQiwiAmount({ value, currency }: QiwiAmount): Money | undefined {
  const text = twoDecimals(value);
  return text === undefined ? undefined : parseDecimal(text, currency);
}

/** The same sum with exactly two decimals; undefined for what is none, or has more of them. */
export function twoDecimals(value: string): string | undefined {
  const found = /^(0|[1-9]\d{0,14})(?:\.(\d{1,2}))?$/.exec(value);
  return found === null ? undefined : `${found[1] ?? ''}.${(found[2] ?? '').padEnd(2, '0')}`;
}
