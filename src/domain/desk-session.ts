import { hour, later, minute, type Instant } from './time.ts';

/** Somebody of the company who signs in at a desk. Nobody is deleted: journals name them for ever. */
export interface DeskPerson<Id extends string> {
  readonly id: Id;
  readonly login: string;
  readonly name: string;
  /** Whether they may still sign in. */
  readonly isActive: boolean;
}

/** Shorter than a customer's: one unattended desk opens what belongs to everybody. */
export const deskSessionPolicy = {
  idleMs: 10 * minute,
  absoluteMs: 8 * hour,
  /** The time of the last request is written at most this often. */
  touchEveryMs: minute,
} as const;

/** A browser of somebody at a desk. Only the digest of its token is kept. */
export interface DeskSession<Id extends string> {
  readonly tokenHash: string;
  readonly personId: Id;
  readonly signedInAt: Instant;
  readonly lastSeenAt: Instant;
}

export const openDeskSession = <Id extends string>(
  tokenHash: string,
  personId: Id,
  now: Instant,
): DeskSession<Id> => ({ tokenHash, personId, signedInAt: now, lastSeenAt: now });

type Times = Pick<DeskSession<string>, 'signedInAt' | 'lastSeenAt'>;

export const deskIdleUntil = ({ lastSeenAt }: Times): Instant =>
  later(lastSeenAt, deskSessionPolicy.idleMs);
export const deskAbsoluteUntil = ({ signedInAt }: Times): Instant =>
  later(signedInAt, deskSessionPolicy.absoluteMs);

export const isDeskSessionLive = (session: Times, now: Instant): boolean =>
  now < deskIdleUntil(session) && now < deskAbsoluteUntil(session);

export const deskSessionNeedsTouch = ({ lastSeenAt }: Times, now: Instant): boolean =>
  now - lastSeenAt >= deskSessionPolicy.touchEveryMs;

const loginForm = /^[a-z][a-z0-9.-]{1,31}$/;
/** Logins are told apart by lower-case letters, so that nobody passes for another. */
export const deskLogin = (typed: string): string => typed.trim().toLowerCase();
export const isDeskLogin = (text: string): boolean => loginForm.test(text);
