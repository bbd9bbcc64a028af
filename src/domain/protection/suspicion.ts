import { hour, minute, type Instant } from '../time.ts';

/** How suspicious somebody is. It leaks away with a half-life of an hour. */
export interface Suspicion {
  readonly score: number;
  readonly at: Instant;
}

/**
 * What is done about a suspect, the milder first. `step-up`: prove more, and slower · `tarpit`: answers wait ·
 * `throttle`: a tenth of the usual rate · `quarantine`: nothing any more.
 */
export const measureKinds = ['step-up', 'tarpit', 'throttle', 'quarantine'] as const;
export type MeasureKind = (typeof measureKinds)[number];

/** From which score on a measure is taken. */
export type SuspicionLevels = Readonly<Record<'step-up' | 'throttle' | 'quarantine', number>>;

const halfLifeMs = hour;

export const scoreAt = ({ score, at }: Suspicion, now: Instant): number =>
  score * 2 ** (-Math.max(0, now - at) / halfLifeMs);

/** Adds the weight of something seen. */
export const suspect = (
  before: Suspicion | undefined,
  weight: number,
  now: Instant,
): Suspicion => ({ score: (before === undefined ? 0 : scoreAt(before, now)) + weight, at: now });

/** The measure a score asks for; undefined below all levels. */
export function measureOf(score: number, levels: SuspicionLevels): MeasureKind | undefined {
  if (score >= levels.quarantine) return 'quarantine';
  if (score >= levels.throttle) return 'throttle';
  return score >= levels['step-up'] ? 'step-up' : undefined;
}

const firstBanMs = 10 * minute;
const longestBanMs = 24 * hour;
const jitterShare = 0.1;

/**
 * How long a measure lasts for one who had `before` of them: ten minutes, doubled each time, a day at most.
 * `dice` of 0 to 1 moves it by up to a tenth, so that nobody can wait for the very second.
 */
export function banMs(before: number, dice: number): number {
  const usual = Math.min(longestBanMs, firstBanMs * 2 ** Math.min(before, 20));
  return Math.min(longestBanMs, Math.round(usual * (1 + jitterShare * (2 * dice - 1))));
}
