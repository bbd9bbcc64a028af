import type { PaymentId, StaffId } from '../../domain/ids.ts';
import type { Staff, StaffAction } from '../../domain/staff.ts';
import type { Instant } from '../../domain/time.ts';
import type { PeopleStore, PersonCredential, SignedInPerson } from './people-store.ts';

/** One line of the journal: what somebody was about to do. */
export interface JournalEntry {
  readonly at: Instant;
  /** Nobody we know, where a sign-in was refused to an unknown login. */
  readonly staffId: StaffId | undefined;
  readonly action:
    Exclude<StaffAction, 'look'> | 'sign-in' | 'sign-in-refused' | 'sign-out' | 'not-allowed';
  readonly paymentId: PaymentId | undefined;
  readonly detail: string;
}

/** Who did what at the desk. Nothing of it is ever changed or deleted. */
export interface StaffJournal {
  write(entry: JournalEntry): Promise<void>;
  /** Newest first; of one payment, where it is named. */
  journal(limit: number, paymentId?: PaymentId): Promise<JournalEntry[]>;
}

/** Keeps the staff, and their journal. */
export type StaffStore = PeopleStore<Staff> & StaffJournal;
export type StaffCredential = PersonCredential<Staff>;
export type SignedInStaff = SignedInPerson<Staff>;
