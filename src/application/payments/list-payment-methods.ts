import type { AccountId, CustomerId } from '../../domain/ids.ts';
import { add, type Money } from '../../domain/money.ts';
import { feeOf } from '../../domain/payment-fee.ts';
import { checkAmount, limitsIn, type PaymentMethod } from '../../domain/payment-limits.ts';
import { freezeQuote } from '../../domain/quote.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import type { AccountStore } from '../ports/account-store.ts';
import type { Clock } from '../ports/clock.ts';

export interface OfferedMethod {
  readonly method: PaymentMethod;
  readonly min: Money;
  readonly max: Money;
  /** On the sum asked about; of the least one, where none was. */
  readonly fee: Money;
  /** What the provider takes, where that is another currency: as it would be frozen now. */
  readonly converted: Money | undefined;
  /** Who serves this sum; undefined where no route takes it. */
  readonly provider: string | undefined;
  /** Whether its provider answers at the moment. */
  readonly isAvailable: boolean;
}

/** Tells which providers are not to be bothered at the moment. */
export type Availability = (provider: string) => boolean;

/** Lists the ways to pay into an account, in the order the company chose, priced for a sum. */
export const listPaymentMethods =
  (
    accounts: AccountStore,
    methods: readonly PaymentMethod[],
    isAvailable: Availability,
    clock: Clock,
  ) =>
  async (
    account: AccountId,
    customer: CustomerId,
    sum?: bigint,
  ): Promise<Result<readonly OfferedMethod[], { readonly reason: 'account-unknown' }>> => {
    const found = await accounts.find(account, customer);
    if (found === undefined) return refused({ reason: 'account-unknown' });
    const { currency } = found.balance;
    return ok(
      methods.flatMap((method) => {
        const limits = limitsIn(method, currency);
        if (limits === undefined || method.off !== undefined) return [];
        const amount: Money = sum === undefined ? limits.min : { minor: sum, currency };
        const route = checkAmount(amount, method, currency);
        const { provider, rate } = route.ok
          ? route.value
          : { provider: undefined, rate: undefined };
        const fee = feeOf(amount, method.fee);
        const converted = rate && freezeQuote(add(amount, fee), rate, clock.now()).to;
        const available = provider === undefined || isAvailable(provider);
        return [{ method, ...limits, fee, converted, provider, isAvailable: available }];
      }),
    );
  };
export type ListPaymentMethods = ReturnType<typeof listPaymentMethods>;
