import type { MoneyJson } from '../../http/contract/money-json.ts';

/** Adds sums per currency, in order of first appearance: roubles are never added to tenge. */
export function sumByCurrency(sums: readonly MoneyJson[]): MoneyJson[] {
  const totals = new Map<string, bigint>();
  for (const { minor, currency } of sums) {
    totals.set(currency, (totals.get(currency) ?? 0n) + BigInt(minor));
  }
  return [...totals].map(([currency, minor]) => ({ minor: minor.toString(), currency }));
}

export function isPositive(money: MoneyJson): boolean {
  return BigInt(money.minor) > 0n;
}

export function isEqual(one: MoneyJson, other: MoneyJson): boolean {
  return one.minor === other.minor && one.currency === other.currency;
}

export function isNegative(money: MoneyJson): boolean {
  return BigInt(money.minor) < 0n;
}

/** Rounds up to the next whole `step` of major units: 1 234,50 by 100 → 1 300. */
export function roundedUp(money: MoneyJson, step: bigint, exponent: number): MoneyJson {
  const unit = step * 10n ** BigInt(exponent);
  const minor = BigInt(money.minor);
  const rounded = ((minor + unit - 1n) / unit) * unit;
  return { minor: rounded.toString(), currency: money.currency };
}

/** Compares two sums of one currency: below, equal to or above zero. */
export function compareMoney(one: MoneyJson, other: MoneyJson): number {
  const difference = BigInt(one.minor) - BigInt(other.minor);
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}
