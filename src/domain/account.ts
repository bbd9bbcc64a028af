import type { AccountId, CustomerId } from './ids.ts';
import { money, negate, zero, type Money } from './money.ts';
import type { CalendarDay, Instant } from './time.ts';

/** What the portal knows of an account: a projection of the books, true as of `asOf`. */
export interface Account {
  readonly id: AccountId;
  readonly customerId: CustomerId;
  readonly number: string;
  readonly title: string;
  /** Below zero is what the customer owes, above is money paid in advance. */
  readonly balance: Money;
  readonly openedOn: CalendarDay;
  readonly asOf: Instant;
  /** Grows with every change inside; an older version never replaces a newer one. */
  readonly version: number;
}

/** What is to pay now: the debt, or nothing. */
export const due = (account: Account): Money =>
  account.balance.minor < 0n ? negate(account.balance) : zero(account.balance.currency);

/** Enough of an account number to be recognised, not enough to be used. */
export function maskAccountNumber(number: string): string {
  const shown = number.slice(-4);
  return `${'•'.repeat(Math.max(0, number.length - shown.length))}${shown}`;
}

/** The balance after an operation. */
export const balanceAfter = (balance: Money, amount: Money): Money =>
  money(balance.minor + amount.minor, balance.currency);
