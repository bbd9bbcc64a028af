/** What is usual of a figure: a mean and spread that forget slowly (exponentially weighted). */
export interface Baseline {
  readonly mean: number;
  readonly variance: number;
  readonly samples: number;
}

export interface BaselinePace {
  /** How much of a new value is believed, 0 to 1. */
  readonly weight: number;
  /** The spread is never taken for less than this share of the mean. */
  readonly floor: number;
}

/** Values further above the mean than so many deviations are cut back to that before they teach. */
const clipDeviations = 3;

export const newBaseline: Baseline = { mean: 0, variance: 0, samples: 0 };

export const deviation = ({ mean, variance }: Baseline, floor: number): number =>
  Math.max(Math.sqrt(variance), floor * mean, Number.EPSILON);

/**
 * Learns a value, winsorised: whatever comes, the mean rises by at most `weight × 3` deviations. The first values
 * count in full, for nothing is known yet.
 */
export function learn(baseline: Baseline, value: number, pace: BaselinePace): Baseline {
  const { mean, variance, samples } = baseline;
  if (samples === 0) return { mean: value, variance: 0, samples: 1 };
  const most = mean + clipDeviations * deviation(baseline, pace.floor);
  const believed = mean > 0 ? Math.min(value, most) : value;
  const weight = Math.max(pace.weight, 1 / (samples + 1));
  const off = believed - mean;
  return {
    mean: mean + weight * off,
    variance: (1 - weight) * (variance + weight * off * off),
    samples: samples + 1,
  };
}

/** How many deviations a value lies above what is usual; below zero where it lies under it. */
export const deviationsAbove = (baseline: Baseline, value: number, floor: number): number =>
  (value - baseline.mean) / deviation(baseline, floor);
