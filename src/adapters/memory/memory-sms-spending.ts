import type { SmsSpending } from '../../application/ports/sms-spending.ts';
import type { CalendarDay } from '../../domain/time.ts';

/** The sums of days in a map. */
export class MemorySmsSpending implements SmsSpending {
  readonly taken = new Map<CalendarDay, number>();

  take(day: CalendarDay, segments: number, limit: number): Promise<boolean> {
    const sum = (this.taken.get(day) ?? 0) + segments;
    if (sum <= limit) this.taken.set(day, sum);
    return Promise.resolve(sum <= limit);
  }

  giveBack(day: CalendarDay, segments: number): Promise<void> {
    this.taken.set(day, Math.max(0, (this.taken.get(day) ?? 0) - segments));
    return Promise.resolve();
  }
}
