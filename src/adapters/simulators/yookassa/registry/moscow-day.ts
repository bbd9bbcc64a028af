const MOSCOW_MS = 3 * 60 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

/** Whether a moment falls on a day of Moscow; undefined when the text names no day. */
export function withinMoscowDay(day: string): ((ms: number | undefined) => boolean) | undefined {
  const start = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN;
  if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== day) return undefined;
  const from = start - MOSCOW_MS;
  return (ms) => ms !== undefined && ms >= from && ms < from + DAY_MS;
}

/** Writes a moment as registries do: `11.03.2026 12:00:00`, by the clock of Moscow. */
export function moscowTime(ms: number): string {
  const [day = '', time = ''] = new Date(ms + MOSCOW_MS).toISOString().split('T');
  return `${day.split('-').reverse().join('.')} ${time.slice(0, 8)}`;
}
