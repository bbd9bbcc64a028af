import { hour, minute, second } from '../../time.ts';
import type { DetectorCode, Severity } from '../detector.ts';
import type { SuspicionLevels } from '../suspicion.ts';

/** How often within which time is too often. */
export interface Threshold {
  readonly windowMs: number;
  readonly threshold: number;
}

/** Every number the detectors go by. */
export interface DetectionSettings {
  readonly version: number;
  /** Detectors that only count what they find: nobody is told and nothing is done. */
  readonly shadow: readonly DetectorCode[];
  /** Ids that nobody owns and that exist to be stolen. */
  readonly canaries: readonly string[];
  readonly foreignObject: Threshold;
  readonly enumeration: Threshold & {
    readonly inSequence: number;
    readonly failureShare: number;
  };
  readonly manySources: Threshold;
  readonly credentialStuffing: Threshold & {
    readonly bucketMs: number;
    readonly weight: number;
    readonly deviations: number;
    readonly floor: number;
    readonly ratio: number;
    readonly minFailures: number;
    readonly warmUpBuckets: number;
  };
  readonly volume: {
    readonly bucketMs: number;
    readonly weight: number;
    readonly deviations: number;
    readonly floor: number;
    readonly inARow: number;
    readonly minCount: number;
    readonly warmUpBuckets: number;
    readonly floodHints: number;
    readonly perCustomerRatio: number;
    readonly unauthenticatedRatio: number;
    readonly failureRatio: number;
    readonly newSubnetRatio: number;
    readonly topShareRise: number;
    readonly evennessFall: number;
    readonly fingerprintFall: number;
  };
  readonly slowRamp: {
    readonly bucketMs: number;
    readonly weight: number;
    readonly threshold: number;
    readonly drift: number;
    readonly floor: number;
    readonly minCount: number;
    readonly warmUpBuckets: number;
  };
  readonly harvest: {
    /** Operations that fetch documents, beside what the portal gives out itself. */
    readonly operations: readonly string[];
    readonly medianRatio: number;
    readonly quantile: number;
    readonly minADay: number;
    readonly customers: number;
  };
  readonly impossibleSequence: readonly SequenceRule[];
  readonly costHog: {
    readonly bucketMs: number;
    readonly inARow: number;
    readonly ratio: number;
    readonly minCost: number;
  };
  /** How long each must last. */
  readonly lasting: {
    readonly grantExhaustedMs: number;
    readonly grantLateMs: number;
    readonly connectorSilentMs: number;
  };
  readonly clockSkewMs: number;
  readonly suspicion: {
    readonly weights: Readonly<Record<Severity, number>>;
    readonly levels: SuspicionLevels;
  };
  /** What is held back of the grants while too much comes; shares of them, 0 to 1. */
  readonly curb: {
    readonly floodShare: number;
    readonly portalFloodShare: number;
    /** Buckets of `volume` without a sighting after which it ends. */
    readonly holdBuckets: number;
    readonly mostMs: number;
  };
  /** Share of a customer's usual rate that a throttled one keeps. */
  readonly throttle: { readonly perSecond: number; readonly burst: number };
}

/** A step that makes sense only after another one. */
export interface SequenceRule {
  readonly step: string;
  readonly after: readonly string[];
  readonly withinMs: number;
}

/** What holds where nothing else is set. */
export const usualDetection: DetectionSettings = {
  version: 1,
  // A telephone changes its network between password and code now and then: look first how often.
  shadow: ['impossible-sequence'],
  canaries: [],
  foreignObject: { windowMs: 10 * minute, threshold: 3 },
  enumeration: { windowMs: hour, threshold: 20, inSequence: 5, failureShare: 0.6 },
  manySources: { windowMs: 10 * minute, threshold: 5 },
  credentialStuffing: {
    windowMs: hour,
    threshold: 30,
    bucketMs: 10 * second,
    weight: 0.05,
    deviations: 6,
    floor: 0.15,
    ratio: 3,
    minFailures: 20,
    warmUpBuckets: 30,
  },
  volume: {
    bucketMs: 10 * second,
    weight: 0.05,
    deviations: 6,
    floor: 0.15,
    inARow: 2,
    minCount: 50,
    warmUpBuckets: 30,
    floodHints: 2,
    perCustomerRatio: 3,
    unauthenticatedRatio: 2,
    failureRatio: 2,
    newSubnetRatio: 3,
    topShareRise: 0.1,
    evennessFall: 0.1,
    fingerprintFall: 0.1,
  },
  slowRamp: {
    bucketMs: minute,
    weight: 0.05,
    threshold: 20,
    drift: 0.5,
    floor: 0.4,
    minCount: 50,
    warmUpBuckets: 30,
  },
  harvest: {
    operations: [],
    medianRatio: 5,
    quantile: 0.999,
    minADay: 20,
    customers: 1_000_000,
  },
  impossibleSequence: [
    {
      step: 'POST /api/sign-in/code',
      after: ['POST /api/sign-in'],
      withinMs: 30 * minute,
    },
  ],
  costHog: { bucketMs: minute, inARow: 5, ratio: 20, minCost: 60 },
  lasting: {
    grantExhaustedMs: 5 * minute,
    grantLateMs: 0,
    connectorSilentMs: 15 * second,
  },
  clockSkewMs: 5 * second,
  suspicion: {
    weights: { S1: 100, S2: 30, S3: 10, S4: 1 },
    levels: { 'step-up': 30, throttle: 60, quarantine: 100 },
  },
  curb: { floodShare: 0.5, portalFloodShare: 0.8, holdBuckets: 3, mostMs: 15 * minute },
  throttle: { perSecond: 0.2, burst: 2 },
};
