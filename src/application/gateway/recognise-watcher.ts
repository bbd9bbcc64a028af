import { isWatcherSessionLive, watcherSessionNeedsTouch } from '../../domain/protection/watcher.ts';
import type { Clock } from '../ports/clock.ts';
import type { SignedInWatcher, WatcherStore } from '../ports/watcher-store.ts';

/**
 * Tells who is behind a token's digest; undefined for nobody, or for a session past its time. Only what a person
 * did keeps a session alive, not a page that looks for news by itself.
 */
export const recogniseWatcher =
  (store: WatcherStore, clock: Clock) =>
  async (tokenHash: string, asks: 'person' | 'page'): Promise<SignedInWatcher | undefined> => {
    const found = await store.findSession(tokenHash);
    if (found === undefined) return undefined;
    const now = clock.now();
    if (!isWatcherSessionLive(found.session, now)) {
      await store.endSession(tokenHash);
      return undefined;
    }
    if (asks === 'page' || !watcherSessionNeedsTouch(found.session, now)) return found;
    await store.touchSession(tokenHash, now);
    return { ...found, session: { ...found.session, lastSeenAt: now } };
  };
export type RecogniseWatcher = ReturnType<typeof recogniseWatcher>;
