import type { DeskPerson, DeskSession } from '../../domain/desk-session.ts';
import type { Instant } from '../../domain/time.ts';

/** What somebody signs in with at a desk. The secret of their authenticator is sealed. */
export interface PersonCredential<Person> {
  readonly person: Person;
  readonly passwordHash: string;
  readonly sealedSecret: string;
}

export interface SignedInPerson<Person extends DeskPerson<string>> {
  readonly session: DeskSession<Person['id']>;
  readonly person: Person;
}

/**
 * Keeps who may sign in at a desk, and their sessions. Promises, proved by test/contracts/people-store.test.ts:
 * - a login belongs to one person for ever;
 * - a code's step opens one session, also under parallel calls, and no step before it opens any;
 * - whoever is disabled has no session and no credential from that moment on.
 */
export interface PeopleStore<Person extends DeskPerson<string>> {
  add(credential: PersonCredential<Person>): Promise<'added' | 'login-taken'>;
  /** Answers whether there was such a login. */
  disable(login: string): Promise<boolean>;
  /** All of them, also who may no longer sign in, by login. */
  list(): Promise<Person[]>;
  findCredential(login: string): Promise<PersonCredential<Person> | undefined>;
  /** Opens a session by the step of its code; false when that step or a later one was used before. */
  openSession(session: DeskSession<Person['id']>, step: number): Promise<boolean>;
  findSession(tokenHash: string): Promise<SignedInPerson<Person> | undefined>;
  touchSession(tokenHash: string, now: Instant): Promise<void>;
  endSession(tokenHash: string): Promise<void>;
  /** Drops sessions nobody was seen in since a moment. */
  forgetSessionsBefore(moment: Instant): Promise<void>;
}
