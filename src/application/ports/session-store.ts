import type { Customer } from '../../domain/customer.ts';
import type { Session } from '../../domain/session.ts';
import type { Instant } from '../../domain/time.ts';

/** Keeps signed-in browsers by the digest of their token. */
export interface SessionStore {
  /** One round trip: the session and whose it is; ended ones are not found. */
  find(tokenHash: string): Promise<{ session: Session; customer: Customer } | undefined>;
  touch(tokenHash: string, now: Instant): Promise<void>;
  end(tokenHash: string): Promise<void>;
}
