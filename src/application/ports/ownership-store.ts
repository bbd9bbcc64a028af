import type { AccountId, CustomerId } from '../../domain/ids.ts';

/** Who owns an account, as the inside said it. The higher version wins. */
export interface Ownership {
  readonly accountId: AccountId;
  readonly customerId: CustomerId;
  readonly version: number;
}

/**
 * What the gateway knows of who owns what. Promises, proved by test/contracts/ownership-store.test.ts:
 * - an older version never replaces a newer one, in whatever order they come.
 */
export interface OwnershipStore {
  learn(ownership: Ownership): Promise<void>;
  /** `asker` says that it is theirs: who may answer from memory goes by it, the others need not. */
  ownerOf(account: AccountId, asker: CustomerId): Promise<CustomerId | undefined>;
}
