import type { MoneyJson } from '../../http/contract/money-json.ts';
import type { PaymentMethodJson } from '../../http/contract/payment-json.ts';
import { takes } from './sum-limits.ts';

export type SavedChoice = PaymentMethodJson['saved'][number];

/** One row of the list: a method, or one of it that is remembered. */
export interface MethodChoice {
  /** Unique in the list. */
  readonly key: string;
  readonly method: PaymentMethodJson;
  readonly saved: SavedChoice | undefined;
}

/** What a sum can be paid by: remembered ones first, they need no other page. */
export function methodChoices(
  methods: readonly PaymentMethodJson[],
  sum: MoneyJson,
): readonly MethodChoice[] {
  const possible = methods.filter((method) => takes(method, sum));
  return [
    ...possible.flatMap((method) =>
      method.saved.map((saved) => ({ key: saved.id, method, saved })),
    ),
    ...possible.map((method) => ({ key: method.method, method, saved: undefined })),
  ];
}
