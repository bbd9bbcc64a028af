import type { Ownership, OwnershipStore } from '../../application/ports/ownership-store.ts';
import type { AccountId, CustomerId } from '../../domain/ids.ts';

/** Who owns what, in a map. */
export class MemoryOwnershipStore implements OwnershipStore {
  readonly #owners = new Map<AccountId, Ownership>();

  learn(ownership: Ownership): Promise<void> {
    const held = this.#owners.get(ownership.accountId);
    if (held === undefined || held.version < ownership.version) {
      this.#owners.set(ownership.accountId, ownership);
    }
    return Promise.resolve();
  }

  ownerOf(account: AccountId): Promise<CustomerId | undefined> {
    return Promise.resolve(this.#owners.get(account)?.customerId);
  }
}
