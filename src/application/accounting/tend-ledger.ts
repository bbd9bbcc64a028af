import type { Clock } from '../ports/clock.ts';
import type { LedgerSeals } from '../ports/ledger-seals.ts';
import type { Ledger } from '../ports/ledger.ts';

/** What the ledger needs done from time to time: holds whose time is over expire, and new entries are sealed. */
export const tendLedger =
  (ledger: Ledger, seals: LedgerSeals, clock: Clock) =>
  async (): Promise<{ readonly expired: number; readonly sealed: number }> => {
    const now = clock.now();
    return { expired: await ledger.expireHolds(now), sealed: await seals.seal(now) };
  };
export type TendLedger = ReturnType<typeof tendLedger>;
