import { later, minute } from '../time.ts';
import type { DetectorCode } from './detector.ts';
import type { Incident } from './incident.ts';
import { isLive } from './incident-moves.ts';

/** Over what time new incidents are counted. */
export const stormWindowMs = 5 * minute;
const stormBegins = 20;
/** It goes on until it is clearly over, not at the same edge. */
const stormEnds = stormBegins / 2;

/** Tells whether there are more new incidents than people can read, given how many were opened within the window. */
export const isStorm = (opened: number, isStormy: boolean): boolean =>
  opened > (isStormy ? stormEnds : stormBegins);

/** What follows from the inside being silent, and is no news beside it. */
const inhibitedBySilence: readonly DetectorCode[] = [
  'flash-crowd',
  'flood',
  'slow-ramp',
  'cost-hog',
  'grant-exhausted',
  'grant-late',
];

/** Tells whether an incident is part of a graver one of these, which is told of instead. */
export const isInhibited = (incident: Incident, others: readonly Incident[]): boolean =>
  others.some(
    (other) =>
      isLive(other.state) &&
      other.id !== incident.id &&
      (other.detector === 'storm'
        ? incident.firstAt >= later(other.openedAt, -stormWindowMs)
        : other.detector === 'connector-silent' && inhibitedBySilence.includes(incident.detector)),
  );

/** Detectors whose live incidents can inhibit others. */
export const inhibitors: readonly DetectorCode[] = ['storm', 'connector-silent'];
