import type { Brand } from './ids.ts';
import { InvariantBroken } from './invariant.ts';

/** Milliseconds since 1970, UTC. */
export type Instant = Brand<number, 'Instant'>;
/** A day of the calendar, `YYYY-MM-DD`, without a zone. */
export type CalendarDay = Brand<string, 'CalendarDay'>;

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Reads a number of milliseconds as an Instant. */
export function instant(ms: number): Instant {
  // Asked for every moment there is: its sentence is written only when it is needed.
  if (!Number.isSafeInteger(ms)) throw new InvariantBroken(`${String(ms)} ms is no instant`);
  return ms as Instant;
}

export const later = (at: Instant, ms: number): Instant => instant(at + ms);
export const isBefore = (a: Instant, b: Instant): boolean => a < b;
/** ISO 8601 in UTC, with milliseconds. */
export const isoText = (at: Instant): string => new Date(at).toISOString();

/** Reads ISO 8601 with a zone; undefined when it is none. */
export function parseInstant(text: string): Instant | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})$/.test(text))
    return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : instant(ms);
}

/** Reads `YYYY-MM-DD`; undefined for what is no day of the calendar. */
export function parseDay(text: string): CalendarDay | undefined {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (found === null) return undefined;
  const ms = Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3]));
  return new Date(ms).toISOString().startsWith(text) ? (text as CalendarDay) : undefined;
}

/** The calendar day of a moment in a named zone (IANA), the company's own unless said. */
export const dayIn = (zone: string, at: Instant): CalendarDay =>
  days(zone).format(at) as CalendarDay;

/**
 * Makes a format of moments once for each zone: making one costs a hundred times what it writes and takes memory
 * outside the heap, which is given back late. A company has one zone.
 */
function formatsOf(options: Intl.DateTimeFormatOptions): (zone: string) => Intl.DateTimeFormat {
  const made = new Map<string, Intl.DateTimeFormat>();
  return (timeZone) => {
    const format = made.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { ...options, timeZone });
    made.set(timeZone, format);
    return format;
  };
}
const days = formatsOf({});
const clocks = formatsOf({ dateStyle: 'short', timeStyle: 'medium' });

/** The day after; months and years end where the calendar says. */
export const nextDay = (of: CalendarDay): CalendarDay =>
  new Date(Date.parse(`${of}T00:00:00Z`) + day).toISOString().slice(0, 10) as CalendarDay;

export const dayBefore = (of: CalendarDay): CalendarDay =>
  new Date(Date.parse(`${of}T00:00:00Z`) - day).toISOString().slice(0, 10) as CalendarDay;

/** The moment a calendar day begins in a named zone; right across changes of the clock. */
export function startOfDay(dayText: CalendarDay, zone: string): Instant {
  const utc = Date.parse(`${dayText}T00:00:00Z`);
  const first = utc - zoneOffset(zone, utc);
  const midnight = instant(utc - zoneOffset(zone, first));
  // Where the clocks jump over midnight, the day begins with the jump and not an hour before it.
  return dayIn(zone, midnight) === dayText ? midnight : instant(first);
}

function zoneOffset(zone: string, at: number): number {
  const text = clocks(zone).format(at);
  return Date.parse(`${text.replace(' ', 'T')}Z`) - Math.floor(at / second) * second;
}
