import type { Instant } from '../../domain/time.ts';

/** `2026-11-28 14:03:05` as the clocks of a zone show a moment. */
export function wallTime(at: Instant, timeZone: string): string {
  const known = formats.get(timeZone);
  const format = known ?? new Intl.DateTimeFormat('sv-SE', { timeZone, ...parts });
  if (known === undefined) formats.set(timeZone, format);
  return format.format(at);
}
const parts = { dateStyle: 'short', timeStyle: 'medium' } as const;
const formats = new Map<string, Intl.DateTimeFormat>();

/** `Europe/Moscow (UTC+3)`: the zone by its name, and how far it was from UTC at a moment. */
export function zoneText(at: Instant, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'shortOffset' });
  const found = format.formatToParts(at).find(({ type }) => type === 'timeZoneName');
  return `${timeZone} (${(found?.value ?? 'UTC').replace('GMT', 'UTC')})`;
}
