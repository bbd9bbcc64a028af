import type { AttemptId, CustomerId } from './ids.ts';
import { later, minute, type Instant } from './time.ts';

export const attemptLifetimeMs = 10 * minute;

/** A sign-in under way: the password was looked at, the code is awaited. */
export interface SignInAttempt {
  readonly id: AttemptId;
  /** Absent for an unknown login or a wrong password: such an attempt looks the same and never succeeds. */
  readonly customerId: CustomerId | undefined;
  /** Digest of the secret in the browser's cookie: a code is useless in another browser. */
  readonly browserHash: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly sends: number;
  readonly lastSentAt: Instant;
}

/** Opens an attempt; its first code counts as sent now. */
export const openAttempt = (
  id: AttemptId,
  customerId: CustomerId | undefined,
  browserHash: string,
  now: Instant,
): SignInAttempt => ({
  id,
  customerId,
  browserHash,
  createdAt: now,
  expiresAt: later(now, attemptLifetimeMs),
  sends: 1,
  lastSentAt: now,
});

/** One form for every way a login may be written: no spaces around, one letter case. */
export const normaliseLogin = (typed: string): string =>
  typed.normalize('NFC').trim().toLowerCase();

/** Longest password looked at, in code points: hashing is where a flood would hurt. */
export const longestPassword = 256;
export const isTooLongForPassword = (typed: string): boolean => [...typed].length > longestPassword;
