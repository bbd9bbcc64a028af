import type { ReadHistory } from '../../application/accounts/read-history.ts';
import type { RefreshAccountRefusal } from '../../application/accounts/refresh-account.ts';
import type { CancelPaymentRefusal } from '../../application/payments/cancel-payment.ts';
import type { StartPaymentRefusal } from '../../application/payments/start-payment.ts';
import type { VerifyReceiptRefusal } from '../../application/receipts/verify-receipt.ts';
import type { EnterCodeRefusal } from '../../application/sign-in/enter-code.ts';
import type { ResendCodeRefusal } from '../../application/sign-in/resend-code.ts';
import type { StartSignInRefusal } from '../../application/sign-in/start-sign-in.ts';
import type { ProblemJson } from './contract/problem-json.ts';
import { Problem, retryAfter } from './problem.ts';
import { moneyText } from './to-json.ts';

type HistoryRefusal = Extract<Awaited<ReturnType<ReadHistory>>, { ok: false }>['refusal'];

/** Every refusal a customer can meet. */
export type AnyRefusal =
  | StartSignInRefusal
  | ResendCodeRefusal
  | EnterCodeRefusal
  | HistoryRefusal
  | RefreshAccountRefusal
  | StartPaymentRefusal
  | CancelPaymentRefusal
  | VerifyReceiptRefusal;

/** Every refusal has a status. A new refusal does not compile until it is listed here. */
export const refusalStatus: Readonly<Record<AnyRefusal['reason'], number>> = {
  'too-many-tries': 429,
  'attempt-unknown': 404,
  'too-many-sends': 429,
  'resend-too-early': 429,
  'code-malformed': 422,
  'code-wrong': 422,
  'code-spent': 409,
  'account-unknown': 404,
  'too-busy': 503,
  'amount-not-positive': 422,
  'amount-below-minimum': 422,
  'amount-above-maximum': 422,
  'wrong-currency': 422,
  'method-unknown': 422,
  'idempotency-conflict': 422,
  'cannot-cancel': 409,
  'not-found': 404,
};

/** Says a refusal over HTTP. */
export function refusalProblem(refusal: AnyRefusal): Problem {
  const more: Partial<ProblemJson> = {
    ...('retryAfterMs' in refusal ? retryAfter(refusal.retryAfterMs) : {}),
    ...('attemptsLeft' in refusal ? { attemptsLeft: refusal.attemptsLeft } : {}),
    ...('min' in refusal ? { detail: `the least is ${moneyText(refusal.min)}` } : {}),
    ...('max' in refusal ? { detail: `the most is ${moneyText(refusal.max)}` } : {}),
  };
  return new Problem(refusalStatus[refusal.reason], refusal.reason, more);
}
