import { paymentLifetimeMs, type Payment } from './payment.ts';
import type { Refund } from './refund.ts';
import { day, hour, later, minute, second, type Instant } from './time.ts';

/** Pauses before a call whose outcome nobody knows is looked at again: 15 s, 1, 5, 15 min, 1 h, 6 h, then daily. */
const unknownPausesMs = [15 * second, minute, 5 * minute, 15 * minute, hour, 6 * hour, day];
/** A new payment is sent by the page that made it; the worker comes for it after this. */
const pageGraceMs = 5 * second;
/** The first question after the payer left for the provider; later ones are at expiry and after it. */
const firstQuestionMs = 10 * minute;
const afterExpiryMs = [0, hour, day];
/** Held money is looked at this often: a hold that ran out is never told by every provider. */
const holdQuestionMs = 6 * hour;

/** When somebody should look at a payment that nothing has happened to; undefined for one that is settled. */
export function nextLook(payment: Payment): Instant | undefined {
  switch (payment.state) {
    case 'created':
      return later(payment.updatedAt, unknownPause(payment.attempts) ?? pageGraceMs);
    case 'initiating': {
      const paused = later(payment.updatedAt, unknownPause(payment.attempts) ?? 15 * second);
      // The end of the payer's time is not slept through.
      const end = later(payment.createdAt, paymentLifetimeMs);
      return payment.updatedAt < end && end < paused ? end : paused;
    }
    case 'capturing':
    case 'canceling':
      return later(payment.updatedAt, unknownPause(payment.attempts) ?? 15 * second);
    case 'pending': {
      const first = later(payment.createdAt, firstQuestionMs);
      if (payment.updatedAt < first) return first;
      const left = afterExpiryMs.map((ms) => later(payment.expiresAt, ms));
      return left.find((at) => payment.updatedAt < at) ?? later(payment.updatedAt, day);
    }
    case 'authorized':
      return later(payment.updatedAt, holdQuestionMs);
    default:
      return undefined;
  }
}

/** The pause after so many tries of a call whose outcome is unknown; undefined before the first. */
export const unknownPause = (attempts: number): number | undefined =>
  unknownPausesMs[Math.min(attempts, unknownPausesMs.length) - 1];

/** A refund the provider works on is asked about this often. */
const refundQuestionMs = hour;

/** When somebody should look at a refund; undefined for one that waits for people or has ended. */
export function nextRefundLook(refund: Refund): Instant | undefined {
  switch (refund.state) {
    case 'sending':
      // The first call is due at once; the use case that approved it usually makes it itself.
      return later(refund.updatedAt, refund.attempts <= 1 ? pageGraceMs : pauseAfter(refund));
    case 'pending':
      return later(refund.updatedAt, refundQuestionMs);
    default:
      return undefined;
  }
}

const pauseAfter = ({ attempts }: Refund): number => unknownPause(attempts - 1) ?? 15 * second;
