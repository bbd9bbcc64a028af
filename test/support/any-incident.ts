import fc from 'fast-check';
import { detectorCodes } from '../../src/domain/protection/detector.ts';
import {
  type Act,
  type Incident,
  type IncidentId,
  openIncident,
  type Sighting,
} from '../../src/domain/protection/incident.ts';
import { instant, minute } from '../../src/domain/time.ts';

/** The morning on which the tests of incidents begin. */
export const morning = instant(Date.parse('2026-11-28T09:00:00.000Z'));

export const anySeverity = fc.constantFrom(
  'S1' as const,
  'S2' as const,
  'S3' as const,
  'S4' as const,
);

/** Within minutes, of few detectors and targets, so that incidents grow. */
export const anySighting: fc.Arbitrary<Sighting> = fc.record({
  detector: fc.constantFrom(...detectorCodes.slice(0, 4)),
  target: fc.constantFrom('anna', 'boris', 'subnet'),
  severity: anySeverity,
  evidence: fc.string({ maxLength: 3 }),
  origin: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  at: fc.integer({ min: 0, max: 20 * minute }).map((ms) => instant(morning + ms)),
});

export const anyAct: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ act: fc.constantFrom('acknowledge', 'mitigate', 'resolve', 'expire') }),
  fc.record({
    act: fc.constant('review' as const),
    verdict: fc.constantFrom('true-positive' as const, 'false-positive' as const),
  }),
);

/** An incident of one sighting; all that matters is said in `changes`. */
export const givenIncident = (changes: Partial<Incident> = {}): Incident => {
  const { detector = 'bad-signature', target = 'portal-1', severity = 'S1' } = changes;
  const at = changes.firstAt ?? morning;
  const id = (changes.id ?? `${detector}-${target}`) as IncidentId;
  const incident = openIncident(id, { detector, target, severity, evidence: 'e', at });
  return { ...incident, ...changes };
};
