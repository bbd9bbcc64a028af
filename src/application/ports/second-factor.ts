import type { Instant } from '../../domain/time.ts';

/** Codes of an authenticator app: six digits that change with the time (RFC 6238). */
export interface SecondFactor {
  /** A new secret, as authenticator apps take it. */
  newSecret(): string;
  /** The address an authenticator app is given once: it holds the secret. */
  address(secret: string, login: string): string;
  /** Which step of time a code belongs to: the present one, the one before or after; undefined for any other code. */
  stepOf(code: string, secret: string, now: Instant): number | undefined;
}
