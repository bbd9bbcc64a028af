import { compare, isPositive, money, type Money } from './money.ts';
import type { Currency } from './currency.ts';
import { ok, refused, type Result } from './result.ts';
import type { Texts } from './locale.ts';
import type { FeeRule } from './payment-fee.ts';
import type { Rate } from './quote.ts';

export interface AmountRange {
  readonly min: Money;
  readonly max: Money;
}

/** Where a method goes for sums of one currency within a range; the first route that takes a sum gets it. */
export interface Route extends AmountRange {
  readonly provider: string;
  /** The provider's own name of the method, where it has several. */
  readonly as?: string;
  /** Where the provider takes another currency only. */
  readonly rate?: Rate;
  /** The money is only held until somebody takes it. */
  readonly holds?: boolean;
}

/** One way to pay as the payer sees it, and the providers that serve it. */
export interface PaymentMethod {
  readonly code: string;
  readonly title: Texts;
  readonly marks: readonly string[];
  readonly speed: 'at-once' | 'days';
  readonly fee?: FeeRule;
  readonly routes: readonly Route[];
  /** Whether a payer may have it remembered for the next time. */
  readonly canBeSaved?: boolean;
  /** Off: nobody is offered it, and this is why. */
  readonly off?: Texts;
}

export type AmountRefusal =
  | { readonly reason: 'amount-not-positive' }
  | { readonly reason: 'amount-below-minimum'; readonly min: Money }
  | { readonly reason: 'amount-above-maximum'; readonly max: Money }
  | { readonly reason: 'wrong-currency' };

/** The least and the most that can be paid by a method in a currency, over all its routes; undefined when it takes none. */
export function limitsIn(method: PaymentMethod, currency: Currency): AmountRange | undefined {
  const routes = method.routes.filter(({ min }) => min.currency === currency);
  const [first, ...others] = routes;
  if (first === undefined) return undefined;
  return others.reduce<AmountRange>(
    (wide, { min, max }) => ({
      min: compare(min, wide.min) < 0 ? min : wide.min,
      max: compare(max, wide.max) > 0 ? max : wide.max,
    }),
    { min: first.min, max: first.max },
  );
}

/** Looks whether a sum may be paid by a method into an account of a currency, and by which route. */
export function checkAmount(
  amount: Money,
  method: PaymentMethod,
  accountCurrency: Currency,
): Result<Route, AmountRefusal> {
  const limits = limitsIn(method, accountCurrency);
  if (amount.currency !== accountCurrency || limits === undefined) {
    return refused({ reason: 'wrong-currency' });
  }
  if (!isPositive(amount)) return refused({ reason: 'amount-not-positive' });
  if (compare(amount, limits.min) < 0) {
    return refused({ reason: 'amount-below-minimum', min: limits.min });
  }
  const route = method.routes.find(
    ({ min, max }) =>
      min.currency === accountCurrency && compare(amount, min) >= 0 && compare(amount, max) <= 0,
  );
  if (route !== undefined) return ok(route);
  const below = method.routes
    .filter(({ max }) => max.currency === accountCurrency && compare(amount, max) > 0)
    .map(({ max }) => max);
  const most = below.reduce((top, max) => (compare(max, top) > 0 ? max : top), limits.min);
  return refused({ reason: 'amount-above-maximum', max: most });
}

/** Both ends of a method's range in whole smallest units. */
export const range = (currency: Currency, min: bigint, max: bigint): AmountRange => ({
  min: money(min, currency),
  max: money(max, currency),
});
