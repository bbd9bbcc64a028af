import { exponentOf, isCurrency, type Currency } from './currency.ts';
import { invariant } from './invariant.ts';

/** A sum: a whole number of the currency's smallest units. `money(1250n, 'RUB')` is 12.50 roubles. */
export interface Money {
  readonly minor: bigint;
  readonly currency: Currency;
}

export const money = (minor: bigint, currency: Currency): Money => ({ minor, currency });
export const zero = (currency: Currency): Money => money(0n, currency);

export function add(a: Money, b: Money): Money {
  invariant(a.currency === b.currency, `cannot add ${describe(a)} to ${describe(b)}`);
  return money(a.minor + b.minor, a.currency);
}

export const negate = (sum: Money): Money => money(-sum.minor, sum.currency);
export const isPositive = (sum: Money): boolean => sum.minor > 0n;
export const isEqual = (a: Money, b: Money): boolean =>
  a.minor === b.minor && a.currency === b.currency;

/** Below zero, zero or above, as a sort wants it. */
export function compare(a: Money, b: Money): number {
  invariant(a.currency === b.currency, `cannot compare ${describe(a)} to ${describe(b)}`);
  return a.minor < b.minor ? -1 : Number(a.minor > b.minor);
}

/** Shares a sum out so that no smallest unit is lost: the first shares take the remainder. */
export function split(total: Money, shares: number): Money[] {
  invariant(Number.isSafeInteger(shares) && shares > 0, `cannot split into ${String(shares)}`);
  const sign = total.minor < 0n ? -1n : 1n;
  const whole = total.minor * sign;
  const base = whole / BigInt(shares);
  const rest = whole % BigInt(shares);
  return Array.from({ length: shares }, (_, n) =>
    money(sign * (BigInt(n) < rest ? base + 1n : base), total.currency),
  );
}

/** Exact decimal text with as many digits as the currency has: `-12.50`. */
export function decimalText(sum: Money): string {
  const digits = exponentOf(sum.currency);
  const sign = sum.minor < 0n ? '-' : '';
  const text = (sum.minor < 0n ? -sum.minor : sum.minor).toString().padStart(digits + 1, '0');
  if (digits === 0) return sign + text;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** Reads exact decimal text in major units; undefined for more digits than the currency has, exponents, separators. */
export function parseDecimal(text: string, currency: string): Money | undefined {
  if (!isCurrency(currency)) return undefined;
  const found = /^(-?)(0|[1-9]\d{0,14})(?:\.(\d{1,3}))?$/.exec(text);
  if (found === null) return undefined;
  const digits = exponentOf(currency);
  const fraction = found[3] ?? '';
  if (fraction.length > 0 && fraction.length !== digits) return undefined;
  const minor = BigInt((found[2] ?? '0') + fraction.padEnd(digits, '0'));
  return money(found[1] === '-' ? -minor : minor, currency);
}

const describe = (sum: Money): string => `${sum.minor.toString()} ${sum.currency}`;
