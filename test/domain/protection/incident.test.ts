import assert from 'node:assert/strict';
import fc from 'fast-check';
import { usualSeverity } from '../../../src/domain/protection/detector.ts';
import {
  actOn,
  addSighting,
  continues,
  type Incident,
  type IncidentId,
  incidentKey,
  noteSightings,
  openIncident,
  type Sighting,
} from '../../../src/domain/protection/incident.ts';
import {
  incidentMoves,
  incidentStates,
  isLegalMove,
  isLive,
} from '../../../src/domain/protection/incident-moves.ts';
import {
  acknowledgedMs,
  actOfTime,
  nextActAt,
  quietMs,
} from '../../../src/domain/protection/incident-time.ts';
import { day, hour, later, minute } from '../../../src/domain/time.ts';
import { anyAct, anySighting, givenIncident, morning } from '../../support/any-incident.ts';
import '../../support/fc-runs.ts';

const id = 'one' as IncidentId;
const must = (incident: Incident, ...args: [Parameters<typeof actOn>[1], number]): Incident => {
  const [act, ms] = args;
  const moved = actOn(incident, act, 'staff', later(morning, ms));
  assert.ok(moved.ok, JSON.stringify(moved));
  return moved.value;
};

describe('an incident', () => {
  it('is opened by the first sighting and keeps its evidence', () => {
    fc.assert(
      fc.property(anySighting, (sighting) => {
        const incident = openIncident(id, sighting);
        const { detector, target, evidence, at, severity } = sighting;
        assert.equal(incident.key, incidentKey(sighting));
        assert.deepEqual(
          [incident.detector, incident.target, incident.evidence, incident.firstAt],
          [detector, target, evidence, at],
        );
        assert.deepEqual([incident.state, incident.sightings, incident.lastAt], ['open', 1, at]);
        assert.equal(incident.severity, severity);
      }),
    );
  });

  it('is the same in whatever order its sightings come', () => {
    const incidentsOf = (sightings: readonly Sighting[]) => {
      const byKey = new Map<string, Incident>();
      for (const sighting of sightings) {
        const key = incidentKey(sighting);
        byKey.set(key, noteSightings(byKey.get(key), key as IncidentId, [sighting]).incident);
      }
      return new Map([...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1)));
    };
    const orders = fc
      .array(anySighting, { minLength: 1, maxLength: 30 })
      .chain((sightings) =>
        fc.tuple(
          fc.constant(sightings),
          fc.shuffledSubarray(sightings, { minLength: sightings.length }),
        ),
      );

    fc.assert(
      fc.property(orders, ([one, other]) => {
        assert.deepEqual(incidentsOf(other), incidentsOf(one));
      }),
    );
  });

  it('is the same whether sightings are added one by one or together', () => {
    const sameKey = fc
      .array(anySighting, { minLength: 1, maxLength: 20 })
      .map((sightings) =>
        sightings.map((sighting) => ({ ...sighting, detector: 'canary', target: 'x' }) as const),
      );
    fc.assert(
      fc.property(sameKey, (sightings) => {
        const [first, ...more] = sightings;
        const together = noteSightings(undefined, id, [first!, ...more]);
        assert.deepEqual(together.left, []);
        assert.deepEqual(together.incident, more.reduce(addSighting, openIncident(id, first!)));
      }),
    );
  });

  it('counts every sighting, and is as grave as the gravest', () => {
    fc.assert(
      fc.property(fc.array(anySighting, { minLength: 1 }), (sightings) => {
        const [first, ...more] = sightings;
        const incident = more.reduce(addSighting, openIncident(id, first!));
        assert.equal(incident.sightings, sightings.length);
        assert.equal(incident.severity, sightings.map(({ severity }) => severity).toSorted()[0]);
        assert.equal(incident.lastAt, Math.max(...sightings.map(({ at }) => at)));
        assert.equal(incident.firstAt, Math.min(...sightings.map(({ at }) => at)));
      }),
    );
  });

  it('makes only the moves of the table, whatever is done to it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyAct, fc.nat(5 * hour)), { maxLength: 30 }), (acts) => {
        let incident = givenIncident();
        for (const [act, ms] of acts) {
          const moved = actOn(incident, act, 'staff', later(morning, ms));
          if (!moved.ok) continue;
          const { state, verdict, openings, revision } = moved.value;
          if (state !== incident.state) assert.ok(isLegalMove(incident.state, state));
          assert.equal(verdict !== undefined, state === 'reviewed');
          assert.equal(
            openings - incident.openings,
            Number(state === 'open' && incident.state !== 'open'),
          );
          assert.equal(revision > incident.revision, moved.value !== incident);
          incident = moved.value;
        }
      }),
    );
  });

  it('reaches every state, and is live in the first three', () => {
    for (const state of incidentStates.slice(1)) {
      assert.ok(
        incidentMoves.some(({ to, because }) => to === state && because !== ''),
        state,
      );
    }
    assert.deepEqual(incidentStates.filter(isLive), ['open', 'acknowledged', 'mitigating']);
  });

  it('that somebody acknowledged is not acknowledged again', () => {
    const acknowledged = must(givenIncident(), { act: 'acknowledge' }, 1_000);

    assert.equal(must(acknowledged, { act: 'acknowledge' }, 2_000), acknowledged);
    const mitigating = must(acknowledged, { act: 'mitigate' }, 3_000);
    assert.equal(must(mitigating, { act: 'acknowledge' }, 4_000), mitigating);
    assert.deepEqual(
      [acknowledged.movedBy, acknowledged.movedAt],
      ['staff', later(morning, 1_000)],
    );
  });

  it('that is over is not acknowledged', () => {
    const resolved = must(givenIncident(), { act: 'resolve' }, 0);

    assert.deepEqual(actOn(resolved, { act: 'acknowledge' }, 'staff', morning), {
      ok: false,
      refusal: { reason: 'move-illegal', state: 'resolved' },
    });
  });

  it('that was reviewed is not reviewed the other way', () => {
    const resolved = must(givenIncident(), { act: 'resolve' }, 0);
    const reviewed = must(resolved, { act: 'review', verdict: 'true-positive' }, 0);

    assert.equal(must(reviewed, { act: 'review', verdict: 'true-positive' }, 9), reviewed);
    assert.ok(!actOn(reviewed, { act: 'review', verdict: 'false-positive' }, 'x', morning).ok);
  });

  const sightingAt = (ms: number): Sighting => ({
    ...{ detector: 'bad-signature', target: 'portal-1', severity: 'S1', evidence: 'e' },
    at: later(morning, ms),
  });

  it('opens again when it is seen within an hour after it was resolved, and not later', () => {
    const resolved = must(givenIncident(), { act: 'resolve' }, minute);
    const inTime = sightingAt(minute + hour);
    assert.ok(continues(resolved, inTime));
    const again = addSighting(resolved, inTime);
    assert.deepEqual([again.state, again.openings, again.openedAt], ['open', 2, inTime.at]);
    assert.ok(!continues(resolved, sightingAt(minute + hour + 1)));

    const reviewed = must(resolved, { act: 'review', verdict: 'false-positive' }, minute);
    assert.ok(!continues(reviewed, inTime));
  });

  it('stays resolved when what was seen before is noted late', () => {
    const resolved = must(givenIncident(), { act: 'resolve' }, minute);
    const late = addSighting(resolved, sightingAt(minute));
    assert.deepEqual([late.state, late.sightings], ['resolved', 2]);
  });

  it('leaves over what begins another one', () => {
    const resolved = must(givenIncident(), { act: 'resolve' }, minute);
    const [late, next, more] = [sightingAt(0), sightingAt(3 * hour), sightingAt(4 * hour)];

    const noted = noteSightings(resolved, id, [late, next, more]);

    assert.equal(noted.incident.sightings, 2);
    assert.deepEqual(noted.left, [next, more]);
  });

  it('is gravest where somebody forges or repeats messages', () => {
    const { 'bad-signature': forged, replay, 'foreign-object': foreign } = usualSeverity;
    assert.deepEqual([forged, replay, foreign], ['S1', 'S1', 'S3']);
  });
});

