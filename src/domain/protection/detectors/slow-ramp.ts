import { deviationsAbove, learn, newBaseline } from '../baseline.ts';
import { addDeviation } from '../cumulative-sum.ts';
import { alarm, calm } from './hysteresis.ts';
import type { DetectionSettings } from './settings.ts';
import { timeBuckets } from './time-buckets.ts';
import { nothing, type Detector, type Finding } from './watched.ts';

/** Traffic that rises too slowly to stand out and still adds up. */
export function slowRampDetector(settings: DetectionSettings['slowRamp']): Detector {
  const { bucketMs, threshold, drift, floor, weight } = settings;
  const bucketsEnded = timeBuckets(bucketMs);
  let usual = newBaseline;
  let count = 0;
  let sum = 0;
  let open = calm;
  const endBucket = (): readonly Finding[] => {
    const came = count;
    count = 0;
    const above = deviationsAbove(usual, came, floor);
    const isKnown = usual.samples >= settings.warmUpBuckets && came >= settings.minCount;
    // What is over its threshold need not grow without end: it would take as long to fall again.
    sum = isKnown ? Math.min(addDeviation(sum, above, drift), 2 * threshold) : 0;
    usual = learn(usual, came, { weight, floor });
    const { state, change } = alarm(open, sum, threshold);
    open = state;
    if (change !== 'opened') return nothing;
    const evidence = `${came} a minute after a slow rise, usual ${usual.mean.toFixed(0)}`;
    return [{ detector: 'slow-ramp', target: 'messages', evidence, suspects: [] }];
  };
  return {
    see: (event) => {
      const ended = bucketsEnded(event.at);
      const found: Finding[] = [];
      for (let bucket = 0; bucket < ended; bucket += 1) found.push(...endBucket());
      if (event.kind === 'message') count += 1;
      return found;
    },
  };
}
