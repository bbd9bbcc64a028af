/** First and last day. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

export const statementPeriods = [
  'this-month',
  'last-month',
  'this-quarter',
  'last-quarter',
  'this-year',
  'last-year',
] as const;
export type StatementPeriod = (typeof statementPeriods)[number];

/** The days of a named period around `today` (`2026-11-22`); nothing is stated of days that have not come. */
export function statementDays(period: StatementPeriod, today: string): Days {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7));
  const quarter = month - ((month - 1) % 3);
  switch (period) {
    case 'this-month':
      return { from: firstOf(year, month), to: today };
    case 'last-month':
      return { from: firstOf(year, month - 1), to: lastOf(year, month - 1) };
    case 'this-quarter':
      return { from: firstOf(year, quarter), to: today };
    case 'last-quarter':
      return { from: firstOf(year, quarter - 3), to: lastOf(year, quarter - 1) };
    case 'this-year':
      return { from: firstOf(year, 1), to: today };
    case 'last-year':
      return { from: firstOf(year - 1, 1), to: lastOf(year - 1, 12) };
  }
}

const firstOf = (year: number, month: number): string => dayText(year, month, 1);
// Day 0 is the last day of the month before.
const lastOf = (year: number, month: number): string => dayText(year, month + 1, 0);
const dayText = (year: number, month: number, day: number): string =>
  new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