describe('time', () => {
  const quiet = givenIncident({ severity: 'S2', detector: 'bad-schema' });

  it('resolves what was quiet for five minutes, or for three windows of its detector', () => {
    assert.equal(quietMs('bad-schema'), 5 * minute);
    assert.equal(quietMs('dead-letter'), 14 * day, 'they lie there however quiet it is');
    assert.equal(quietMs('many-sources'), 30 * minute);
    assert.equal(actOfTime(quiet, later(morning, 5 * minute - 1)), undefined);
    assert.deepEqual(actOfTime(quiet, later(morning, 5 * minute)), { act: 'resolve' });
    const seen = { ...quiet, lastAt: later(morning, minute) };
    assert.equal(actOfTime(seen, later(morning, 5 * minute)), undefined);
  });

  it('leaves the gravest open until the whole group had time to see it, unless somebody has it', () => {
    const grave = givenIncident();
    assert.equal(actOfTime(grave, later(morning, 20 * minute - 1)), undefined);
    assert.deepEqual(actOfTime(grave, later(morning, 20 * minute)), { act: 'resolve' });
    const seenLater = { ...grave, lastAt: later(morning, 19 * minute) };
    assert.equal(actOfTime(seenLater, later(morning, 24 * minute - 1)), undefined);
    const taken = must(grave, { act: 'acknowledge' }, minute);
    assert.deepEqual(actOfTime(taken, later(morning, 5 * minute)), { act: 'resolve' });
  });

  it('takes an acknowledgement back after two hours while it goes on', () => {
    const seen = { ...quiet, lastAt: later(morning, 3 * hour) };
    for (const act of ['acknowledge', 'mitigate'] as const) {
      const taken = must(seen, { act }, 0);
      assert.equal(actOfTime(taken, later(morning, acknowledgedMs - 1)), undefined);
      assert.deepEqual(actOfTime(taken, later(morning, acknowledgedMs)), { act: 'expire' });
      const open = must(taken, { act: 'expire' }, acknowledgedMs);
      assert.deepEqual([open.state, open.openings, open.movedBy], ['open', 2, undefined]);
    }
  });

  it('does nothing to what is over', () => {
    const resolved = must(quiet, { act: 'resolve' }, 0);
    assert.equal(nextActAt(resolved), undefined);
    assert.equal(actOfTime(resolved, later(morning, 10 * hour)), undefined);
  });
});
