import type { AttemptId, CodeId } from './ids.ts';
import { later, minute, second, type Instant } from './time.ts';

/** How codes behave. Source: NIST SP 800-63B-4 section 3.1.3 gives the bounds (≥ 6 digits, ≤ 10 min, one use). */
export const codePolicy = {
  digits: 6,
  lifetimeMs: 5 * minute,
  triesPerCode: 5,
  /** Pauses before the first, second and third resend of one attempt; there is no fourth. */
  resendAfterMs: [60 * second, 120 * second, 300 * second],
  /** Wrong codes in a row, over all codes of a customer, before each further try has to wait. */
  failuresBeforeDelay: 10,
  delayMs: 10 * minute,
  /** Wrong codes in a row before SMS is no way in any more and support has to help. */
  failuresBeforeDisabled: 50,
} as const;

/** A code that was sent. The code itself is nowhere: only its keyed digest, bound to this id. */
export interface OneTimeCode {
  readonly id: CodeId;
  readonly attemptId: AttemptId;
  readonly purpose: 'sign-in';
  readonly mac: string;
  readonly expiresAt: Instant;
}

/** What the digest is computed over: a code is good for one challenge and one purpose only. */
export const codeContext = (id: CodeId, purpose: OneTimeCode['purpose'], digits: string): string =>
  [id, purpose, '', digits].join('\u001f');

/** Takes what a person typed or pasted; undefined when it cannot be a code, so that no try is spent on it. */
export function normaliseCode(typed: string): string | undefined {
  const digits = typed.replaceAll(/[\s-]/g, '');
  return new RegExp(`^[0-9]{${String(codePolicy.digits)}}$`).test(digits) ? digits : undefined;
}

export const codeExpiry = (now: Instant): Instant => later(now, codePolicy.lifetimeMs);

/** When the next code may be asked for after `sends` were sent; undefined when no more will be. */
export function resendTime(sends: number, lastSentAt: Instant): Instant | undefined {
  const pause = codePolicy.resendAfterMs[sends - 1];
  return pause === undefined ? undefined : later(lastSentAt, pause);
}

/** Until when a customer with so many failures in a row has to wait. */
export function delayedUntil(failures: number, lastFailureAt: Instant): Instant {
  const mustWait = failures >= codePolicy.failuresBeforeDelay;
  return mustWait ? later(lastFailureAt, codePolicy.delayMs) : lastFailureAt;
}

export const isDisabled = (failures: number): boolean =>
  failures >= codePolicy.failuresBeforeDisabled;
