import type { Brand } from '../ids.ts';
import { ok, refused, type Result } from '../result.ts';
import { nextDay, parseDay, type CalendarDay } from '../time.ts';

/** A month of the books, `YYYY-MM`. */
export type Month = Brand<string, 'Month'>;

/** Reads `YYYY-MM`; undefined for what is no month. */
export const parseMonth = (text: string): Month | undefined =>
  parseDay(`${text}-01`) === undefined ? undefined : (text as Month);

export const monthOf = (day: CalendarDay): Month => day.slice(0, 7) as Month;
export const firstDayOf = (month: Month): CalendarDay => `${month}-01` as CalendarDay;

/** The month after. */
export const nextMonth = (month: Month): Month =>
  monthOf(afterMonth(nextDay(`${month}-28` as CalendarDay), month));

const afterMonth = (day: CalendarDay, month: Month): CalendarDay =>
  monthOf(day) === month ? afterMonth(nextDay(day), month) : day;

/** The first day that something may still be booked on; undefined while nothing was closed. */
export const firstOpenDay = (closedThrough: Month | undefined): CalendarDay | undefined =>
  closedThrough && firstDayOf(nextMonth(closedThrough));

/**
 * The day an entry is booked on: the day of the fact, or the first open day for a fact that came late. A day that was
 * asked for must be open.
 */
export function bookedOn(
  effective: CalendarDay,
  asked: CalendarDay | undefined,
  closedThrough: Month | undefined,
): Result<CalendarDay, { readonly reason: 'period-closed'; readonly through: Month }> {
  const open = firstOpenDay(closedThrough);
  if (closedThrough !== undefined && open !== undefined && asked !== undefined && asked < open) {
    return refused({ reason: 'period-closed', through: closedThrough });
  }
  const day = asked ?? effective;
  return ok(open !== undefined && day < open ? open : day);
}

export type CloseRefusal =
  { readonly reason: 'already-closed'; readonly through: Month } | { readonly reason: 'not-over' };

/** Closes a month and all before it; the books are never opened again. A month closes when it is over. */
export function closeMonth(
  month: Month,
  closedThrough: Month | undefined,
  today: CalendarDay,
): Result<Month, CloseRefusal> {
  if (closedThrough !== undefined && month <= closedThrough) {
    return refused({ reason: 'already-closed', through: closedThrough });
  }
  return month < monthOf(today) ? ok(month) : refused({ reason: 'not-over' });
}
