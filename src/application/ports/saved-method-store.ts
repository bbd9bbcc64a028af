import type { CustomerId, SavedMethodId } from '../../domain/ids.ts';
import type { SavedMethod } from '../../domain/saved-method.ts';

/**
 * Payment methods that providers remember. Promises, proved by test/contracts/saved-method-store.test.ts:
 * - one payment brings one remembered method, however often it is told of;
 * - what is forgotten is gone with its token.
 */
export interface SavedMethodStore {
  add(method: SavedMethod, sealedToken: string): Promise<void>;
  list(customer: CustomerId): Promise<SavedMethod[]>;
  find(
    id: SavedMethodId,
    customer: CustomerId,
  ): Promise<{ readonly method: SavedMethod; readonly sealedToken: string } | undefined>;
  /** Answers whether there was something to forget. */
  forget(id: SavedMethodId, customer: CustomerId): Promise<boolean>;
}
