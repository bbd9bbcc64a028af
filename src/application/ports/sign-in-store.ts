import type { AttemptId, CodeId, CustomerId } from '../../domain/ids.ts';
import type { Locale } from '../../domain/locale.ts';
import type { OneTimeCode } from '../../domain/one-time-code.ts';
import type { PhoneNumber } from '../../domain/phone-number.ts';
import type { Session } from '../../domain/session.ts';
import type { SignInAttempt } from '../../domain/sign-in.ts';
import type { Instant } from '../../domain/time.ts';
import type { OutgoingMessage } from './outbox.ts';

/** What a login stands for. */
export interface Credential {
  readonly customerId: CustomerId;
  readonly passwordHash: string;
  readonly phone: PhoneNumber;
  readonly locale: Locale;
  /** Wrong codes in a row over all attempts. */
  readonly codeFailures: number;
  readonly lastCodeFailureAt: Instant;
}

/** A try that was paid for: it may now be compared. */
export interface SpentTry {
  readonly codeId: CodeId;
  readonly mac: string;
  readonly customerId: CustomerId | undefined;
  readonly triesLeft: number;
}

/**
 * Keeps sign-ins under way. Promises, proved by test/contracts/sign-in-store.test.ts:
 * - a code has at most its number of tries, however many arrive at once;
 * - a code opens at most one session;
 * - a code is of use only in the browser its attempt began in.
 */
export interface SignInStore {
  findCredential(login: string): Promise<Credential | undefined>;
  addCredential(customerId: CustomerId, login: string, passwordHash: string): Promise<void>;
  /** Saves attempt, code and SMS in one commit. */
  open(attempt: SignInAttempt, code: OneTimeCode, message: OutgoingMessage): Promise<void>;
  findAttempt(id: AttemptId, browserHash: string, now: Instant): Promise<SignInAttempt | undefined>;
  /** The credential behind an attempt, for a further code. */
  credentialOf(customerId: CustomerId): Promise<Credential | undefined>;
  /** Puts a new code in place of the old one; false when somebody else just did. */
  replaceCode(
    attempt: SignInAttempt,
    code: OneTimeCode,
    message: OutgoingMessage,
    now: Instant,
  ): Promise<boolean>;
  /** Pays for one try before anything is compared; undefined when there is nothing left to try. */
  spendTry(id: AttemptId, browserHash: string, now: Instant): Promise<SpentTry | undefined>;
  noteWrongCode(customerId: CustomerId, now: Instant): Promise<void>;
  /** Uses the code up and opens the session in one commit; false when the code was used already. */
  complete(id: AttemptId, codeId: CodeId, session: Session, now: Instant): Promise<boolean>;
}
