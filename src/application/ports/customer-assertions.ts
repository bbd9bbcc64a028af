import type { AccountId } from '../../domain/ids.ts';
import type { Result } from '../../domain/result.ts';
import type { Session } from '../../domain/session.ts';
import type { Instant } from '../../domain/time.ts';
import type { CustomerAssertion } from './envelope.ts';

/** Who is asking, and from which network: /24 of an IPv4 address, /56 of an IPv6 one. */
export interface Asking {
  readonly session: Session;
  readonly subnet: string;
}

/**
 * The part that signs customers in, as the portal asks it; it may be another process. Promises:
 * - what it answers is good for a minute at least, and for five at most;
 * - it names only accounts of the session's customer, and the one asked about if that is among them.
 */
export interface AssertionIssuer {
  assertionFor(asking: Asking, account: AccountId): Promise<string>;
}

/** `forged`: not signed by who signs customers in, or not in the agreed form. */
export type AssertionTrouble = 'forged' | 'expired';

/** Opens assertions. Promises: only what the part that signs customers in has signed comes out; it never throws. */
export interface AssertionReader {
  read(token: string, now: Instant): Promise<Result<CustomerAssertion, AssertionTrouble>>;
}
