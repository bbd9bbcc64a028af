import type { PaymentId, StaffId } from '../../domain/ids.ts';
import type { StaffSession } from '../../domain/staff-session.ts';
import type { Staff, StaffAction } from '../../domain/staff.ts';
import type { Instant } from '../../domain/time.ts';

/** What somebody signs in with. The secret of their authenticator is sealed. */
export interface StaffCredential {
  readonly staff: Staff;
  readonly passwordHash: string;
  readonly sealedSecret: string;
}

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

/**
 * Keeps the staff, their sessions and their journal. Promises, proved by test/contracts/staff-store.test.ts:
 * - a login belongs to one person for ever;
 * - a code's step opens one session, also under parallel calls, and no step before it opens any;
 * - whoever is disabled has no session and no credential from that moment on.
 */
export interface StaffStore extends StaffJournal {
  add(credential: StaffCredential): Promise<'added' | 'login-taken'>;
  /** Answers whether there was such a login. */
  disable(login: string): Promise<boolean>;
  /** All of them, also who may no longer sign in, by login. */
  list(): Promise<Staff[]>;
  findCredential(login: string): Promise<StaffCredential | undefined>;
  /** Opens a session by the step of its code; false when that step or a later one was used before. */
  openSession(session: StaffSession, step: number): Promise<boolean>;
  findSession(tokenHash: string): Promise<SignedInStaff | undefined>;
  touchSession(tokenHash: string, now: Instant): Promise<void>;
  endSession(tokenHash: string): Promise<void>;
}

export interface SignedInStaff {
  readonly session: StaffSession;
  readonly staff: Staff;
}
