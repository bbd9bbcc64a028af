import { distinctCount } from '../sketches/distinct-count.ts';
import { heavyHitters } from '../sketches/heavy-hitters.ts';
import type { DetectionSettings } from './settings.ts';
import { timeBuckets } from './time-buckets.ts';
import { nothing, type Detector, type Finding } from './watched.ts';

const hitterLimit = 1_000;
const lookedAt = 20;

/** A customer who costs the inside many times the fair share, minute after minute. */
export function costHogDetector(settings: DetectionSettings['costHog'], seed: number): Detector {
  const { bucketMs, inARow, ratio, minCost } = settings;
  const bucketsEnded = timeBuckets(bucketMs);
  const costs = heavyHitters(hitterLimit);
  let customers = distinctCount(seed);
  let hogs: ReadonlyMap<string, number> = new Map();
  const endBucket = (): readonly Finding[] => {
    const fair = costs.total() / Math.max(1, customers.count());
    const now = costs
      .top(lookedAt)
      .filter(({ count, error }) => count - error > ratio * fair && count - error >= minCost);
    const before = hogs;
    hogs = new Map(now.map(({ key }) => [key, (before.get(key) ?? 0) + 1]));
    costs.clear();
    customers = distinctCount(seed);
    return now
      .filter(({ key }) => hogs.get(key) === inARow)
      .map(({ key, count }) => ({
        detector: 'cost-hog',
        target: key,
        evidence: `costs ${count} a minute, a fair share is ${fair.toFixed(1)}`,
        suspects: [{ kind: 'customer', id: key }],
      }));
  };
  return {
    see: (event) => {
      const ended = bucketsEnded(event.at);
      const found: Finding[] = [];
      for (let bucket = 0; bucket < ended; bucket += 1) found.push(...endBucket());
      if (event.kind !== 'message') return found.length === 0 ? nothing : found;
      const { customer, cost, passage } = event.passing;
      if (passage === 'passed') {
        costs.add(customer, cost);
        customers.add(customer);
      }
      return found;
    },
  };
}
