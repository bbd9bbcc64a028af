import { compare, isPositive, money, type Money } from './money.ts';
import type { Currency } from './currency.ts';
import { ok, refused, type Result } from './result.ts';
import type { Texts } from './locale.ts';

/** One way to pay as the payer sees it, and the provider whose API is called for it. */
export interface PaymentMethod {
  readonly code: string;
  readonly provider: string;
  readonly title: Texts;
  readonly marks: readonly string[];
  readonly limits: readonly { readonly min: Money; readonly max: Money }[];
  readonly speed: 'at-once' | 'days';
}

export type AmountRefusal =
  | { readonly reason: 'amount-not-positive' }
  | { readonly reason: 'amount-below-minimum'; readonly min: Money }
  | { readonly reason: 'amount-above-maximum'; readonly max: Money }
  | { readonly reason: 'wrong-currency' };

/** The least and the most that can be paid by a method in a currency; undefined when it does not take it. */
export const limitsIn = (
  method: PaymentMethod,
  currency: Currency,
): { readonly min: Money; readonly max: Money } | undefined =>
  method.limits.find((limit) => limit.min.currency === currency);

/** Looks whether a sum may be paid by a method into an account of a currency. */
export function checkAmount(
  amount: Money,
  method: PaymentMethod,
  accountCurrency: Currency,
): Result<Money, AmountRefusal> {
  const limits = limitsIn(method, accountCurrency);
  if (amount.currency !== accountCurrency || limits === undefined) {
    return refused({ reason: 'wrong-currency' });
  }
  if (!isPositive(amount)) return refused({ reason: 'amount-not-positive' });
  if (compare(amount, limits.min) < 0) {
    return refused({ reason: 'amount-below-minimum', min: limits.min });
  }
  if (compare(amount, limits.max) > 0) {
    return refused({ reason: 'amount-above-maximum', max: limits.max });
  }
  return ok(amount);
}

/** Both ends of a method's range in whole smallest units. */
export const range = (
  currency: Currency,
  min: bigint,
  max: bigint,
): { min: Money; max: Money } => ({
  min: money(min, currency),
  max: money(max, currency),
});
