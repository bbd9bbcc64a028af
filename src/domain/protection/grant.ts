import type { Instant } from '../time.ts';
import type { Rate } from './rate.ts';

/** How a message reached us: a query somebody waits for, one that may be shed first, or a command. */
export type Lane = 'hi' | 'lo' | 'command';

/**
 * `throttle`: queries of the lane `lo` are shed · `drain`: no new queries, commands go on, so that queues run empty ·
 * `closed`: nothing passes; commands wait where they are.
 */
export const grantModes = ['open', 'throttle', 'drain', 'closed'] as const;
export type GrantMode = (typeof grantModes)[number];

export interface Limits {
  /** In cost per second. */
  readonly rate: Rate;
  /** Requests under way at once. */
  readonly concurrency: number;
}

/** What the inside lets through of one operation, until it says otherwise. */
export interface Grant extends Limits {
  readonly operation: string;
  /** Grows with every grant: an older one never replaces a newer. */
  readonly seq: number;
  /** What one request costs the inside, in the unit of the rates. */
  readonly cost: number;
  readonly mode: GrantMode;
  /** Most that one customer may take. */
  readonly customer: Rate;
  readonly expiresAt: Instant;
  /** What holds once the grant ran out: the inside may be in trouble. */
  readonly safe: Limits;
}

/** The limits in force now: the granted ones, or the safe ones after expiry. */
export const limitsOf = (grant: Grant, now: Instant): Limits =>
  now < grant.expiresAt ? grant : grant.safe;

/** Which of two grants holds. */
export const newerGrant = (held: Grant | undefined, offered: Grant): Grant =>
  held === undefined || offered.seq > held.seq ? offered : held;

/** Whether anything of a lane may pass at all. */
export const isOpenFor = ({ mode }: Pick<Grant, 'mode'>, lane: Lane): boolean => {
  switch (mode) {
    case 'open':
      return true;
    case 'throttle':
      return lane !== 'lo';
    case 'drain':
      return lane === 'command';
    case 'closed':
      return false;
  }
};
