/**
 * One step of the cumulative sum (Page 1954): what lies above the usual by more than `drift` deviations adds up,
 * what lies below it is paid back. A slow rise that never stands out shows in the end.
 */
export const addDeviation = (sum: number, deviations: number, drift: number): number =>
  Math.max(0, sum + deviations - drift);
