import type { Staff } from '../../domain/staff.ts';
import type { Clock } from '../ports/clock.ts';
import type { StaffStore } from '../ports/staff-store.ts';
import { type RecognisePerson, recognisePerson } from '../recognise-person.ts';

/** Tells who of the staff is behind a token's digest; undefined for nobody, or for a session past its time. */
export const recogniseStaff = recognisePerson<Staff>;
export type RecogniseStaff = RecognisePerson<Staff>;

/** Ends a session, with a row in the journal. */
export const signOutStaff =
  (store: StaffStore, clock: Clock) =>
  async (tokenHash: string): Promise<void> => {
    const found = await store.findSession(tokenHash);
    if (found === undefined) return;
    const { id: staffId } = found.person;
    const entry = { at: clock.now(), staffId, paymentId: undefined, detail: '' };
    await store.write({ ...entry, action: 'sign-out' });
    await store.endSession(tokenHash);
  };
export type SignOutStaff = ReturnType<typeof signOutStaff>;
