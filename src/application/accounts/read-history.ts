import type { AccountId, CustomerId } from '../../domain/ids.ts';
import { placeOf, type HistoryPlace, type Operation } from '../../domain/operation.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import type { AccountStore, HistoryFilter } from '../ports/account-store.ts';

export interface ReadHistoryRequest {
  readonly customerId: CustomerId;
  readonly accountId: AccountId;
  readonly filter: HistoryFilter;
  readonly after: HistoryPlace | undefined;
  readonly limit: number;
}
export interface HistoryPage {
  readonly items: readonly Operation[];
  /** Where the next page begins; absent on the last. */
  readonly next: HistoryPlace | undefined;
}

/** Reads one page of an account's history, newest first. */
export const readHistory =
  (accounts: AccountStore) =>
  async (
    request: ReadHistoryRequest,
  ): Promise<Result<HistoryPage, { readonly reason: 'account-unknown' }>> => {
    const { customerId, accountId, filter, after, limit } = request;
    // One more than asked tells whether there is a next page, without counting.
    const found = await accounts.history(accountId, customerId, filter, {
      after,
      limit: limit + 1,
    });
    if (found.length === 0 && (await accounts.find(accountId, customerId)) === undefined) {
      return refused({ reason: 'account-unknown' });
    }
    const items = found.slice(0, limit);
    const last = items.at(-1);
    const next = found.length > limit && last !== undefined ? placeOf(last) : undefined;
    return ok({ items, next });
  };
export type ReadHistory = ReturnType<typeof readHistory>;
