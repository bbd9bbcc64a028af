import type { AccountId, CustomerId } from '../../domain/ids.ts';
import { type Instant, minute } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { OwnershipStore } from '../ports/ownership-store.ts';

/** How long a customer is believed to own what was theirs. */
export const rememberedMs = minute;
const rememberedAccounts = 100_000;

interface Known {
  /** Undefined while it is looked up. */
  readonly owner: CustomerId | undefined;
  readonly at: Instant;
}

/**
 * Answers who asks for their own account from memory for a minute, so that a page with live figures asks the store
 * once. That an account is somebody else's is never answered from memory: its new owner would be taken for an intruder.
 * Another gateway may have learned of a new owner within the minute; the inside tells the old one nothing all the same.
 */
export const rememberOwners = (
  store: OwnershipStore,
  clock: Clock,
  limit = rememberedAccounts,
): OwnershipStore => {
  const known = new Map<AccountId, Known>();
  const remember = (account: AccountId, what: Known): void => {
    // The order of a map is that of insertion: who was looked up longest ago gives way.
    known.delete(account);
    known.set(account, what);
    const [oldest] = known.keys();
    if (known.size > limit && oldest !== undefined) known.delete(oldest);
  };
  return {
    ownerOf: async (account, asker) => {
      const now = clock.now();
      const before = known.get(account);
      if (before?.owner === asker && now - before.at < rememberedMs) return asker;

      // What is learned while it is looked up takes this away, and the answer, which may be older, is not remembered.
      const looking: Known = { owner: undefined, at: now };
      remember(account, looking);
      const owner = await store.ownerOf(account, asker);
      if (known.get(account) === looking) remember(account, { owner, at: now });
      return owner;
    },
    learn: async (ownership) => {
      await store.learn(ownership);
      known.delete(ownership.accountId);
    },
  };
};
