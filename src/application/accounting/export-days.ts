import { dayBefore, dayIn, hour, instant, nextDay, type CalendarDay } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { ExportShelf, WritePiece } from '../ports/export-shelf.ts';

/** A file that another program gets every day. */
export interface PlannedExport {
  readonly name: string;
  /** Writes one day; answers false where there is nothing to tell of it yet. */
  readonly fill: (day: CalendarDay, write: WritePiece) => Promise<boolean>;
}
export interface ExportedDay {
  readonly name: string;
  readonly day: CalendarDay;
}

/** A day is written an hour after its end: what was on its way at midnight is in it. */
const restHours = 1;
/** After a long silence the days come back month by month, so that the rest of the work goes on. */
const mostDays = 31;

/**
 * Writes every whole day that is still missing under each name: yesterday at first, and after a silence all days since
 * the last one, in their order. An export that fails stays due and keeps no other from being written; the errors are
 * thrown together at the end.
 */
export const exportDays =
  (plan: readonly PlannedExport[], shelf: ExportShelf, zone: string, clock: Clock) =>
  async (): Promise<readonly ExportedDay[]> => {
    const last = dayBefore(dayIn(zone, instant(clock.now() - restHours * hour)));
    const done: ExportedDay[] = [];
    const failed: unknown[] = [];
    const writeDue = async ({ name, fill }: PlannedExport): Promise<void> => {
      for (const day of dueDays(await shelf.newest(name), last)) {
        await shelf.put(name, day, (write) => fill(day, write));
        done.push({ name, day });
      }
    };
    for (const one of plan) {
      const [ended] = await Promise.allSettled([writeDue(one)]);
      if (ended.status === 'rejected') failed.push(ended.reason);
    }
    if (failed.length > 0) throw new AggregateError(failed, 'not every export could be written');
    return done;
  };
export type ExportDays = ReturnType<typeof exportDays>;

function dueDays(newest: CalendarDay | undefined, last: CalendarDay): readonly CalendarDay[] {
  const days: CalendarDay[] = [];
  let day = newest === undefined ? last : nextDay(newest);
  while (day <= last && days.length < mostDays) {
    days.push(day);
    day = nextDay(day);
  }
  return days;
}
