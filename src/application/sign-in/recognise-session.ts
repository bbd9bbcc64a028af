import type { Customer } from '../../domain/customer.ts';
import { isLive, needsTouch, type Session } from '../../domain/session.ts';
import type { Clock } from '../ports/clock.ts';
import type { SessionStore } from '../ports/session-store.ts';

/** Tells who is behind a session token's digest; undefined for nobody, or for a session past its time. */
export const recogniseSession =
  (sessions: SessionStore, clock: Clock) =>
  async (
    tokenHash: string,
  ): Promise<{ readonly session: Session; readonly customer: Customer } | undefined> => {
    const found = await sessions.find(tokenHash);
    if (found === undefined) return undefined;
    const now = clock.now();
    if (!isLive(found.session, now)) {
      await sessions.end(tokenHash);
      return undefined;
    }
    if (!needsTouch(found.session, now)) return found;
    await sessions.touch(tokenHash, now);
    return { ...found, session: { ...found.session, lastSeenAt: now } };
  };
export type RecogniseSession = ReturnType<typeof recogniseSession>;
