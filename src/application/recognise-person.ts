import {
  type DeskPerson,
  deskSessionNeedsTouch,
  isDeskSessionLive,
} from '../domain/desk-session.ts';
import type { Clock } from './ports/clock.ts';
import type { PeopleStore, SignedInPerson } from './ports/people-store.ts';

/**
 * Tells who is behind a token's digest; undefined for nobody, or for a session past its time. Only what a person
 * did keeps a session alive, not a page that looks for news by itself.
 */
export const recognisePerson =
  <Person extends DeskPerson<string>>(
    store: Pick<PeopleStore<Person>, 'findSession' | 'endSession' | 'touchSession'>,
    clock: Clock,
  ) =>
  async (
    tokenHash: string,
    asks: 'person' | 'page' = 'person',
  ): Promise<SignedInPerson<Person> | undefined> => {
    const found = await store.findSession(tokenHash);
    if (found === undefined) return undefined;
    const now = clock.now();
    if (!isDeskSessionLive(found.session, now)) {
      await store.endSession(tokenHash);
      return undefined;
    }
    if (asks === 'page' || !deskSessionNeedsTouch(found.session, now)) return found;
    await store.touchSession(tokenHash, now);
    return { ...found, session: { ...found.session, lastSeenAt: now } };
  };
export type RecognisePerson<Person extends DeskPerson<string>> = ReturnType<
  typeof recognisePerson<Person>
>;
