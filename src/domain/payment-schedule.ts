import type { Payment } from './payment.ts';
import { day, hour, later, minute, second, type Instant } from './time.ts';

/** Pauses before a call whose outcome nobody knows is looked at again: 15 s, 1, 5, 15 min, 1 h, 6 h, then daily. */
const unknownPausesMs = [15 * second, minute, 5 * minute, 15 * minute, hour, 6 * hour, day];
/** A new payment is sent by the page that made it; the worker comes for it after this. */
const pageGraceMs = 5 * second;
/** The first question after the payer left for the provider; later ones are at expiry and after it. */
const firstQuestionMs = 10 * minute;
const afterExpiryMs = [0, hour, day];

/** When somebody should look at a payment that nothing has happened to; undefined for one that is settled. */
export function nextLook(payment: Payment): Instant | undefined {
  const pauseMs = unknownPausesMs[Math.min(payment.attempts, unknownPausesMs.length) - 1];
  switch (payment.state) {
    case 'created':
      return later(payment.updatedAt, pauseMs ?? pageGraceMs);
    case 'initiating':
      return later(payment.updatedAt, pauseMs ?? 15 * second);
    case 'pending': {
      const first = later(payment.createdAt, firstQuestionMs);
      if (payment.updatedAt < first) return first;
      const left = afterExpiryMs.map((ms) => later(payment.expiresAt, ms));
      return left.find((at) => payment.updatedAt < at) ?? later(payment.updatedAt, day);
    }
    default:
      return undefined;
  }
}
