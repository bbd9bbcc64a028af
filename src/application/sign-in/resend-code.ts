import type { AttemptId } from '../../domain/ids.ts';
import { resendTime } from '../../domain/one-time-code.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { Limiter } from '../ports/limiter.ts';
import type { SignInStore } from '../ports/sign-in-store.ts';
import { attemptView, type AttemptView } from './attempt-view.ts';
import type { CodeIssuer } from './issue-code.ts';

export interface ResendCodeRequest {
  readonly attemptId: AttemptId;
  readonly browserHash: string;
}
export type ResendCodeRefusal =
  | { readonly reason: 'attempt-unknown' }
  | { readonly reason: 'too-many-sends' }
  | { readonly reason: 'resend-too-early'; readonly retryAfterMs: number };

/** Puts a new code in place of the old one, which stops working at once. */
export const resendCode =
  (store: SignInStore, limiter: Limiter, issueCode: CodeIssuer, clock: Clock) =>
  async (request: ResendCodeRequest): Promise<Result<AttemptView, ResendCodeRefusal>> => {
    const now = clock.now();
    const attempt = await store.findAttempt(request.attemptId, request.browserHash, now);
    if (attempt === undefined) return refused({ reason: 'attempt-unknown' });

    const from = resendTime(attempt.sends, attempt.lastSentAt);
    if (from === undefined) return refused({ reason: 'too-many-sends' });
    if (now < from) return refused({ reason: 'resend-too-early', retryAfterMs: from - now });

    const owner = attempt.customerId;
    const limit = await limiter.spend('sms-login', owner ?? attempt.id);
    // Over the limit nothing is sent and nothing is said: a refusal would tell a right password from a wrong one.
    const mayGet = limit.allowed && owner !== undefined;
    const known = mayGet ? await store.credentialOf(owner) : undefined;
    const { code, message } = issueCode(attempt.id, known, now);
    const next = { ...attempt, sends: attempt.sends + 1, lastSentAt: now };
    const isOurs = await store.replaceCode(next, code, message, now);
    return isOurs
      ? ok(attemptView(next, code))
      : refused({ reason: 'resend-too-early', retryAfterMs: 1_000 });
  };
export type ResendCode = ReturnType<typeof resendCode>;
