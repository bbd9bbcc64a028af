const MOSCOW_MS = 3 * 60 * 60_000;

/** Writes a moment as WebMoney does: `20260311 12:00:00`, Moscow time without saying so. */
export function moscowTime(ms: number): string {
  const text = new Date(ms + MOSCOW_MS).toISOString();
  return `${text.slice(0, 10).replaceAll('-', '')} ${text.slice(11, 19)}`;
}

/** Reads such a moment; undefined when there is no such day or hour. */
export function fromMoscowTime(text: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d) (\d\d:\d\d:\d\d)$/.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, time] = parts;
  const ms = Date.parse(`${year}-${month}-${day}T${time}Z`) - MOSCOW_MS;
  // The 31st of a shorter month would be taken for the next one.
  return Number.isNaN(ms) || moscowTime(ms) !== text ? undefined : ms;
}
