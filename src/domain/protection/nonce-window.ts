import type { Instant } from '../time.ts';

/** `unknowable`: issued before the window began, so nobody remembers whether it came before. */
export type NonceVerdict = 'new' | 'seen' | 'unknowable' | 'full';

/** Remembers which nonces came. Exact: it forgets nothing within its span and never mistakes a new one for an old. */
export interface NonceWindow {
  see(nonce: string, issuedAt: Instant, now: Instant): NonceVerdict;
  /** Takes over from another process, whose memory is not ours: what was issued before is unknowable from then on. */
  beginAgain(now: Instant): void;
}

/** Keys a generation may hold: some 20 MB. */
const generationLimit = 200_000;

/**
 * A window of two generations, swapped every `spanMs`: a nonce is remembered for at least that long, which must
 * cover the longest time a message can be valid, skew of both clocks included.
 */
export function nonceWindow(
  spanMs: number,
  beganAt: Instant,
  limit = generationLimit,
): NonceWindow {
  let newer = new Set<string>();
  let older = new Set<string>();
  let swappedAt: number = beganAt;
  let knownFrom = beganAt;
  return {
    see: (nonce, issuedAt, now) => {
      if (now - swappedAt >= spanMs) {
        older = now - swappedAt >= 2 * spanMs ? new Set() : newer;
        newer = new Set();
        swappedAt = now;
      }
      if (issuedAt < knownFrom) return 'unknowable';
      if (newer.has(nonce) || older.has(nonce)) return 'seen';
      if (newer.size >= limit) return 'full';
      newer.add(nonce);
      return 'new';
    },
    beginAgain: (now) => {
      knownFrom = now;
    },
  };
}
