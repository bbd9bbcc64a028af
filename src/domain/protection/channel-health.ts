import { later, minute, second, type Instant } from '../time.ts';

/** How a channel has done lately. */
export interface ChannelHealth {
  /** Failures in a row. */
  readonly failures: number;
  /** Not tried before. */
  readonly restsUntil: Instant | undefined;
}

const failuresToRest = 3;
const firstBackOffMs = 5 * second;
const lastBackOffMs = 15 * minute;

export const isResting = (health: ChannelHealth | undefined, now: Instant): boolean =>
  health?.restsUntil !== undefined && now < health.restsUntil;

/** Counts a failure; after several in a row the channel rests, then longer and longer. `chance` in [0, 1). */
export function failedAgain(
  health: ChannelHealth | undefined,
  now: Instant,
  chance: number,
): ChannelHealth {
  const failures = (health?.failures ?? 0) + 1;
  const rests = failures - failuresToRest;
  return {
    failures,
    restsUntil: rests < 0 ? undefined : later(now, backOffMs(rests, chance)),
  };
}

/** How long to wait after so many attempts: 5 s, doubled each time up to 15 min, and up to a fifth less by chance. */
export const backOffMs = (attempts: number, chance: number): number =>
  Math.round(
    Math.min(lastBackOffMs, firstBackOffMs * 2 ** Math.min(attempts, 20)) * (1 - chance / 5),
  );
