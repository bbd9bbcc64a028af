import { money, zero, type Money } from './money.ts';

/** What a payer pays on top for using a method: a share in hundredths of a per cent, and no less than the least. */
export interface FeeRule {
  readonly basisPoints: number;
  /** By currency, in smallest units. */
  readonly least?: Readonly<Partial<Record<Money['currency'], bigint>>>;
}

/** The fee of a sum, rounded half up to the smallest unit; none without a rule. */
export function feeOf(sum: Money, rule: FeeRule | undefined): Money {
  if (rule === undefined || sum.minor <= 0n) return zero(sum.currency);
  const share = (sum.minor * BigInt(rule.basisPoints) + 5_000n) / 10_000n;
  const least = rule.least?.[sum.currency] ?? 0n;
  return money(share > least ? share : least, sum.currency);
}
