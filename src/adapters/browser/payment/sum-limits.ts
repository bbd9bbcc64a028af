import type { MoneyJson } from '../../http/contract/money-json.ts';
import type { PaymentMethodJson } from '../../http/contract/payment-json.ts';
import { compareMoney } from '../money/money-sum.ts';

/** The smallest and largest sum that at least one method takes, in this currency. */
export interface SumLimits {
  readonly min: MoneyJson;
  readonly max: MoneyJson;
}

export function sumLimits(
  methods: readonly PaymentMethodJson[],
  currency: string,
): SumLimits | undefined {
  const own = methods.filter(({ min }) => min.currency === currency);
  const [first] = own;
  if (first === undefined) return undefined;
  return own.reduce<SumLimits>(
    (limits, { min, max }) => ({
      min: compareMoney(min, limits.min) < 0 ? min : limits.min,
      max: compareMoney(max, limits.max) > 0 ? max : limits.max,
    }),
    { min: first.min, max: first.max },
  );
}

/** Whether this very method takes the sum. */
export function takes(method: PaymentMethodJson, sum: MoneyJson): boolean {
  return (
    method.min.currency === sum.currency &&
    compareMoney(sum, method.min) >= 0 &&
    compareMoney(sum, method.max) <= 0
  );
}
