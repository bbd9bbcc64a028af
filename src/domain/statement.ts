import type { Account } from './account.ts';
import { invariant } from './invariant.ts';
import { money, type Money } from './money.ts';
import type { Operation } from './operation.ts';
import { ok, refused, type Result } from './result.ts';
import { day, nextDay, startOfDay, type CalendarDay, type Instant } from './time.ts';

/** First and last day, both in it. */
export interface StatementPeriod {
  readonly from: CalendarDay;
  readonly to: CalendarDay;
}
/** A leap year: no statement of a calendar year is refused. */
export const longestPeriodDays = 366;

export type PeriodRefusal =
  | { readonly reason: 'period-backwards' }
  | { readonly reason: 'period-in-future' }
  | { readonly reason: 'period-too-long'; readonly mostDays: number };

/** Finds what is wrong with a period; nothing can be stated of days that have not begun. */
export function refusePeriod(
  { from, to }: StatementPeriod,
  today: CalendarDay,
): PeriodRefusal | undefined {
  if (from > to) return { reason: 'period-backwards' };
  if (to > today) return { reason: 'period-in-future' };
  return daysIn({ from, to }) > longestPeriodDays
    ? { reason: 'period-too-long', mostDays: longestPeriodDays }
    : undefined;
}

const daysIn = ({ from, to }: StatementPeriod): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / day + 1;

/** From a moment on, and before another. */
export interface Span {
  readonly from: Instant;
  readonly before: Instant;
}

/** The moments a period's days begin and end in the company's zone. */
export const spanOf = ({ from, to }: StatementPeriod, zone: string): Span => ({
  from: startOfDay(from, zone),
  before: startOfDay(nextDay(to), zone),
});

/** An account and its history around a span, all of one moment. Sums are smallest units. */
export interface AccountSpan {
  readonly account: Account;
  /** What all operations before the span come to. */
  readonly earlier: bigint;
  /** What all operations after it come to. */
  readonly later: bigint;
  /** What came in within it, and what went out, both above zero. */
  readonly received: bigint;
  readonly spent: bigint;
  /** How many operations the span has. */
  readonly count: number;
  /** The oldest of them, oldest first. */
  readonly operations: readonly Operation[];
}

/** What a customer had before a period, what came and went within it, and what was left. */
export interface Statement {
  readonly account: Account;
  readonly period: StatementPeriod;
  readonly opening: Money;
  /** Above zero, both. */
  readonly received: Money;
  readonly spent: Money;
  readonly closing: Money;
  /** All operations of the period, oldest first. */
  readonly operations: readonly Operation[];
}

/**
 * States a period. Opening and closing are worked out from the balance backwards and from the history forwards; where
 * the two differ, operations are still on their way from the inside, and nothing is stated.
 */
export function statementOf(
  period: StatementPeriod,
  span: AccountSpan,
): Result<Statement, { readonly reason: 'history-incomplete' }> {
  const { account, earlier, later, received, spent, operations } = span;
  const { currency, minor: balance } = account.balance;
  const closing = balance - later;
  if (earlier + received - spent !== closing) return refused({ reason: 'history-incomplete' });

  const turnover = operations.reduce((sum, { amount }) => sum + amount.minor, 0n);
  invariant(turnover === received - spent, `a statement of ${account.id} misses operations`);
  return ok({
    account,
    period,
    opening: money(earlier, currency),
    received: money(received, currency),
    spent: money(spent, currency),
    closing: money(closing, currency),
    operations,
  });
}

/** The balance after each operation of a statement, in their order. */
export function balancesIn({ opening, operations }: Statement): Money[] {
  let minor = opening.minor;
  return operations.map(({ amount }) => {
    minor += amount.minor;
    return money(minor, amount.currency);
  });
}
