import { minute, second, type Instant } from '../../domain/time.ts';

/** What was counted of one operation by a moment, and what its grant let through then. */
export interface LoadSample {
  readonly at: Instant;
  /** Since the start. */
  readonly passed: number;
  readonly busy: number;
  readonly grantedPerSecond: number;
}

/** How much went on between two samples, in requests a second. */
export interface LoadPoint {
  readonly at: Instant;
  readonly passedPerSecond: number;
  readonly busyPerSecond: number;
  readonly grantedPerSecond: number;
}

export const sampleEveryMs = 5 * second;
export const historyMs = 10 * minute;
/** One more than there are points: a point lies between two samples. */
const samplesLimit = historyMs / sampleEveryMs + 1;

/** Adds a sample; the oldest leave. One that is no later than the newest changes nothing. */
export function addSample(
  samples: readonly LoadSample[],
  sample: LoadSample,
): readonly LoadSample[] {
  const newest = samples.at(-1);
  if (newest !== undefined && sample.at <= newest.at) return samples;
  return [...samples, sample].slice(-samplesLimit);
}

/** The points between samples, the oldest first. */
export const loadPoints = (samples: readonly LoadSample[]): readonly LoadPoint[] =>
  samples.slice(1).flatMap((sample, at) => {
    const before = samples[at];
    if (before === undefined) return [];
    const seconds = (sample.at - before.at) / second;
    return {
      at: sample.at,
      passedPerSecond: (sample.passed - before.passed) / seconds,
      busyPerSecond: (sample.busy - before.busy) / seconds,
      grantedPerSecond: sample.grantedPerSecond,
    };
  });
