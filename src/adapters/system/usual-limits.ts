import type { LimitName } from '../../application/ports/limiter.ts';
import { proofMs } from '../../application/ports/proofs-of-work.ts';
import { hour, minute } from '../../domain/time.ts';

/** How many tries each limit allows in its window of milliseconds. */
export const usualLimits: Readonly<
  Record<LimitName, { readonly tries: number; readonly windowMs: number }>
> = {
  'sign-in-login': { tries: 10, windowMs: 15 * minute },
  'sign-in-address': { tries: 100, windowMs: 15 * minute },
  'sms-login': { tries: 6, windowMs: hour },
  // Once, and remembered for longer than the proof is good.
  'work-proof': { tries: 1, windowMs: 2 * proofMs },
  'receipt-check-address': { tries: 10, windowMs: minute },
  'statement-mail': { tries: 5, windowMs: hour },
  'staff-login': { tries: 10, windowMs: 15 * minute },
  'staff-address': { tries: 60, windowMs: 15 * minute },
};
