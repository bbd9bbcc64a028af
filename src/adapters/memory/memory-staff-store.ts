import type {
  JournalEntry,
  SignedInStaff,
  StaffCredential,
  StaffStore,
} from '../../application/ports/staff-store.ts';
import type { PaymentId } from '../../domain/ids.ts';
import type { StaffSession } from '../../domain/staff-session.ts';
import type { Staff } from '../../domain/staff.ts';
import type { Instant } from '../../domain/time.ts';

/** The staff in memory, by login. */
export class MemoryStaffStore implements StaffStore {
  readonly #people = new Map<string, StaffCredential>();
  readonly #sessions = new Map<string, StaffSession>();
  readonly #lastSteps = new Map<string, number>();
  readonly #journal: JournalEntry[] = [];

  async add(credential: StaffCredential): Promise<'added' | 'login-taken'> {
    const { login } = credential.staff;
    if (this.#people.has(login)) return 'login-taken';
    this.#people.set(login, credential);
    return 'added';
  }

  async disable(login: string): Promise<boolean> {
    const found = this.#people.get(login);
    if (found === undefined) return false;
    this.#people.set(login, { ...found, staff: { ...found.staff, isActive: false } });
    for (const [hash, { staffId }] of this.#sessions) {
      if (staffId === found.staff.id) this.#sessions.delete(hash);
    }
    return true;
  }

  async list(): Promise<Staff[]> {
    return [...this.#people.values()]
      .map(({ staff }) => staff)
      .toSorted((a, b) => (a.login < b.login ? -1 : 1));
  }

  async findCredential(login: string): Promise<StaffCredential | undefined> {
    const found = this.#people.get(login);
    return found?.staff.isActive === true ? found : undefined;
  }

  async openSession(session: StaffSession, step: number): Promise<boolean> {
    if (this.#activeBy(session) === undefined) return false;
    if ((this.#lastSteps.get(session.staffId) ?? 0) >= step) return false;
    this.#lastSteps.set(session.staffId, step);
    this.#sessions.set(session.tokenHash, session);
    return true;
  }

  async findSession(tokenHash: string): Promise<SignedInStaff | undefined> {
    const session = this.#sessions.get(tokenHash);
    const staff = session && this.#activeBy(session);
    return session && staff && { session, staff };
  }

  async touchSession(tokenHash: string, now: Instant): Promise<void> {
    const session = this.#sessions.get(tokenHash);
    if (session) this.#sessions.set(tokenHash, { ...session, lastSeenAt: now });
  }

  async endSession(tokenHash: string): Promise<void> {
    this.#sessions.delete(tokenHash);
  }

  async write(entry: JournalEntry): Promise<void> {
    this.#journal.push(entry);
  }

  async journal(limit: number, paymentId?: PaymentId): Promise<JournalEntry[]> {
    return this.#journal
      .filter((entry) => paymentId === undefined || entry.paymentId === paymentId)
      .toReversed()
      .slice(0, limit);
  }

  #activeBy({ staffId }: StaffSession): Staff | undefined {
    const all = [...this.#people.values()].map(({ staff }) => staff);
    return all.find(({ id, isActive }) => id === staffId && isActive);
  }
}
