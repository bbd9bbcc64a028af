import { refused, ok, type Result } from '../../domain/result.ts';
import { isTooLongForPassword } from '../../domain/sign-in.ts';
import { deskLogin, openDeskSession } from '../../domain/desk-session.ts';
import type { Clock } from '../ports/clock.ts';
import type { Limiter } from '../ports/limiter.ts';
import type { PasswordHasher } from '../ports/password-hasher.ts';
import type { JournalEntry, SignedInStaff, StaffStore } from '../ports/staff-store.ts';
import { spendTries } from '../sign-in/spend-tries.ts';
import type { AuthenticatorCodes } from '../authenticator-codes.ts';

export interface SignInStaffRequest {
  readonly login: string;
  readonly password: string;
  readonly code: string;
  readonly tokenHash: string;
  readonly address: string;
}
export type SignInStaffRefusal =
  | { readonly reason: 'too-many-tries'; readonly retryAfterMs: number }
  /** One answer for an unknown login, a wrong password, a wrong code and a used one. */
  | { readonly reason: 'staff-sign-in-wrong' };

/** Opens a session for password and code together; says nothing of which of them was wrong. */
export const signInStaff =
  (
    store: StaffStore,
    passwords: PasswordHasher,
    codes: AuthenticatorCodes,
    limiter: Limiter,
    clock: Clock,
  ) =>
  async (request: SignInStaffRequest): Promise<Result<SignedInStaff, SignInStaffRefusal>> => {
    const login = deskLogin(request.login);
    const tries = await spendTries(
      limiter,
      ['staff-login', login],
      ['staff-address', request.address],
    );
    if (!tries.allowed) {
      return refused({ reason: 'too-many-tries', retryAfterMs: tries.retryAfterMs });
    }

    const credential = await store.findCredential(login);
    const password = isTooLongForPassword(request.password) ? '' : request.password;
    const isRight = await passwords.verify(password, credential?.passwordHash);
    const now = clock.now();
    const step = codes.stepOf(credential?.sealedSecret, request.code, now);
    const write = (action: JournalEntry['action']): Promise<void> => {
      const staffId = credential?.person.id;
      return store.write({ at: now, staffId, action, paymentId: undefined, detail: '' });
    };
    if (credential === undefined || !isRight || step === undefined) {
      await write('sign-in-refused');
      return refused({ reason: 'staff-sign-in-wrong' });
    }
    const { person } = credential;
    const session = openDeskSession(request.tokenHash, person.id, now);
    await write('sign-in');
    if (await store.openSession(session, step)) return ok({ session, person });
    await write('sign-in-refused');
    return refused({ reason: 'staff-sign-in-wrong' });
  };
export type SignInStaff = ReturnType<typeof signInStaff>;
