import type { CalendarDay } from '../../domain/time.ts';

/**
 * How many short messages left on a day. Promises, proved by test/contracts/sms-spending.test.ts: whoever takes at the
 * same time, in whatever program, a day's sum never exceeds the limit. Throws Outage when nobody knows.
 */
export interface SmsSpending {
  /** Takes so many of a day, or none and answers false where they would be more than the limit. */
  take(day: CalendarDay, segments: number, limit: number): Promise<boolean>;
  /** Gives back what did not leave after all. */
  giveBack(day: CalendarDay, segments: number): Promise<void>;
}
