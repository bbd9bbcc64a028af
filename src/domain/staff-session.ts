import type { StaffId } from './ids.ts';
import { hour, later, minute, type Instant } from './time.ts';

/** Shorter than a customer's: one unattended desk opens everybody's payments. */
export const staffSessionPolicy = {
  idleMs: 10 * minute,
  absoluteMs: 8 * hour,
  /** The time of the last request is written at most this often. */
  touchEveryMs: minute,
} as const;

/** A browser of somebody of the staff. Only the digest of its token is kept. */
export interface StaffSession {
  readonly tokenHash: string;
  readonly staffId: StaffId;
  readonly signedInAt: Instant;
  readonly lastSeenAt: Instant;
}

export const openStaffSession = (
  tokenHash: string,
  staffId: StaffId,
  now: Instant,
): StaffSession => ({ tokenHash, staffId, signedInAt: now, lastSeenAt: now });

export const staffIdleUntil = ({ lastSeenAt }: StaffSession): Instant =>
  later(lastSeenAt, staffSessionPolicy.idleMs);
export const staffAbsoluteUntil = ({ signedInAt }: StaffSession): Instant =>
  later(signedInAt, staffSessionPolicy.absoluteMs);

export const isStaffSessionLive = (session: StaffSession, now: Instant): boolean =>
  now < staffIdleUntil(session) && now < staffAbsoluteUntil(session);

export const staffSessionNeedsTouch = (session: StaffSession, now: Instant): boolean =>
  now - session.lastSeenAt >= staffSessionPolicy.touchEveryMs;
