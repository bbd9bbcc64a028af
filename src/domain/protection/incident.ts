import type { Instant } from '../time.ts';
import type { DetectorCode, Severity } from './detector.ts';

/** What one detector saw once. */
export interface Sighting {
  readonly detector: DetectorCode;
  /** What was aimed at or came from: a source, a customer. */
  readonly target: string;
  readonly severity: Severity;
  readonly evidence: string;
  readonly at: Instant;
}

/** Something people have to look at. Sightings of one detector and target belong to one incident. */
export interface Incident {
  readonly key: string;
  readonly detector: DetectorCode;
  readonly target: string;
  readonly severity: Severity;
  readonly state: 'open' | 'resolved';
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly sightings: number;
  readonly evidence: string;
}

export const incidentKey = (sighting: Sighting): string =>
  `${sighting.detector}:${sighting.target}`;

/** Opens an incident, or adds the sighting to the one that is open on the same key. */
export function noteSighting(open: Incident | undefined, sighting: Sighting): Incident {
  if (open?.state === 'open') {
    return { ...open, lastAt: sighting.at, sightings: open.sightings + 1 };
  }
  const { detector, target, severity, evidence, at } = sighting;
  const key = incidentKey(sighting);
  return {
    key,
    detector,
    target,
    severity,
    state: 'open',
    firstAt: at,
    lastAt: at,
    sightings: 1,
    evidence,
  };
}
