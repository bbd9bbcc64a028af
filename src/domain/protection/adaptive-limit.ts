import type { Instant } from '../time.ts';

/** How one request ended. `overloaded`: the inside said BUSY, or nothing · `unknown`: not its fault, it says nothing. */
export type Experience =
  | { readonly ended: 'answered'; readonly tookMs: number }
  | { readonly ended: 'overloaded' }
  | { readonly ended: 'unknown' };

/**
 * A limit of requests under way that guards the inside below its grant: additive increase, multiplicative decrease
 * (Chiu and Jain 1989). It goes by refusals and silence alone, never by slowness: the grant says exactly how many
 * the inside takes at once, and a slow one that still answers gets more done with all of its places filled.
 */
export interface AdaptiveLimit {
  readonly limit: number;
  /** When it was last lowered. */
  readonly loweredAt: Instant | undefined;
  /** How long the inside usually takes: a moving average in milliseconds. */
  readonly usualMs: number;
}

const lowerTo = 0.8;
/** Weight of the newest answer in the average. */
const newest = 0.1;
/** Guessed until something was answered. */
const firstUsualMs = 100;

export const limitAtCap: AdaptiveLimit = {
  limit: Number.MAX_SAFE_INTEGER,
  loweredAt: undefined,
  usualMs: firstUsualMs,
};

/** Learns from one request. The limit stays between 1 and `cap`, and falls at most once in the usual time of an answer. */
export function adapt(
  held: AdaptiveLimit,
  cap: number,
  experience: Experience,
  now: Instant,
): AdaptiveLimit {
  const limit = Math.max(1, Math.min(held.limit, cap));
  switch (experience.ended) {
    case 'answered': {
      const usualMs = held.usualMs + newest * (experience.tookMs - held.usualMs);
      return { ...held, usualMs, limit: Math.min(Math.max(1, cap), limit + 1 / limit) };
    }
    case 'overloaded': {
      const isSoon = held.loweredAt !== undefined && now - held.loweredAt < held.usualMs;
      if (isSoon) return { ...held, limit };
      return { ...held, limit: Math.max(1, limit * lowerTo), loweredAt: now };
    }
    case 'unknown':
      return held;
  }
}
