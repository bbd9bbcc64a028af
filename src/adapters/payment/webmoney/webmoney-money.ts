import type { Currency } from '../../../domain/currency.ts';
import { decimalText, money, type Money } from '../../../domain/money.ts';
import { parseInstant, type Instant } from '../../../domain/time.ts';

/** The letter of a purse is its unit. Rouble purses (R, P) are closed since 2022. */
const units: Readonly<Record<string, Currency>> = { Z: 'USD', E: 'EUR', K: 'KZT' };

/** The currency of a purse of ours; undefined for one we keep no accounts in. */
export const unitOf = (purse: string): Currency | undefined => units[purse.charAt(0)];

/** The sum as WebMoney takes it; undefined for what is not of the purse's unit or not above zero. */
export function toPurseAmount(sum: Money, purse: string): string | undefined {
  return sum.currency === unitOf(purse) && sum.minor > 0n ? decimalText(sum) : undefined;
}

/** Reads a sum of a purse exactly: `14.65`, `14.6` and `14` are sums; exponents, commas and three digits are none. */
export function fromPurseAmount(text: string, purse: string): Money | undefined {
  const unit = unitOf(purse);
  const found = /^(0|[1-9]\d{0,12})(?:\.(\d{1,2}))?$/.exec(text);
  if (unit === undefined || found === null) return undefined;
  return money(BigInt((found[1] ?? '0') + (found[2] ?? '').padEnd(2, '0')), unit);
}

/** `YYYYMMDD HH:MM:SS`, Moscow time without a mark. */
export function fromMoscowTime(text: string): Instant | undefined {
  const found = /^(\d{4})(\d{2})(\d{2}) (\d{2}:\d{2}:\d{2})$/.exec(text);
  if (found === null) return undefined;
  const [, year = '', month = '', date = '', time = ''] = found;
  return parseInstant(`${year}-${month}-${date}T${time}+03:00`);
}

const moscowAheadMs = 3 * 3_600_000;

export function toMoscowTime(at: number): string {
  const text = new Date(at + moscowAheadMs).toISOString();
  return `${text.slice(0, 10).replaceAll('-', '')} ${text.slice(11, 19)}`;
}
