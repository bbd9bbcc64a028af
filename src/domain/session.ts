import type { CustomerId } from './ids.ts';
import { hour, later, minute, type Instant } from './time.ts';

/** Source: NIST SP 800-63B-4 section 2.2.3 (AAL2): idle ≤ 1 h, overall ≤ 24 h. */
export const sessionPolicy = {
  idleMs: 15 * minute,
  absoluteMs: 12 * hour,
  /** The time of the last request is written at most this often. */
  touchEveryMs: minute,
  perCustomer: 10,
} as const;

/** A signed-in browser. Only the digest of its token is kept. */
export interface Session {
  readonly tokenHash: string;
  readonly customerId: CustomerId;
  readonly signedInAt: Instant;
  readonly lastSeenAt: Instant;
}

export const openSession = (tokenHash: string, customerId: CustomerId, now: Instant): Session => ({
  tokenHash,
  customerId,
  signedInAt: now,
  lastSeenAt: now,
});

export const idleUntil = (session: Session): Instant =>
  later(session.lastSeenAt, sessionPolicy.idleMs);
export const absoluteUntil = (session: Session): Instant =>
  later(session.signedInAt, sessionPolicy.absoluteMs);

export const isLive = (session: Session, now: Instant): boolean =>
  now < idleUntil(session) && now < absoluteUntil(session);

export const needsTouch = (session: Session, now: Instant): boolean =>
  now - session.lastSeenAt >= sessionPolicy.touchEveryMs;
