import type { OperationJson } from '../../http/contract/account-json.ts';
import type { MoneyJson } from '../../http/contract/money-json.ts';
import { sumByCurrency } from '../money/money-sum.ts';

/** One calendar day of the history, in the company's time zone. `day` is `2026-11-14`. */
export interface DayGroup {
  readonly day: string;
  readonly operations: readonly OperationJson[];
  /** Absent while the day may go on in a page that is not loaded: a part is not a total. */
  readonly totals: readonly MoneyJson[] | undefined;
}

/** Groups operations (newest first) by day, keeping their order. */
export function groupByDay(
  operations: readonly OperationJson[],
  timeZone: string,
  hasMore: boolean,
): DayGroup[] {
  const days = new Map<string, OperationJson[]>();
  for (const operation of operations) {
    const day = dayOf(operation.postedAt, timeZone);
    const same = days.get(day);
    if (same === undefined) days.set(day, [operation]);
    else same.push(operation);
  }
  const groups = [...days];
  return groups.map(([day, same], position) => ({
    day,
    operations: same,
    totals:
      hasMore && position === groups.length - 1
        ? undefined
        : sumByCurrency(same.map((operation) => operation.amount)),
  }));
}

/** The calendar day of a moment in a time zone, as `2026-11-14`. */
export function dayOf(instant: string, timeZone: string): string {
  const parts = dayFormat(timeZone).formatToParts(new Date(instant));
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

const dayFormats = new Map<string, Intl.DateTimeFormat>();

function dayFormat(timeZone: string): Intl.DateTimeFormat {
  const known = dayFormats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  dayFormats.set(timeZone, made);
  return made;
}
