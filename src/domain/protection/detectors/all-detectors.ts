import { attackTextDetector } from './attack-text.ts';
import { canaryDetector } from './canary.ts';
import { costHogDetector } from './cost-hog.ts';
import { credentialStuffingDetector } from './credential-stuffing.ts';
import { enumerationDetector } from './enumeration.ts';
import { foreignObjectDetector } from './foreign-object.ts';
import { harvestDetector } from './harvest.ts';
import { impossibleSequenceDetector } from './impossible-sequence.ts';
import { lastingConditionDetector } from './lasting-condition.ts';
import { manySourcesDetector } from './many-sources.ts';
import type { DetectionSettings } from './settings.ts';
import { slowRampDetector } from './slow-ramp.ts';
import { edgeArrivals, messageArrivals, volumeDetector } from './volume.ts';
import type { Detector } from './watched.ts';

/**
 * Every detector that watches a stream. Forged, repeated and ill-formed messages, dead letters and clocks that
 * disagree need none: one sighting is enough, and it is raised where it is seen.
 */
export const allDetectors = (settings: DetectionSettings, seed: number): readonly Detector[] => [
  canaryDetector(),
  foreignObjectDetector(settings.foreignObject, seed),
  enumerationDetector(settings.enumeration, seed),
  manySourcesDetector(settings.manySources, seed),
  credentialStuffingDetector(settings.credentialStuffing, seed),
  volumeDetector('messages', settings.volume, seed, messageArrivals),
  volumeDetector('requests', settings.volume, seed, edgeArrivals),
  slowRampDetector(settings.slowRamp),
  harvestDetector(settings.harvest),
  impossibleSequenceDetector(settings.impossibleSequence),
  costHogDetector(settings.costHog, seed),
  lastingConditionDetector(settings.lasting),
  attackTextDetector(),
];
