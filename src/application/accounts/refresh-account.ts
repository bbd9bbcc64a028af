import type { Account } from '../../domain/account.ts';
import type { AccountId } from '../../domain/ids.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import type { AccountStore } from '../ports/account-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { Asking } from '../ports/customer-assertions.ts';
import type { InsideLine } from '../ports/inside-line.ts';

export type RefreshAccountRefusal =
  | { readonly reason: 'account-unknown' }
  | { readonly reason: 'too-busy'; readonly retryAfterMs: number };

/** Asks the inside for an account's figures now and keeps them. The page goes on with the last known ones if it is busy. */
export const refreshAccount =
  (accounts: AccountStore, inside: InsideLine, clock: Clock) =>
  async (account: AccountId, asking: Asking): Promise<Result<Account, RefreshAccountRefusal>> => {
    const customer = asking.session.customerId;
    const known = await accounts.find(account, customer);
    if (known === undefined) return refused({ reason: 'account-unknown' });
    const fresh = await inside.readAccount(account, asking);
    switch (fresh.outcome) {
      case 'fresh':
        await accounts.take(fresh.change, clock.now());
        return ok((await accounts.find(account, customer)) ?? known);
      case 'not-found':
        return refused({ reason: 'account-unknown' });
      case 'busy':
        return refused({ reason: 'too-busy', retryAfterMs: fresh.retryAfterMs });
    }
  };
export type RefreshAccount = ReturnType<typeof refreshAccount>;
