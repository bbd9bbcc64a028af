import type { AccountId, CustomerId } from '../../domain/ids.ts';
import type { AccountChanged } from '../ports/inside-messages.ts';
import type { OwnershipStore } from '../ports/ownership-store.ts';

/** Remembers from what the inside tells whose an account is. Before the event goes on, so the portal never asks too early. */
export const learnOwnership =
  (ownership: OwnershipStore) =>
  (change: Pick<AccountChanged, 'accountId' | 'customerId' | 'version'>): Promise<void> =>
    ownership.learn({
      accountId: change.accountId as AccountId,
      customerId: change.customerId as CustomerId,
      version: change.version,
    });
export type LearnOwnership = ReturnType<typeof learnOwnership>;
