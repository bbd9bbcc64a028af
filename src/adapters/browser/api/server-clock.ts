let aheadMs = 0;

/** Learns from an answer's `Date` how far the server's clock is ahead of this device's. */
export function noteServerDate(date: string | null, now: number): void {
  const serverMs = Date.parse(date ?? '');
  if (!Number.isNaN(serverMs)) aheadMs = serverMs - now;
}

/** The server's time in milliseconds: countdowns hold even on a phone whose clock is wrong. */
export function serverNow(): number {
  // Dates in answers are cut to the second; less than a second of difference means nothing.
  return Date.now() + (Math.abs(aheadMs) < 1_500 ? 0 : aheadMs);
}
