import type {
  PeopleStore,
  PersonCredential,
  SignedInPerson,
} from '../../application/ports/people-store.ts';
import type { DeskPerson, DeskSession } from '../../domain/desk-session.ts';
import type { Instant } from '../../domain/time.ts';

/** People of a desk in memory, by login. */
export class MemoryPeopleStore<Person extends DeskPerson<string>> implements PeopleStore<Person> {
  readonly #people = new Map<string, PersonCredential<Person>>();
  readonly #sessions = new Map<string, DeskSession<Person['id']>>();
  readonly #lastSteps = new Map<string, number>();

  async add(credential: PersonCredential<Person>): Promise<'added' | 'login-taken'> {
    const { login } = credential.person;
    if (this.#people.has(login)) return 'login-taken';
    this.#people.set(login, credential);
    return 'added';
  }

  async disable(login: string): Promise<boolean> {
    const found = this.#people.get(login);
    if (found === undefined) return false;
    this.#people.set(login, { ...found, person: { ...found.person, isActive: false } });
    for (const [hash, { personId }] of this.#sessions) {
      if (personId === found.person.id) this.#sessions.delete(hash);
    }
    return true;
  }

  async list(): Promise<Person[]> {
    return [...this.#people.values()]
      .map(({ person }) => person)
      .toSorted((a, b) => (a.login < b.login ? -1 : 1));
  }

  async findCredential(login: string): Promise<PersonCredential<Person> | undefined> {
    const found = this.#people.get(login);
    return found?.person.isActive === true ? found : undefined;
  }

  async openSession(session: DeskSession<Person['id']>, step: number): Promise<boolean> {
    if (this.#activeBy(session) === undefined) return false;
    if ((this.#lastSteps.get(session.personId) ?? 0) >= step) return false;
    this.#lastSteps.set(session.personId, step);
    this.#sessions.set(session.tokenHash, session);
    return true;
  }

  async findSession(tokenHash: string): Promise<SignedInPerson<Person> | undefined> {
    const session = this.#sessions.get(tokenHash);
    const person = session && this.#activeBy(session);
    return session && person && { session, person };
  }

  async touchSession(tokenHash: string, now: Instant): Promise<void> {
    const session = this.#sessions.get(tokenHash);
    if (session) this.#sessions.set(tokenHash, { ...session, lastSeenAt: now });
  }

  async endSession(tokenHash: string): Promise<void> {
    this.#sessions.delete(tokenHash);
  }

  async forgetSessionsBefore(moment: Instant): Promise<void> {
    for (const [hash, { lastSeenAt }] of this.#sessions) {
      if (lastSeenAt < moment) this.#sessions.delete(hash);
    }
  }

  #activeBy({ personId }: DeskSession<Person['id']>): Person | undefined {
    const all = [...this.#people.values()].map(({ person }) => person);
    return all.find(({ id, isActive }) => id === personId && isActive);
  }
}
