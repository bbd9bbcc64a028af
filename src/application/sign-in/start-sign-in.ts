import type { AttemptId } from '../../domain/ids.ts';
import { isTooLongForPassword, normaliseLogin, openAttempt } from '../../domain/sign-in.ts';
import { refused, ok, type Result } from '../../domain/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { Limiter } from '../ports/limiter.ts';
import type { PasswordHasher } from '../ports/password-hasher.ts';
import type { SignInStore } from '../ports/sign-in-store.ts';
import type { CodeIssuer } from './issue-code.ts';
import { attemptView, type AttemptView } from './attempt-view.ts';
import { spendTries } from './spend-tries.ts';

export interface StartSignInRequest {
  readonly attemptId: AttemptId;
  readonly login: string;
  readonly password: string;
  /** Digest of the secret given to this browser for this attempt. */
  readonly browserHash: string;
  readonly address: string;
  /** Told whether the password was right: for those who count, never for the answer. */
  readonly tell?: (isRight: boolean) => void;
}
export interface StartSignInRefusal {
  readonly reason: 'too-many-tries';
  readonly retryAfterMs: number;
}

/**
 * Looks at login and password and sends a code. The answer is the same, after the same work, for an unknown
 * login, a wrong password and a right one: only the owner of the phone learns which it was.
 */
export const startSignIn =
  (
    store: SignInStore,
    passwords: PasswordHasher,
    limiter: Limiter,
    issueCode: CodeIssuer,
    clock: Clock,
  ) =>
  async (request: StartSignInRequest): Promise<Result<AttemptView, StartSignInRefusal>> => {
    const login = normaliseLogin(request.login);
    const tries = await spendTries(
      limiter,
      ['sign-in-login', login],
      ['sign-in-address', request.address],
    );
    if (!tries.allowed) {
      return refused({ reason: 'too-many-tries', retryAfterMs: tries.retryAfterMs });
    }

    const credential = await store.findCredential(login);
    const password = isTooLongForPassword(request.password) ? '' : request.password;
    const isRight = await passwords.verify(password, credential?.passwordHash);
    const known = isRight ? credential : undefined;
    request.tell?.(isRight);
    const now = clock.now();
    const attempt = openAttempt(request.attemptId, known?.customerId, request.browserHash, now);
    const { code, message } = issueCode(attempt.id, known, now);
    await store.open(attempt, code, message);
    return ok(attemptView(attempt, code));
  };
export type StartSignIn = ReturnType<typeof startSignIn>;
