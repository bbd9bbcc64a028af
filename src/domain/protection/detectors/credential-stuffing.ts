import type { Instant } from '../../time.ts';
import { deviationsAbove, learn, newBaseline } from '../baseline.ts';
import { slidingDistinct } from '../sketches/sliding-distinct.ts';
import { alarm, calm } from './hysteresis.ts';
import { recentKeys } from './recent-keys.ts';
import type { DetectionSettings } from './settings.ts';
import { timeBuckets } from './time-buckets.ts';
import { nothing, type Detector, type Finding } from './watched.ts';

const keyLimit = 20_000;
/** Of a bucket that stands out, so much less is believed than of a usual one. */
const doubtful = 1 / 20;
/** A share of failures is never taken for less than this. */
const leastRatio = 0.05;

/**
 * Stolen passwords are tried out: failed sign-ins rise far above the usual, and single networks try many accounts or
 * the share of failures everywhere is a multiple of the usual.
 */
export function credentialStuffingDetector(
  settings: DetectionSettings['credentialStuffing'],
  seed: number,
): Detector {
  const { windowMs, threshold, deviations, floor, minFailures } = settings;
  const networks = recentKeys(keyLimit, windowMs, () => slidingDistinct(windowMs, seed));
  const bucketsEnded = timeBuckets(settings.bucketMs);
  let failures = newBaseline;
  let ratios = newBaseline;
  let count = { tries: 0, failed: 0 };
  let open = calm;

  const crowded = (now: Instant): string[] =>
    [...networks.entries()]
      .filter(([, accounts]) => accounts.count(now) > threshold)
      .map(([subnet]) => subnet);
  const endBucket = (now: Instant): readonly Finding[] => {
    const { tries, failed } = count;
    count = { tries: 0, failed: 0 };
    const above = deviationsAbove(failures, failed, floor);
    const ratio = tries === 0 ? 0 : failed / tries;
    const usualRatio = Math.max(leastRatio, ratios.mean);
    const isKnown = failures.samples >= settings.warmUpBuckets && failed >= minFailures;
    const from = isKnown ? crowded(now) : [];
    const isStuffing =
      isKnown && ((above > deviations && from.length > 0) || ratio > settings.ratio * usualRatio);
    const { state, change } = alarm(open, isStuffing ? 2 : 0, 1);
    open = state;
    const weight = settings.weight * (isStuffing || open.isOpen ? doubtful : 1);
    failures = learn(failures, failed, { weight, floor });
    if (tries > 0) ratios = learn(ratios, ratio, { weight, floor });
    if (!isStuffing || change === 'closed') return nothing;
    return [
      {
        detector: 'credential-stuffing',
        target: 'sign-in',
        evidence: `${failed} of ${tries} sign-ins failed, usual ${failures.mean.toFixed(1)}; ${from.length} networks with more than ${threshold} accounts`,
        suspects: from.map((id) => ({ kind: 'subnet', id })),
        measure: 'tarpit',
      },
    ];
  };
  return {
    see: (event) => {
      const ended = bucketsEnded(event.at);
      const found: Finding[] = [];
      for (let bucket = 0; bucket < ended; bucket += 1) found.push(...endBucket(event.at));
      if (event.kind === 'tick') networks.forgetIdle(event.at);
      if (event.kind !== 'edge') return found;
      for (const { subnet, tries } of event.rows) {
        for (const { subject, failed } of tries) {
          count.tries += 1;
          if (!failed) continue;
          count.failed += 1;
          networks.of(subnet, event.at).add(subject, event.at);
        }
      }
      return found;
    },
  };
}
