import type { Watcher, WatcherSession } from '../../domain/protection/watcher.ts';
import type { Instant } from '../../domain/time.ts';

/** What a watcher signs in with. The secret of their authenticator is sealed. */
export interface WatcherCredential {
  readonly watcher: Watcher;
  readonly passwordHash: string;
  readonly sealedSecret: string;
}

export interface SignedInWatcher {
  readonly session: WatcherSession;
  readonly watcher: Watcher;
}

/**
 * Keeps who may watch the gateway, and their sessions. Promises, proved by test/contracts/watcher-store.test.ts:
 * - a login belongs to one person for ever;
 * - a code's step opens one session, also under parallel calls, and no step before it opens any;
 * - whoever is disabled has no session and no credential from that moment on.
 */
export interface WatcherStore {
  add(credential: WatcherCredential): Promise<'added' | 'login-taken'>;
  /** Answers whether there was such a login. */
  disable(login: string): Promise<boolean>;
  /** All of them, also who may no longer sign in, by login. */
  list(): Promise<Watcher[]>;
  findCredential(login: string): Promise<WatcherCredential | undefined>;
  /** Opens a session by the step of its code; false when that step or a later one was used before. */
  openSession(session: WatcherSession, step: number): Promise<boolean>;
  findSession(tokenHash: string): Promise<SignedInWatcher | undefined>;
  touchSession(tokenHash: string, now: Instant): Promise<void>;
  endSession(tokenHash: string): Promise<void>;
  /** Drops sessions nobody was seen in since a moment. */
  forgetSessionsBefore(moment: Instant): Promise<void>;
}
