import { NoAnswer, Problem } from './problem.ts';

/** A sentence of the catalogue and the numbers it is filled with. */
export interface ProblemText {
  readonly id: string;
  readonly values: Readonly<Record<string, number>>;
}

const texts: Readonly<Record<string, string>> = {
  'code-wrong': 'problem.code-wrong',
  'code-expired': 'problem.code-expired',
  'code-spent': 'problem.code-spent',
  'attempt-unknown': 'problem.attempt-unknown',
  'resend-too-early': 'problem.resend-too-early',
  'too-many-sends': 'problem.too-many-sends',
  'too-many-tries': 'problem.too-many-tries',
  'proof-of-work-required': 'problem.proof-of-work-required',
  'too-many-documents': 'problem.too-many-documents',
  'amount-not-positive': 'problem.amount-not-positive',
  'amount-below-minimum': 'problem.amount-below-minimum',
  'amount-above-maximum': 'problem.amount-above-maximum',
  'wrong-currency': 'problem.wrong-currency',
  'method-unknown': 'problem.method-unknown',
  'saved-method-unknown': 'problem.saved-method-unknown',
  'consent-outdated': 'problem.consent-outdated',
  'cannot-cancel': 'problem.cannot-cancel',
  'account-unknown': 'problem.account-unknown',
  'no-email': 'problem.no-email',
  'period-backwards': 'problem.period-backwards',
  'period-in-future': 'problem.period-in-future',
  'period-too-long': 'problem.period-too-long',
  'too-many-operations': 'problem.too-many-operations',
  'history-incomplete': 'problem.history-incomplete',
  'idempotency-conflict': 'problem.idempotency-conflict',
  'not-found': 'problem.not-found',
  'not-signed-in': 'problem.not-signed-in',
  'staff-sign-in-wrong': 'problem.staff-sign-in-wrong',
  'not-allowed': 'problem.not-allowed',
  'not-paid': 'problem.not-paid',
  'provider-cannot-refund': 'problem.provider-cannot-refund',
  'refund-not-positive': 'problem.refund-not-positive',
  'refund-above-left': 'problem.refund-above-left',
  'same-person': 'problem.same-person',
  'already-decided': 'problem.already-decided',
  'not-in-review': 'problem.not-in-review',
  'sum-unknown': 'problem.sum-unknown',
  'not-held': 'problem.not-held',
  'capture-above-held': 'problem.capture-above-held',
  'invalid-request': 'problem.invalid-request',
  'too-busy': 'problem.too-busy',
  'temporarily-unavailable': 'problem.temporarily-unavailable',
  internal: 'problem.internal',
};

/** What to tell the customer about an error, by the stable `type` of the problem. */
export function problemText(error: unknown): ProblemText {
  if (error instanceof NoAnswer) return { id: 'problem.no-answer', values: {} };
  if (!(error instanceof Problem)) return { id: 'problem.internal', values: {} };
  const { attemptsLeft, retryAfterSeconds } = error.body;
  const values = {
    attemptsLeft: attemptsLeft ?? 0,
    seconds: retryAfterSeconds ?? 60,
    minutes: Math.ceil((retryAfterSeconds ?? 60) / 60),
  };
  if (error.reason === 'code-wrong' && attemptsLeft === undefined) {
    return { id: 'problem.code-wrong-plain', values };
  }
  return { id: texts[error.reason] ?? 'problem.internal', values };
}
