const MOSCOW_MS = 3 * 60 * 60_000;

/** Writes a moment with its zone: `2026-03-11T12:00:00+03:00`. */
export function timeText(ms: number): string {
  return `${new Date(ms + MOSCOW_MS).toISOString().slice(0, 19)}+03:00`;
}
