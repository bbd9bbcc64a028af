import type { AccountId } from '../../domain/ids.ts';
import type { AccountChange } from './account-store.ts';
import type { Asking } from './customer-assertions.ts';

export type FreshAccount =
  | { readonly outcome: 'fresh'; readonly change: AccountChange }
  | { readonly outcome: 'not-found' }
  | { readonly outcome: 'busy'; readonly retryAfterMs: number };

/** Questions to the inside, through the gateway. Transient: an answer in time or `busy`, never a wait in vain. */
export interface InsideLine {
  readAccount(account: AccountId, asking: Asking): Promise<FreshAccount>;
}
