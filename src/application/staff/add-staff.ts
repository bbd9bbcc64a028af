import type { StaffId } from '../../domain/ids.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import { deskLogin, isDeskLogin } from '../../domain/desk-session.ts';
import type { Staff, StaffRole } from '../../domain/staff.ts';
import type { PasswordHasher } from '../ports/password-hasher.ts';
import type { Randomness } from '../ports/randomness.ts';
import type { StaffStore } from '../ports/staff-store.ts';
import type { AuthenticatorCodes } from '../authenticator-codes.ts';

export interface NewStaff {
  readonly login: string;
  readonly name: string;
  readonly roles: readonly StaffRole[];
  readonly password: string;
  /** Of their authenticator. */
  readonly secret: string;
}
export type AddStaffRefusal = { readonly reason: 'login-malformed' | 'login-taken' | 'no-role' };

/** Lets somebody sign in at the desk. Their password and secret are kept only as digest and sealed. */
export const addStaff =
  (
    store: StaffStore,
    passwords: PasswordHasher,
    codes: AuthenticatorCodes,
    randomness: Randomness,
  ) =>
  async ({ password, secret, ...person }: NewStaff): Promise<Result<Staff, AddStaffRefusal>> => {
    const login = deskLogin(person.login);
    if (!isDeskLogin(login)) return refused({ reason: 'login-malformed' });
    if (person.roles.length === 0) return refused({ reason: 'no-role' });
    const staff = { ...person, login, id: randomness.id() as StaffId, isActive: true };
    const passwordHash = await passwords.hash(password);
    const added = await store.add({
      person: staff,
      passwordHash,
      sealedSecret: codes.sealNew(secret),
    });
    return added === 'added' ? ok(staff) : refused({ reason: 'login-taken' });
  };
export type AddStaff = ReturnType<typeof addStaff>;
