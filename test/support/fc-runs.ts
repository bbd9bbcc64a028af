import fc from 'fast-check';

const runs = Number(process.env['FC_RUNS'] ?? 150);
const seed = process.env['FC_SEED'];

/** How often a law is tried, and from which seed: FC_RUNS and FC_SEED. A failure prints its seed. */
export const fcRuns = {
  numRuns: runs,
  ...(seed === undefined ? {} : { seed: Number(seed) }),
};
/** For laws that are slow to try: a tenth of the runs. */
export const fcFewRuns = { ...fcRuns, numRuns: Math.max(5, Math.round(runs / 10)) };

fc.configureGlobal(fcRuns);
