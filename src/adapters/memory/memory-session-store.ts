import type { SessionStore } from '../../application/ports/session-store.ts';
import type { Customer } from '../../domain/customer.ts';
import { sessionPolicy, type Session } from '../../domain/session.ts';
import type { Instant } from '../../domain/time.ts';
import type { MemoryCustomerStore } from './memory-customer-store.ts';

/** Sessions in a map; they are opened by the sign-in store. */
export class MemorySessionStore implements SessionStore {
  readonly #sessions = new Map<string, Session>();
  readonly #customers: MemoryCustomerStore;

  constructor(customers: MemoryCustomerStore) {
    this.#customers = customers;
  }

  /** Opens a session; the customer's oldest ends when there are too many. */
  open(session: Session): void {
    this.#sessions.set(session.tokenHash, session);
    const newestFirst = [...this.#sessions.values()]
      .filter(({ customerId }) => customerId === session.customerId)
      .reverse()
      .toSorted((a, b) => b.signedInAt - a.signedInAt);
    for (const { tokenHash } of newestFirst.slice(sessionPolicy.perCustomer)) {
      this.#sessions.delete(tokenHash);
    }
  }

  async find(tokenHash: string): Promise<{ session: Session; customer: Customer } | undefined> {
    const session = this.#sessions.get(tokenHash);
    const customer = session && this.#customers.get(session.customerId);
    return session === undefined || customer === undefined ? undefined : { session, customer };
  }

  async touch(tokenHash: string, now: Instant): Promise<void> {
    const session = this.#sessions.get(tokenHash);
    if (session !== undefined) this.#sessions.set(tokenHash, { ...session, lastSeenAt: now });
  }

  async end(tokenHash: string): Promise<void> {
    this.#sessions.delete(tokenHash);
  }
}
