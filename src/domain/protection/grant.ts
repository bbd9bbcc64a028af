import type { Instant } from '../time.ts';
import type { Rate } from './rate.ts';

/** What the inside lets through of one operation, until it says otherwise. */
export interface Grant {
  readonly operation: string;
  /** Grows with every grant: an older one never replaces a newer. */
  readonly seq: number;
  readonly rate: Rate;
  /** Requests under way at once. */
  readonly concurrency: number;
  readonly expiresAt: Instant;
  /** What holds once the grant ran out: the inside may be in trouble. */
  readonly safe: { readonly rate: Rate; readonly concurrency: number };
}

/** The limits in force now: the granted ones, or the safe ones after expiry. */
export const limitsOf = (
  grant: Grant,
  now: Instant,
): { readonly rate: Rate; readonly concurrency: number } =>
  now < grant.expiresAt ? grant : grant.safe;

/** Which of two grants holds. */
export const newerGrant = (held: Grant | undefined, offered: Grant): Grant =>
  held === undefined || offered.seq > held.seq ? offered : held;
