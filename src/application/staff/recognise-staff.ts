import { isStaffSessionLive, staffSessionNeedsTouch } from '../../domain/staff-session.ts';
import type { Clock } from '../ports/clock.ts';
import type { SignedInStaff, StaffStore } from '../ports/staff-store.ts';

/** Tells who of the staff is behind a token's digest; undefined for nobody, or for a session past its time. */
export const recogniseStaff =
  (store: StaffStore, clock: Clock) =>
  async (tokenHash: string): Promise<SignedInStaff | undefined> => {
    const found = await store.findSession(tokenHash);
    if (found === undefined) return undefined;
    const now = clock.now();
    if (!isStaffSessionLive(found.session, now)) {
      await store.endSession(tokenHash);
      return undefined;
    }
    if (!staffSessionNeedsTouch(found.session, now)) return found;
    await store.touchSession(tokenHash, now);
    return { ...found, session: { ...found.session, lastSeenAt: now } };
  };
export type RecogniseStaff = ReturnType<typeof recogniseStaff>;

/** Ends a session, with a row in the journal. */
export const signOutStaff =
  (store: StaffStore, clock: Clock) =>
  async (tokenHash: string): Promise<void> => {
    const found = await store.findSession(tokenHash);
    if (found === undefined) return;
    const { id: staffId } = found.staff;
    const entry = { at: clock.now(), staffId, paymentId: undefined, detail: '' };
    await store.write({ ...entry, action: 'sign-out' });
    await store.endSession(tokenHash);
  };
export type SignOutStaff = ReturnType<typeof signOutStaff>;
