import type { Brand } from '../ids.ts';
import { hour, later, minute, type Instant } from '../time.ts';

export type WatcherId = Brand<string, 'WatcherId'>;

/** Somebody who watches the gateway. Nobody is deleted: the history of incidents names them for ever. */
export interface Watcher {
  readonly id: WatcherId;
  readonly login: string;
  readonly name: string;
  /** Whether they may still sign in. */
  readonly isActive: boolean;
}

/** A browser of a watcher. Only the digest of its token is kept. */
export interface WatcherSession {
  readonly tokenHash: string;
  readonly watcherId: WatcherId;
  readonly signedInAt: Instant;
  readonly lastSeenAt: Instant;
}

export const watcherSessionPolicy = {
  idleMs: 10 * minute,
  absoluteMs: 8 * hour,
  /** The time of the last request is written at most this often. */
  touchEveryMs: minute,
} as const;

export const openWatcherSession = (
  tokenHash: string,
  watcherId: WatcherId,
  now: Instant,
): WatcherSession => ({ tokenHash, watcherId, signedInAt: now, lastSeenAt: now });

export const isWatcherSessionLive = (
  { lastSeenAt, signedInAt }: WatcherSession,
  now: Instant,
): boolean =>
  now < later(lastSeenAt, watcherSessionPolicy.idleMs) &&
  now < later(signedInAt, watcherSessionPolicy.absoluteMs);

export const watcherSessionNeedsTouch = ({ lastSeenAt }: WatcherSession, now: Instant): boolean =>
  now - lastSeenAt >= watcherSessionPolicy.touchEveryMs;

const loginForm = /^[a-z][a-z0-9.-]{1,31}$/;
/** Logins are told apart by lower-case letters, so that nobody passes for another. */
export const watcherLogin = (typed: string): string => typed.trim().toLowerCase();
export const isWatcherLogin = (text: string): boolean => loginForm.test(text);
