import type { AttemptId, CodeId } from '../../domain/ids.ts';
import {
  codeContext,
  codeExpiry,
  codePolicy,
  isDisabled,
  type OneTimeCode,
} from '../../domain/one-time-code.ts';
import type { Instant } from '../../domain/time.ts';
import type { OutgoingMessage } from '../ports/outbox.ts';
import type { Randomness } from '../ports/randomness.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { Credential } from '../ports/sign-in-store.ts';
import { smsMessage, type SmsOrder } from '../sms-message.ts';
import { signInText } from './sms-texts.ts';

export type CodeIssuer = (
  attempt: AttemptId,
  to: Credential | undefined,
  now: Instant,
) => { readonly code: OneTimeCode; readonly message: OutgoingMessage };

/**
 * Makes a code and the message that carries it. Without a recipient, or for one whose SMS way in is closed,
 * the same is made and goes nowhere.
 */
export const issueCode =
  (randomness: Randomness, secrets: Secrets, host: string): CodeIssuer =>
  (attemptId, to, now) => {
    const id = randomness.id() as CodeId;
    const digits = randomness.digits(codePolicy.digits);
    const expiresAt = codeExpiry(now);
    const mac = secrets.mac(codeContext(id, 'sign-in', digits));
    const mayHaveCode = to !== undefined && !isDisabled(to.codeFailures);
    const order: SmsOrder = {
      to: mayHaveCode ? to.phone : '',
      text: signInText(to?.locale ?? 'ru', digits, host),
      usefulUntil: expiresAt,
    };
    const message = smsMessage(secrets, id, mayHaveCode ? to.customerId : undefined, order, now);
    return { code: { id, attemptId, purpose: 'sign-in', mac, expiresAt }, message };
  };
