import type { AttemptId } from '../../domain/ids.ts';
import { codePolicy, resendTime, type OneTimeCode } from '../../domain/one-time-code.ts';
import type { SignInAttempt } from '../../domain/sign-in.ts';
import type { Instant } from '../../domain/time.ts';

/** What a browser learns of its attempt: nothing that depends on whether the login exists. */
export interface AttemptView {
  readonly attemptId: AttemptId;
  readonly codeLength: number;
  readonly expiresAt: Instant;
  /** The end of the attempt once no more codes will be sent. */
  readonly resendAt: Instant;
}

export const attemptView = (attempt: SignInAttempt, code: OneTimeCode): AttemptView => ({
  attemptId: attempt.id,
  codeLength: codePolicy.digits,
  expiresAt: code.expiresAt,
  resendAt: resendTime(attempt.sends, attempt.lastSentAt) ?? attempt.expiresAt,
});
