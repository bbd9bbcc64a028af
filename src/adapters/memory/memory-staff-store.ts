import type { JournalEntry, StaffStore } from '../../application/ports/staff-store.ts';
import type { PaymentId } from '../../domain/ids.ts';
import type { Staff } from '../../domain/staff.ts';
import { MemoryPeopleStore } from './memory-people-store.ts';

/** The staff and their journal in memory. */
export class MemoryStaffStore extends MemoryPeopleStore<Staff> implements StaffStore {
  readonly #journal: JournalEntry[] = [];

  async write(entry: JournalEntry): Promise<void> {
    this.#journal.push(entry);
  }

  async journal(limit: number, paymentId?: PaymentId): Promise<JournalEntry[]> {
    return this.#journal
      .filter((entry) => paymentId === undefined || entry.paymentId === paymentId)
      .toReversed()
      .slice(0, limit);
  }
}
