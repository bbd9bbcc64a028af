import type { AccountId, CustomerId } from '../../domain/ids.ts';
import type { Money } from '../../domain/money.ts';
import { limitsIn, type PaymentMethod } from '../../domain/payment-limits.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import type { AccountStore } from '../ports/account-store.ts';

export interface OfferedMethod {
  readonly method: PaymentMethod;
  readonly min: Money;
  readonly max: Money;
}

/** Lists the ways to pay into an account, in the order the company chose. */
export const listPaymentMethods =
  (accounts: AccountStore, methods: readonly PaymentMethod[]) =>
  async (
    account: AccountId,
    customer: CustomerId,
  ): Promise<Result<readonly OfferedMethod[], { readonly reason: 'account-unknown' }>> => {
    const found = await accounts.find(account, customer);
    if (found === undefined) return refused({ reason: 'account-unknown' });
    return ok(
      methods.flatMap((method) => {
        const limits = limitsIn(method, found.balance.currency);
        return limits === undefined ? [] : [{ method, ...limits }];
      }),
    );
  };
export type ListPaymentMethods = ReturnType<typeof listPaymentMethods>;
