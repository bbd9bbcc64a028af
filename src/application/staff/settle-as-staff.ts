import type { PaymentId } from '../../domain/ids.ts';
import { decimalText, type Money } from '../../domain/money.ts';
import type { Payment, ReviewEnd } from '../../domain/payment.ts';
import type { Result } from '../../domain/result.ts';
import type { Staff } from '../../domain/staff.ts';
import type { CapturePayment, CapturePaymentRefusal } from '../payments/capture-payment.ts';
import type { ReleasePayment, ReleasePaymentRefusal } from '../payments/release-payment.ts';
import type { ResolveReview, ResolveReviewRefusal } from '../payments/resolve-review.ts';
import type { ActAsStaff, NotAllowed } from './act-as-staff.ts';

/** Somebody decides about money that does not fit, or agrees with who did. */
export const resolveReviewAsStaff =
  (act: ActAsStaff, resolve: ResolveReview) =>
  (
    staff: Staff,
    paymentId: PaymentId,
    as: ReviewEnd,
  ): Promise<Result<Payment, ResolveReviewRefusal | NotAllowed>> =>
    act(staff, { action: 'resolve-review', paymentId, detail: as }, () =>
      resolve({ paymentId, staff: staff.id, as }),
    );
export type ResolveReviewAsStaff = ReturnType<typeof resolveReviewAsStaff>;

/** A cashier takes held money, or a part of it. */
export const capturePaymentAsStaff =
  (act: ActAsStaff, capture: CapturePayment) =>
  (
    staff: Staff,
    paymentId: PaymentId,
    amount: Money,
  ): Promise<Result<Payment, CapturePaymentRefusal | NotAllowed>> => {
    const detail = `${decimalText(amount)} ${amount.currency}`;
    return act(staff, { action: 'capture-payment', paymentId, detail }, () =>
      capture(paymentId, amount),
    );
  };
export type CapturePaymentAsStaff = ReturnType<typeof capturePaymentAsStaff>;

/** A cashier gives held money back. */
export const releasePaymentAsStaff =
  (act: ActAsStaff, release: ReleasePayment) =>
  (
    staff: Staff,
    paymentId: PaymentId,
  ): Promise<Result<Payment, ReleasePaymentRefusal | NotAllowed>> =>
    act(staff, { action: 'release-payment', paymentId, detail: '' }, () => release(paymentId));
export type ReleasePaymentAsStaff = ReturnType<typeof releasePaymentAsStaff>;
