import type { Instant } from '../time.ts';
import { type Grant, type GrantMode, type Lane, type Limits, limitsOf } from './grant.ts';

/** Why less passes than is granted: too much comes. */
export type Surge = 'flash-crowd' | 'flood';

/**
 * What the gateway holds back by itself. It only ever takes away from what the inside granted: queries of the lane `lo`
 * are shed, those of the lane `hi` keep a share, commands keep everything.
 */
export interface Curb {
  readonly because: Surge;
  /** Of the granted limits, 0 to 1, for the lane `hi`. */
  readonly share: number;
  readonly since: Instant;
  /** It ends by then whatever comes; earlier when nothing more is seen. */
  readonly until: Instant;
  /** What was seen last. */
  readonly evidence: string;
}

/** The mode in force: the inside's, or the curb's where that is stricter. */
export const modeUnder = (mode: GrantMode, curb: Curb | undefined): GrantMode =>
  curb !== undefined && mode === 'open' ? 'throttle' : mode;

/** The limits in force for a lane. They are never above the granted ones. */
export function limitsUnder(
  grant: Grant,
  curb: Curb | undefined,
  lane: Lane,
  now: Instant,
): Limits {
  const granted = limitsOf(grant, now);
  if (curb === undefined || lane === 'command' || curb.share >= 1) return granted;
  const { rate, concurrency } = granted;
  if (rate.perSecond <= 0) return granted;
  const share = Math.max(0, curb.share);
  // A share of the inside's grant, not of the safe limits: those are a small part of it already.
  const perSecond = Math.min(rate.perSecond, grant.rate.perSecond * share);
  const burst = Math.max(grant.cost, rate.burst * (perSecond / rate.perSecond));
  return {
    // Less than one request at once would let none pass at all.
    rate: { perSecond, burst: Math.min(rate.burst, burst) },
    concurrency: Math.min(concurrency, Math.max(1, Math.floor(grant.concurrency * share))),
  };
}
