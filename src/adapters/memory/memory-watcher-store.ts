import type {
  SignedInWatcher,
  WatcherCredential,
  WatcherStore,
} from '../../application/ports/watcher-store.ts';
import type { Watcher, WatcherSession } from '../../domain/protection/watcher.ts';
import type { Instant } from '../../domain/time.ts';

/** The watchers in memory, by login. */
export class MemoryWatcherStore implements WatcherStore {
  readonly #people = new Map<string, WatcherCredential>();
  readonly #sessions = new Map<string, WatcherSession>();
  readonly #lastSteps = new Map<string, number>();

  async add(credential: WatcherCredential): Promise<'added' | 'login-taken'> {
    const { login } = credential.watcher;
    if (this.#people.has(login)) return 'login-taken';
    this.#people.set(login, credential);
    return 'added';
  }

  async disable(login: string): Promise<boolean> {
    const found = this.#people.get(login);
    if (found === undefined) return false;
    this.#people.set(login, { ...found, watcher: { ...found.watcher, isActive: false } });
    for (const [hash, { watcherId }] of this.#sessions) {
      if (watcherId === found.watcher.id) this.#sessions.delete(hash);
    }
    return true;
  }

  async list(): Promise<Watcher[]> {
    return [...this.#people.values()]
      .map(({ watcher }) => watcher)
      .toSorted((a, b) => (a.login < b.login ? -1 : 1));
  }

  async findCredential(login: string): Promise<WatcherCredential | undefined> {
    const found = this.#people.get(login);
    return found?.watcher.isActive === true ? found : undefined;
  }

  async openSession(session: WatcherSession, step: number): Promise<boolean> {
    if (this.#activeBy(session) === undefined) return false;
    if ((this.#lastSteps.get(session.watcherId) ?? 0) >= step) return false;
    this.#lastSteps.set(session.watcherId, step);
    this.#sessions.set(session.tokenHash, session);
    return true;
  }

  async findSession(tokenHash: string): Promise<SignedInWatcher | undefined> {
    const session = this.#sessions.get(tokenHash);
    const watcher = session && this.#activeBy(session);
    return session && watcher && { session, watcher };
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

  #activeBy({ watcherId }: WatcherSession): Watcher | undefined {
    const all = [...this.#people.values()].map(({ watcher }) => watcher);
    return all.find(({ id, isActive }) => id === watcherId && isActive);
  }
}
