import assert from 'node:assert/strict';
import fc from 'fast-check';
import { detectorCodes, usualSeverity } from '../../../src/domain/protection/detector.ts';
import {
  incidentKey,
  noteSighting,
  type Incident,
  type Sighting,
} from '../../../src/domain/protection/incident.ts';
import { anyInstant, anyText } from '../../support/any.ts';

const anySighting: fc.Arbitrary<Sighting> = fc.record({
  detector: fc.constantFrom(...detectorCodes),
  target: anyText,
  severity: fc.constantFrom('S1', 'S2', 'S3', 'S4'),
  evidence: anyText,
  at: anyInstant,
});

describe('an incident', () => {
  it('is opened by the first sighting and keeps its evidence', () => {
    fc.assert(
      fc.property(anySighting, (sighting) => {
        const incident = noteSighting(undefined, sighting);
        const { detector, target, evidence, at } = sighting;
        assert.equal(incident.key, incidentKey(sighting));
        assert.deepEqual(
          [incident.detector, incident.target, incident.evidence, incident.firstAt],
          [detector, target, evidence, at],
        );
        assert.deepEqual([incident.state, incident.sightings, incident.lastAt], ['open', 1, at]);
      }),
    );
  });

  it('counts every further sighting while it is open', () => {
    fc.assert(
      fc.property(anySighting, fc.array(anyInstant, { maxLength: 20 }), (first, moments) => {
        const incident = moments.reduce<Incident>(
          (open, at) => noteSighting(open, { ...first, at, evidence: 'more' }),
          noteSighting(undefined, first),
        );
        assert.equal(incident.sightings, moments.length + 1);
        assert.equal(incident.firstAt, first.at);
        assert.equal(incident.lastAt, moments.at(-1) ?? first.at);
        assert.equal(incident.evidence, first.evidence);
      }),
    );
  });

  it('that was resolved begins anew with the next sighting', () => {
    fc.assert(
      fc.property(anySighting, anySighting, (first, again) => {
        const resolved: Incident = { ...noteSighting(undefined, first), state: 'resolved' };
        assert.deepEqual(noteSighting(resolved, again), noteSighting(undefined, again));
      }),
    );
  });

  it('is as grave as the sighting that opened it', () => {
    fc.assert(
      fc.property(anySighting, (sighting) => {
        assert.equal(noteSighting(undefined, sighting).severity, sighting.severity);
      }),
    );
  });

  it('is gravest where somebody forges or repeats messages', () => {
    const { 'bad-signature': forged, replay, 'foreign-object': foreign } = usualSeverity;
    assert.deepEqual([forged, replay, foreign], ['S1', 'S1', 'S3']);
  });
});
