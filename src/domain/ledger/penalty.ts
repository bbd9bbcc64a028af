import { money, zero, type Money } from '../money.ts';
import { roundDiv } from '../rounding.ts';

/** What a late payer pays for each day after the days of grace: a share of the debt, at most so much of it. */
export interface PenaltyRule {
  readonly graceDays: number;
  /** Of the debt and day, as a fraction: a 300th of 16 % a year is 16 / 30 000. */
  readonly numerator: bigint;
  readonly denominator: bigint;
  /** The penalty never exceeds this many per cent of the debt. */
  readonly mostPercent: bigint;
}

/** The penalty of a debt that is so many days late. Without a rule, which is the default, there is none. */
export function penaltyOf(debt: Money, daysLate: number, rule: PenaltyRule | undefined): Money {
  if (rule === undefined || debt.minor <= 0n) return zero(debt.currency);
  const days = BigInt(Math.max(0, daysLate - rule.graceDays));
  const full = roundDiv(debt.minor * rule.numerator * days, rule.denominator, 'half-up');
  const most = roundDiv(debt.minor * rule.mostPercent, 100n, 'down');
  return money(full < most ? full : most, debt.currency);
}
