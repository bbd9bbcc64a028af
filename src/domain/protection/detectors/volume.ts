import { type Baseline, deviation, learn, newBaseline } from '../baseline.ts';
import { arrivals, type Arrival, type TrafficShape } from './arrivals.ts';
import { alarm, calm } from './hysteresis.ts';
import type { DetectionSettings } from './settings.ts';
import { timeBuckets } from './time-buckets.ts';
import { nothing, type Detector, type Finding, type Watched } from './watched.ts';

type VolumeSettings = DetectionSettings['volume'];

/** Of a bucket that stands out, so much less is believed: a lasting change becomes usual within hours, not minutes. */
const doubtful = 1 / 20;
/** Shares are never taken for usual below this, or the first failure would be a multiple of nothing. */
const leastShare = 0.02;

const hinted = [
  'perCustomer',
  'unauthenticatedShare',
  'failureShare',
  'newSubnetShare',
  'topShare',
  'evenness',
  'fingerprintEvenness',
] as const;
type Hinted = (typeof hinted)[number];
type Usual = Readonly<Record<'count' | Hinted, Baseline>>;

/**
 * More traffic than usual. Many customers who do what customers do are a flash crowd; traffic that also has another
 * shape in at least two ways is a flood.
 */
export function volumeDetector(
  place: string,
  settings: VolumeSettings,
  seed: number,
  arrivalsOf: (event: Watched) => readonly Arrival[],
): Detector {
  const bucketsEnded = timeBuckets(settings.bucketMs);
  const came = arrivals(seed);
  let usual = nothingUsual;
  let open = calm;
  let kind: 'flood' | 'flash-crowd' = 'flash-crowd';

  const endBucket = (): readonly Finding[] => {
    const shape = came.take();
    const excess = shape.count - usual.count.mean;
    const most = settings.deviations * deviation(usual.count, settings.floor);
    const isKnown = usual.count.samples >= settings.warmUpBuckets;
    const counted = isKnown && shape.count >= settings.minCount ? excess : 0;
    const { state, change } = alarm(open, counted, most, settings.inARow);
    open = state;
    const before = usual;
    const isDoubtful = open.isOpen || open.highWindows > 0;
    usual = learnAll(before, shape, isDoubtful, settings);
    if (change !== 'opened' && change !== 'lasts') return nothing;
    const hints = hintsOf(shape, before, settings);
    // While it dies away there is nothing to tell by; it stays what it was.
    const isHigh = open.highWindows > 0;
    if (isHigh) kind = hints.length >= settings.floodHints ? 'flood' : 'flash-crowd';
    return [
      {
        detector: kind,
        target: place,
        evidence: `${shape.count} in ${settings.bucketMs / 1_000} s, usual ${before.count.mean.toFixed(0)}; ${hints.join(', ') || 'of the usual kind'}`,
        suspects: [],
      },
    ];
  };
  return {
    see: (event) => {
      const ended = bucketsEnded(event.at);
      const found: Finding[] = [];
      for (let bucket = 0; bucket < ended; bucket += 1) found.push(...endBucket());
      for (const arrival of arrivalsOf(event)) came.add(arrival);
      if (event.kind === 'edge') came.addFingerprints(event.fingerprintEvenness);
      return found;
    },
  };
}

/** Messages at the gateway, each of a customer. */
export const messageArrivals = (event: Watched): readonly Arrival[] => {
  if (event.kind !== 'message') return [];
  const { customer, subnet, passage } = event.passing;
  const failed = passage === 'refused' ? 1 : 0;
  return [{ at: event.at, count: 1, who: customer, subnet, unauthenticated: 0, failed }];
};

/** Requests at the portal, by network. */
export const edgeArrivals = (event: Watched): readonly Arrival[] =>
  event.kind === 'edge'
    ? event.rows.map(({ subnet, requests, unauthenticated, refused }) => ({
        at: event.at,
        count: requests,
        who: subnet,
        subnet,
        unauthenticated,
        failed: refused,
      }))
    : [];

const nothingUsual: Usual = {
  count: newBaseline,
  perCustomer: newBaseline,
  unauthenticatedShare: newBaseline,
  failureShare: newBaseline,
  newSubnetShare: newBaseline,
  topShare: newBaseline,
  evenness: newBaseline,
  fingerprintEvenness: newBaseline,
};

const learnAll = (
  usual: Usual,
  shape: TrafficShape,
  isDoubtful: boolean,
  { weight, floor }: VolumeSettings,
): Usual => {
  const pace = { weight: isDoubtful ? weight * doubtful : weight, floor };
  const next: Record<'count' | Hinted, Baseline> = { ...usual };
  next.count = learn(usual.count, shape.count, pace);
  // An empty bucket has no shape.
  if (shape.count > 0)
    for (const hint of hinted) next[hint] = learn(usual[hint], shape[hint], pace);
  return next;
};

/** In which ways the traffic has another shape than usual. */
const hintsOf = (shape: TrafficShape, usual: Usual, settings: VolumeSettings): string[] => {
  const isTimes = (hint: Hinted, ratio: number): boolean =>
    shape[hint] > ratio * Math.max(leastShare, usual[hint].mean);
  const rose = (hint: Hinted): number => shape[hint] - usual[hint].mean;
  const hints: readonly (readonly [string, boolean])[] = [
    ['requests per customer', isTimes('perCustomer', settings.perCustomerRatio)],
    ['not signed in', isTimes('unauthenticatedShare', settings.unauthenticatedRatio)],
    ['failures', isTimes('failureShare', settings.failureRatio)],
    ['never-seen networks', isTimes('newSubnetShare', settings.newSubnetRatio)],
    [
      'a few have most',
      rose('topShare') > settings.topShareRise || rose('evenness') < -settings.evennessFall,
    ],
    ['same fingerprints', rose('fingerprintEvenness') < -settings.fingerprintFall],
  ];
  return hints.filter(([, holds]) => holds).map(([hint]) => hint);
};
