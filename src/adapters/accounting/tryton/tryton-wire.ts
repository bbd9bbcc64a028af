import { exponentOf, type Currency } from '../../../domain/currency.ts';
import { decimalText, money, type Money } from '../../../domain/money.ts';
import { parseDay, parseInstant, type CalendarDay, type Instant } from '../../../domain/time.ts';

/** A Decimal on the wire: text on both sides, so that no sum ever is a floating-point number. */
export interface WireDecimal {
  readonly __class__: 'Decimal';
  readonly decimal: string;
}
export interface WireDate {
  readonly __class__: 'date';
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Writes a sum with all decimals of its currency. */
export const toDecimal = (sum: Money): WireDecimal => ({
  __class__: 'Decimal',
  decimal: decimalText(sum),
});

/**
 * Reads a Decimal as a sum. Python also writes `0E+2` and `1.2E-7`; undefined for what is no Decimal and for what the
 * currency’s smallest unit cannot express.
 */
export function fromDecimal(wire: unknown, currency: Currency): Money | undefined {
  const text = textOf(wire);
  const parts = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]\d{1,3}))?$/i.exec(text ?? '');
  if (parts === null) return undefined;
  const [, sign = '', whole = '', fraction = '', power = '0'] = parts;
  const digits = BigInt(`${whole}${fraction}`);
  const shift = exponentOf(currency) - fraction.length + Number(power);
  const scale = 10n ** BigInt(Math.abs(shift));
  if (shift < 0 && digits % scale !== 0n) return undefined;
  const size = shift < 0 ? digits / scale : digits * scale;
  return money(sign === '-' ? -size : size, currency);
}

function textOf(wire: unknown): string | undefined {
  if (typeof wire !== 'object' || wire === null) return undefined;
  const { __class__: kind, decimal } = wire as { __class__?: unknown; decimal?: unknown };
  return kind === 'Decimal' && typeof decimal === 'string' ? decimal : undefined;
}

export function toDate(day: CalendarDay): WireDate {
  const [year, month, date] = day.split('-').map(Number);
  return { __class__: 'date', year: year ?? 0, month: month ?? 0, day: date ?? 0 };
}

/** Reads a date; undefined for what is none. */
export function dayOf(wire: unknown): CalendarDay | undefined {
  if (typeof wire !== 'object' || wire === null) return undefined;
  const { year, month, day } = wire as Partial<WireDate>;
  const digits = (value: unknown, count: number) => String(value).padStart(count, '0');
  return parseDay(`${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`);
}

/** A moment on the wire, in UTC. */
export interface WireMoment extends Omit<WireDate, '__class__'> {
  readonly __class__: 'datetime';
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
}

export function toMoment(at: Instant): WireMoment {
  const utc = new Date(at);
  return {
    __class__: 'datetime',
    ...{ year: utc.getUTCFullYear(), month: utc.getUTCMonth() + 1, day: utc.getUTCDate() },
    ...{ hour: utc.getUTCHours(), minute: utc.getUTCMinutes(), second: utc.getUTCSeconds() },
    microsecond: utc.getUTCMilliseconds() * 1_000,
  };
}

/** Reads a moment, down to its millisecond; undefined for what is none. */
export function momentOf(wire: unknown): Instant | undefined {
  const date = dayOf(wire);
  if (date === undefined) return undefined;
  const { hour = 0, minute = 0, second = 0, microsecond = 0 } = wire as Partial<WireMoment>;
  const two = (value: number) => String(value).padStart(2, '0');
  const milli = String(Math.floor(microsecond / 1_000)).padStart(3, '0');
  return parseInstant(`${date}T${two(hour)}:${two(minute)}:${two(second)}.${milli}Z`);
}
