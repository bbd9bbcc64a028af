import { createHash } from 'node:crypto';
import { exponentOf, type Currency } from '../../../domain/currency.ts';
import { decimalText, money, type Money } from '../../../domain/money.ts';
import { parseDay, type CalendarDay, type Instant } from '../../../domain/time.ts';

/** A reference to nothing. */
export const emptyRef = '00000000-0000-0000-0000-000000000000';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A string in a filter; an apostrophe is written twice. */
export const stringLiteral = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A reference in a filter or an address. */
export function guidLiteral(ref: string): string {
  if (!uuid.test(ref)) throw new Error(`${ref} is no reference of 1C`);
  return `guid'${ref}'`;
}

/** A moment in a filter, in the infobase's own time: 1C knows no zones. */
export const momentLiteral = (at: Instant, zone: string): string =>
  `datetime'${localMoment(at, zone)}'`;

/** `2026-01-31T23:59:59` in the infobase's own time, without a zone and without fractions. */
export const localMoment = (at: Instant, zone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
    .format(at)
    .replace(' ', 'T');

/** The day of a moment as 1C writes it; undefined for what is none, and for its empty date. */
export function dayOfMoment(wire: unknown): CalendarDay | undefined {
  if (typeof wire !== 'string' || wire.startsWith('0001-01-01')) return undefined;
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(wire)
    ? parseDay(wire.slice(0, 10))
    : undefined;
}

/** The reference under which a thing of ours stands there: the same for the same name, so that it is made once. */
export function refOf(name: string): string {
  const hex = createHash('sha256').update(`kabinet 1c ${name}`).digest('hex');
  // Variant and version of a UUID that is made from whatever the maker likes.
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
  ];
  return [...parts, hex.slice(20, 32)].join('-');
}

/** A query as 1C reads it: a space is `%20`, because a plus sign in it stays one and is refused. */
export const queryText = (options: Readonly<Record<string, string>>): string =>
  Object.entries(options)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');

interface Raw {
  readonly rawJSON: (text: string) => unknown;
}

/** A sum as a number of JSON with all its decimals, which no floating-point number has seen. */
export const toNumber = (sum: Money): unknown => (JSON as unknown as Raw).rawJSON(decimalText(sum));

/** Reads an answer; numbers stay the text they are. Undefined for what is no JSON. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text, keepNumbers as (key: string, value: unknown) => unknown);
  } catch {
    return undefined;
  }
}
const keepNumbers = (
  _: string,
  value: unknown,
  { source }: { readonly source?: string },
): unknown => (typeof value === 'number' ? source : value);

/** Reads a sum; undefined for what is no decimal number, and for what is finer than the currency goes. */
export function fromNumber(wire: unknown, currency: Currency): Money | undefined {
  const parts = typeof wire === 'string' ? /^(-?)(\d{1,18})(?:\.(\d+))?$/.exec(wire) : null;
  if (parts === null) return undefined;
  const [, sign = '', whole = '', given = ''] = parts;
  const fraction = given.replace(/0+$/, '');
  const exponent = exponentOf(currency);
  if (fraction.length > exponent) return undefined;
  const size = BigInt(whole + fraction.padEnd(exponent, '0'));
  return money(sign === '-' ? -size : size, currency);
}

/** Codes by which 1C keeps currencies: the numbers of ISO 4217. */
export const currencyCodes: Readonly<Record<Currency, string>> = {
  RUB: '643',
  USD: '840',
  EUR: '978',
  KZT: '398',
  JPY: '392',
  KWD: '414',
};
