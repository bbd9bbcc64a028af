import { accountKinds, kindOf, normalSide } from './chart-of-accounts.ts';
import type { LedgerAccountId, Posting } from './entry.ts';
import type { Hold } from './hold.ts';

/** What an account's balance is made of. The first two only grow; the other two fall when a hold is resolved. */
export interface Counters {
  readonly debitsPosted: bigint;
  readonly creditsPosted: bigint;
  readonly debitsPending: bigint;
  readonly creditsPending: bigint;
}

export const noCounters: Counters = {
  debitsPosted: 0n,
  creditsPosted: 0n,
  debitsPending: 0n,
  creditsPending: 0n,
};

/** The counters after a posting. */
export const counted = (of: Counters, { side, amount }: Posting): Counters =>
  side === 'debit'
    ? { ...of, debitsPosted: of.debitsPosted + amount.minor }
    : { ...of, creditsPosted: of.creditsPosted + amount.minor };

/** The counters of one account, from everything that was posted and everything that is held. */
export function countersOf(
  account: LedgerAccountId,
  postings: readonly Posting[],
  open: readonly Hold[],
): Counters {
  const posted = postings
    .filter((posting) => posting.account === account)
    .reduce(counted, noCounters);
  const held = (side: 'debit' | 'credit') =>
    open
      .filter((hold) => hold[side] === account)
      .reduce((sum, { amount }) => sum + amount.minor, 0n);
  return { ...posted, debitsPending: held('debit'), creditsPending: held('credit') };
}

const isDebitNormal = (account: LedgerAccountId): boolean =>
  normalSide(accountKinds[kindOf(account)].type) === 'debit';

/** What was posted, seen from the account's own side: above zero is usual. */
export const postedBalance = (account: LedgerAccountId, of: Counters): bigint =>
  isDebitNormal(account) ? of.debitsPosted - of.creditsPosted : of.creditsPosted - of.debitsPosted;

/** What was posted less what holds may yet take away. What they may bring does not count before it is there. */
export const availableBalance = (account: LedgerAccountId, of: Counters): bigint =>
  postedBalance(account, of) - (isDebitNormal(account) ? of.creditsPending : of.debitsPending);

/** Whether a balance of so many debits over credits is one that the account may have. */
export function isAboveFloor(account: LedgerAccountId, debitsOverCredits: bigint): boolean {
  const { floor } = accountKinds[kindOf(account)];
  if (floor === 'no-credit-balance') return debitsOverCredits >= 0n;
  return floor === 'none' || debitsOverCredits <= 0n;
}
