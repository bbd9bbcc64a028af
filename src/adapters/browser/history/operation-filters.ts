import type { OperationJson } from '../../http/contract/account-json.ts';

/** What the history is narrowed to; lives in the page's address. Dates are inclusive days. */
export interface OperationFilters {
  readonly kind?: OperationKind | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly q?: string | undefined;
}

export type OperationKind = OperationJson['kind'];

export const operationKinds = [
  'charge',
  'payment',
  'refund',
  'penalty',
  'correction',
  'transfer',
] as const satisfies readonly OperationKind[];

export const periods = ['this-month', 'last-month', 'this-year'] as const;
export type Period = (typeof periods)[number];

/** Takes from the address what makes sense and drops the rest: a mangled link still opens. */
export function readFilters(search: Readonly<Record<string, unknown>>): OperationFilters {
  const kind = operationKinds.find((known) => known === search['kind']);
  const from = readDay(search['from']);
  const to = readDay(search['to']);
  const q = typeof search['q'] === 'string' ? search['q'].trim().slice(0, 100) : '';
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(q === '' ? {} : { q }),
  };
}

export function isFiltered(filters: OperationFilters): boolean {
  return Object.values(filters).some((value) => value !== undefined);
}

/** First and last day of a named period around `today` (`2026-11-22`). */
export function periodDays(period: Period, today: string): { from: string; to: string } {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7));
  switch (period) {
    case 'this-month':
      return { from: dayText(year, month, 1), to: dayText(year, month + 1, 0) };
    case 'last-month':
      return { from: dayText(year, month - 1, 1), to: dayText(year, month, 0) };
    case 'this-year':
      return { from: dayText(year, 1, 1), to: dayText(year, 12, 31) };
  }
}

/** Which named period the days are, if any. */
export function periodOf(filters: OperationFilters, today: string): Period | undefined {
  return periods.find((period) => {
    const days = periodDays(period, today);
    return days.from === filters.from && days.to === filters.to;
  });
}

// Day 0 is the last day of the month before, month 0 the December of the year before.
function dayText(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

function readDay(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/u.test(value)) return undefined;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value) ? value : undefined;
}
