import type { AttemptId, CustomerId } from '../../domain/ids.ts';
import {
  codeContext,
  delayedUntil,
  isDisabled,
  normaliseCode,
} from '../../domain/one-time-code.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import { openSession, type Session } from '../../domain/session.ts';
import type { Instant } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { SignInStore } from '../ports/sign-in-store.ts';

export interface EnterCodeRequest {
  readonly attemptId: AttemptId;
  readonly browserHash: string;
  readonly typed: string;
  /** Digest of the token the browser gets if all is well. */
  readonly tokenHash: string;
}
export type EnterCodeRefusal =
  | { readonly reason: 'code-malformed' }
  | { readonly reason: 'code-wrong'; readonly attemptsLeft: number }
  | { readonly reason: 'code-spent' };

/**
 * Checks a code and opens the session. The try is spent before the code is compared, so parallel guesses buy
 * nothing; code and session change in one commit, so one code opens one session.
 */
export const enterCode =
  (store: SignInStore, secrets: Secrets, clock: Clock) =>
  async (request: EnterCodeRequest): Promise<Result<Session, EnterCodeRefusal>> => {
    const digits = normaliseCode(request.typed);
    if (digits === undefined) return refused({ reason: 'code-malformed' });
    const now = clock.now();
    const spent = await store.spendTry(request.attemptId, request.browserHash, now);
    if (spent === undefined) return refused({ reason: 'code-spent' });

    const mac = secrets.mac(codeContext(spent.codeId, 'sign-in', digits));
    const isRight = secrets.matches(mac, spent.mac);
    const wrong = refused({ reason: 'code-wrong', attemptsLeft: spent.triesLeft } as const);
    if (spent.customerId === undefined) return wrong;
    if (await mustWait(store, spent.customerId, now)) return wrong;
    if (!isRight) {
      await store.noteWrongCode(spent.customerId, now);
      return wrong;
    }

    const session = openSession(request.tokenHash, spent.customerId, now);
    const isOpened = await store.complete(request.attemptId, spent.codeId, session, now);
    return isOpened ? ok(session) : refused({ reason: 'code-spent' });
  };
export type EnterCode = ReturnType<typeof enterCode>;

async function mustWait(store: SignInStore, customer: CustomerId, now: Instant): Promise<boolean> {
  const credential = await store.credentialOf(customer);
  if (credential === undefined) return true;
  const { codeFailures, lastCodeFailureAt } = credential;
  return isDisabled(codeFailures) || now < delayedUntil(codeFailures, lastCodeFailureAt);
}
