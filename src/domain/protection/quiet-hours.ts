import { day, later, minute, type Instant } from '../time.ts';
import type { Severity } from './detector.ts';

/** A part of every day, in minutes since midnight of a zone; `to` before `from` means over midnight. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
  /** IANA name. */
  readonly zone: string;
}

/** When what is due now may be told: the gravest at once, the rest not before the quiet hours end. */
export function tellableAt(
  severity: Severity,
  quiet: QuietHours | undefined,
  now: Instant,
): Instant {
  if (severity === 'S1' || quiet === undefined) return now;
  const at = minutesOfDay(quiet.zone, now);
  const isQuiet =
    quiet.from <= quiet.to ? at >= quiet.from && at < quiet.to : at >= quiet.from || at < quiet.to;
  if (!isQuiet) return now;
  const waitMs = ((quiet.to - at + 1_440) % 1_440) * minute;
  // Whole minutes: where the clocks change in the night it is an hour off, once.
  return later(now, Math.min(waitMs, day) - (now % minute));
}

function minutesOfDay(zone: string, at: Instant): number {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  formats.set(zone, format);
  const [hours = '0', minutes = '0'] = format.format(at).split(':');
  return Number(hours) * 60 + Number(minutes);
}
/** A format costs a hundred times what it writes. */
const formats = new Map<string, Intl.DateTimeFormat>();
