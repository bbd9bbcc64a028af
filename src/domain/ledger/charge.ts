import { exponentOf, type Currency } from '../currency.ts';
import { invariant } from '../invariant.ts';
import { add, money, zero, type Money } from '../money.ts';
import { ok, refused, type Result } from '../result.ts';
import { roundDiv } from '../rounding.ts';
import { day, nextDay, type CalendarDay } from '../time.ts';

/** An exact decimal: `units` of 10 to the power of minus `digits`. */
export interface Decimal {
  readonly units: bigint;
  readonly digits: number;
}

/** What a unit costs from a day on, in major units of the currency; it may be finer than the currency is. */
export interface Tariff {
  readonly from: CalendarDay;
  readonly price: Decimal;
}

/** Days of a bill, both of them in it. */
export interface BillPeriod {
  readonly from: CalendarDay;
  readonly to: CalendarDay;
}

/** A service to charge for: so much of it, evenly over the period. */
export interface ServiceUsed {
  readonly title: string;
  readonly quantity: Decimal;
  readonly unit: string;
  readonly tariffs: readonly Tariff[];
}

/** Days under one tariff, and what they cost: quantity × price × days / all days, rounded once. */
export interface ChargePart extends BillPeriod {
  readonly days: number;
  readonly price: Decimal;
  readonly amount: Money;
  /** What rounding added, in units of the currency's smallest over `roundingOver`; below zero it took away. */
  readonly rounding: bigint;
  readonly roundingOver: bigint;
}

/** One service of a charge: what was used, and how it comes to its sum. */
export interface ChargeLine {
  readonly title: string;
  readonly quantity: Decimal;
  readonly unit: string;
  readonly days: number;
  readonly parts: readonly ChargePart[];
  readonly amount: Money;
}

export type ChargeRefusal =
  | { readonly reason: 'period-backwards' }
  | { readonly reason: 'nothing-to-charge' }
  | { readonly reason: 'no-tariff'; readonly title: string; readonly day: CalendarDay };

/** Reads `12.5`; undefined for what is no decimal of at most nine digits after the point, or is below zero. */
export function parseQuantity(text: string): Decimal | undefined {
  const found = /^(0|[1-9]\d{0,11})(?:\.(\d{1,9}))?$/.exec(text);
  if (found === null) return undefined;
  const fraction = found[2] ?? '';
  return { units: BigInt((found[1] ?? '0') + fraction), digits: fraction.length };
}

/** The decimal as it was written. */
export function quantityText({ units, digits }: Decimal): string {
  const text = units.toString().padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** Works out what services cost. A tariff that changes within the period splits it by days. */
export function chargeLines(
  period: BillPeriod,
  services: readonly ServiceUsed[],
  currency: Currency,
): Result<readonly ChargeLine[], ChargeRefusal> {
  if (period.to < period.from) return refused({ reason: 'period-backwards' });
  const lines: ChargeLine[] = [];
  for (const service of services) {
    const line = lineOf(period, service, currency);
    if (!line.ok) return line;
    lines.push(line.value);
  }
  const isSomething = totalOf(lines, currency).minor > 0n;
  return isSomething ? ok(lines) : refused({ reason: 'nothing-to-charge' });
}

export const totalOf = (lines: readonly ChargeLine[], currency: Currency): Money =>
  lines.reduce((sum, { amount }) => add(sum, amount), zero(currency));

function lineOf(
  period: BillPeriod,
  service: ServiceUsed,
  currency: Currency,
): Result<ChargeLine, ChargeRefusal> {
  const { title, quantity, unit } = service;
  const tariffs = service.tariffs.toSorted((a, b) => (a.from < b.from ? -1 : 1));
  const [first] = tariffs;
  if (first === undefined || first.from > period.from) {
    return refused({ reason: 'no-tariff', title, day: period.from });
  }
  const days = daysOf(period);
  const parts = tariffs.flatMap((tariff, n) => {
    const next = tariffs[n + 1];
    const from = tariff.from < period.from ? period.from : tariff.from;
    const to = next === undefined || next.from > period.to ? period.to : dayBefore(next.from);
    return to < from ? [] : [partOf({ from, to }, days, quantity, tariff.price, currency)];
  });
  const amount = parts.reduce((sum, part) => add(sum, part.amount), zero(currency));
  return ok({ title, quantity, unit, days, parts, amount });
}

function partOf(
  { from, to }: BillPeriod,
  allDays: number,
  quantity: Decimal,
  price: Decimal,
  currency: Currency,
): ChargePart {
  const days = daysOf({ from, to });
  const numerator =
    quantity.units * price.units * 10n ** BigInt(exponentOf(currency)) * BigInt(days);
  const denominator = 10n ** BigInt(quantity.digits + price.digits) * BigInt(allDays);
  const minor = roundDiv(numerator, denominator, 'half-up');
  const rounding = minor * denominator - numerator;
  const shared = greatestCommon(rounding < 0n ? -rounding : rounding, denominator);
  return {
    ...{ from, to, days, price },
    amount: money(minor, currency),
    rounding: rounding / shared,
    roundingOver: denominator / shared,
  };
}

/** The number of days of a period, first and last included. */
export const daysOf = ({ from, to }: BillPeriod): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / day) + 1;

function dayBefore(of: CalendarDay): CalendarDay {
  const before = new Date(Date.parse(`${of}T00:00:00Z`) - day).toISOString().slice(0, 10);
  invariant(nextDay(before as CalendarDay) === of, `${of} has no day before it`);
  return before as CalendarDay;
}

const greatestCommon = (a: bigint, b: bigint): bigint => (b === 0n ? a : greatestCommon(b, a % b));
