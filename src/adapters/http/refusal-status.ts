import type { ExportOperationsRefusal } from '../../application/accounts/export-operations.ts';
import type { StatementMailRefusal } from '../../application/accounts/order-statement-mail.ts';
import type { ReadHistory } from '../../application/accounts/read-history.ts';
import type { RefreshAccountRefusal } from '../../application/accounts/refresh-account.ts';
import type { AgreeToAutoPay } from '../../application/autopay/agree-to-autopay.ts';
import type { CancelPaymentRefusal } from '../../application/payments/cancel-payment.ts';
import type { StartPaymentRefusal } from '../../application/payments/start-payment.ts';
import type { VerifyReceiptRefusal } from '../../application/receipts/verify-receipt.ts';
import type { EnterCodeRefusal } from '../../application/sign-in/enter-code.ts';
import type { ProveWorkRefusal } from '../../application/sign-in/prove-work.ts';
import type { ResendCodeRefusal } from '../../application/sign-in/resend-code.ts';
import type { StartSignInRefusal } from '../../application/sign-in/start-sign-in.ts';
import type { NotAllowed } from '../../application/staff/act-as-staff.ts';
import type { DecideRefundRefusal } from '../../application/refunds/decide-refund.ts';
import type { RequestRefundRefusal } from '../../application/refunds/request-refund.ts';
import type { CapturePaymentRefusal } from '../../application/payments/capture-payment.ts';
import type { ReleasePaymentRefusal } from '../../application/payments/release-payment.ts';
import type { ResolveReviewRefusal } from '../../application/payments/resolve-review.ts';
import type { SignInStaffRefusal } from '../../application/staff/sign-in-staff.ts';
import type { ProblemJson } from './contract/problem-json.ts';
import { Problem, retryAfter } from './problem.ts';
import { moneyText } from './to-json.ts';

type HistoryRefusal = Extract<Awaited<ReturnType<ReadHistory>>, { ok: false }>['refusal'];

type AutoPayRefusal = Extract<Awaited<ReturnType<AgreeToAutoPay>>, { ok: false }>['refusal'];

/** Every refusal somebody of the staff can meet. */
type StaffRefusal =
  | SignInStaffRefusal
  | NotAllowed
  | RequestRefundRefusal
  | DecideRefundRefusal
  | ResolveReviewRefusal
  | CapturePaymentRefusal
  | ReleasePaymentRefusal;

/** Every refusal anybody can meet. */
export type AnyRefusal =
  | ProveWorkRefusal
  | StartSignInRefusal
  | ResendCodeRefusal
  | EnterCodeRefusal
  | HistoryRefusal
  | StatementMailRefusal
  | ExportOperationsRefusal
  | RefreshAccountRefusal
  | StartPaymentRefusal
  | CancelPaymentRefusal
  | AutoPayRefusal
  | VerifyReceiptRefusal
  | StaffRefusal;

/** Every refusal has a status. A new refusal does not compile until it is listed here. */
export const refusalStatus: Readonly<Record<AnyRefusal['reason'], number>> = {
  'proof-of-work-required': 428,
  'too-many-tries': 429,
  'attempt-unknown': 404,
  'too-many-sends': 429,
  'resend-too-early': 429,
  'code-malformed': 422,
  'code-wrong': 422,
  'code-spent': 409,
  'account-unknown': 404,
  'period-backwards': 422,
  'period-in-future': 422,
  'period-too-long': 422,
  'too-many-operations': 422,
  'no-email': 409,
  'history-incomplete': 503,
  'too-busy': 503,
  'amount-not-positive': 422,
  'amount-below-minimum': 422,
  'amount-above-maximum': 422,
  'wrong-currency': 422,
  'method-unknown': 422,
  'idempotency-conflict': 422,
  'saved-method-unknown': 422,
  'consent-outdated': 409,
  'cannot-cancel': 409,
  'not-found': 404,
  'staff-sign-in-wrong': 422,
  'not-allowed': 403,
  'not-paid': 409,
  'provider-cannot-refund': 409,
  'refund-not-positive': 422,
  'refund-above-left': 422,
  'same-person': 409,
  'already-decided': 409,
  'not-in-review': 409,
  'sum-unknown': 409,
  'not-held': 409,
  'capture-above-held': 422,
};

/** Says a refusal over HTTP. */
export function refusalProblem(refusal: AnyRefusal): Problem {
  const more: Partial<ProblemJson> = {
    ...('retryAfterMs' in refusal ? retryAfter(refusal.retryAfterMs) : {}),
    ...('attemptsLeft' in refusal ? { attemptsLeft: refusal.attemptsLeft } : {}),
    ...('challenge' in refusal ? { challenge: refusal.challenge } : {}),
    ...('min' in refusal ? { detail: `the least is ${moneyText(refusal.min)}` } : {}),
    ...('left' in refusal ? { detail: `no more than ${moneyText(refusal.left)} is left` } : {}),
    ...('held' in refusal ? { detail: `${moneyText(refusal.held)} is held` } : {}),
    ...('mostDays' in refusal
      ? { detail: `a period has at most ${String(refusal.mostDays)} days` }
      : {}),
    ...('most' in refusal
      ? { detail: `a file of this kind has at most ${String(refusal.most)} operations` }
      : {}),
    ...('max' in refusal ? { detail: `the most is ${moneyText(refusal.max)}` } : {}),
  };
  return new Problem(refusalStatus[refusal.reason], refusal.reason, more);
}
