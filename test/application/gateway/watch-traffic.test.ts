import assert from 'node:assert/strict';
import { answerEdgeReport } from '../../../src/application/gateway/answer-edge-report.ts';
import { canaryList } from '../../../src/application/gateway/canary-list.ts';
import { loadCurb } from '../../../src/application/gateway/curb-load.ts';
import { measuresInForce } from '../../../src/application/gateway/measures-in-force.ts';
import type { Suspicion } from '../../../src/application/gateway/raise-incident.ts';
import { tellIncidents } from '../../../src/application/gateway/tell-incidents.ts';
import { watchTraffic } from '../../../src/application/gateway/watch-traffic.ts';
import { allDetectors } from '../../../src/domain/protection/detectors/all-detectors.ts';
import type { DetectorCode } from '../../../src/domain/protection/detector.ts';
import { usualDetection } from '../../../src/domain/protection/detectors/settings.ts';
import type { Detector } from '../../../src/domain/protection/detectors/watched.ts';
import { day, hour, isoText, later, minute } from '../../../src/domain/time.ts';
import { edgeRow, failedTries, message, midnight, whence } from '../../support/given-traffic.ts';

const { levels, weights } = usualDetection.suspicion;

const givenWatch = (
  detectors: readonly Detector[] = allDetectors(usualDetection, 1),
  shadow: readonly DetectorCode[] = ['slow-ramp'],
) => {
  const time = { now: midnight };
  const clock = { now: () => time.now };
  const raised: Suspicion[] = [];
  const counts: string[] = [];
  const down = { is: false };
  const incidents = tellIncidents(
    shadow,
    (suspicion) => {
      if (down.is) return Promise.reject(new Error('down'));
      raised.push(suspicion);
      return Promise.resolve();
    },
    (detector, fate) => void counts.push(`${detector} ${fate}`),
  );
  const measures = measuresInForce(levels, () => 0.5);
  const curb = loadCurb(usualDetection);
  const watch = watchTraffic(detectors, weights, { measures, curb }, incidents, clock);
  return { watch, curb, measures, incidents, raised, counts, time, clock, down };
};
const anna = { kind: 'customer', id: 'anna' } as const;

describe('WatchTraffic', () => {
  it('looks at messages later, and at none that the gateway answers itself', async () => {
    const seen: string[] = [];
    const { watch } = givenWatch([{ see: (event) => (seen.push(event.kind), []) }]);
    const event = message(midnight);
    assert.ok(event.kind === 'message');
    watch.watch(event.passing);
    watch.watch({ ...event.passing, operation: 'gateway.report-edge' });

    assert.deepEqual(seen, []);
    await watch.drain();
    assert.deepEqual(seen, ['message', 'tick']);
  });

  it('remembers no more than its limit, however much comes', async () => {
    let seen = 0;
    const { watch } = givenWatch([{ see: () => ((seen += 1), []) }]);
    for (let n = 0; n < 20_100; n += 1) watch.note(message(midnight));
    await watch.drain();

    assert.equal(seen, 20_001);
  });

  it('takes the measures of what it finds at once, and tells later', async () => {
    const { watch, measures, raised, counts } = givenWatch();
    watch.noteNow({ kind: 'canary', at: midnight, from: whence({ subnet: 'net' }), object: 'c' });

    assert.equal(measures.of(anna, midnight)?.kind, 'quarantine');
    assert.equal(measures.of({ kind: 'subnet', id: 'net' }, midnight)?.kind, 'tarpit');
    assert.equal(raised.length, 0);
    await watch.drain();
    assert.equal(raised[0]?.severity, 'S1');
    assert.deepEqual(counts, ['canary told']);
  });

  it('tells once more of what could not be told while the store was down', async () => {
    const { watch, raised, down } = givenWatch();
    down.is = true;
    watch.noteNow({ kind: 'canary', at: midnight, from: whence(), object: 'c' });
    await assert.rejects(watch.drain(), /down/);

    down.is = false;
    await Promise.all([watch.drain(), watch.drain()]);

    assert.equal(raised.length, 1);
  });

  it('counts what a detector in shadow finds, and neither tells nor does anything', async () => {
    const found = { detector: 'slow-ramp', target: 'x', evidence: '', suspects: [anna] } as const;
    const { watch, measures, raised, counts } = givenWatch([
      { see: () => [{ ...found, measure: 'quarantine' }] },
    ]);
    await watch.drain();

    assert.equal(measures.of(anna, midnight), undefined);
    assert.deepEqual(raised, []);
    assert.deepEqual(counts, ['slow-ramp shadow']);
  });
});

describe('WatchTraffic and the curb', () => {
  const surge = (detector: 'flood' | 'flash-crowd'): Detector => ({
    see: () => [{ detector, target: 'messages', evidence: 'e', suspects: [] }],
  });

  for (const because of ['flood', 'flash-crowd'] as const) {
    it(`curbs the load for a ${because} that is seen`, async () => {
      const { watch, curb } = givenWatch([surge(because)]);
      await watch.drain();

      assert.equal(curb.at(midnight)?.because, because);
    });
  }

  it('curbs nothing for a flood in shadow', async () => {
    const { watch, curb, counts } = givenWatch([surge('flood')], ['flood']);
    await watch.drain();

    assert.equal(curb.at(midnight), undefined);
    assert.deepEqual(counts, ['flood shadow']);
  });
});

describe('TellIncidents', () => {
  const suspicion = (detector: Suspicion['detector']): Suspicion => ({
    detector,
    target: 'x',
    evidence: 'e',
  });

  it('raises what is seen elsewhere unless it is in shadow', async () => {
    const { incidents, raised, counts } = givenWatch();

    await incidents.raise(suspicion('replay'));
    await incidents.raise(suspicion('slow-ramp'));

    assert.deepEqual(
      raised.map(({ detector }) => detector),
      ['replay'],
    );
    assert.deepEqual(counts, ['replay told', 'slow-ramp shadow']);
  });

  it('drops what is too much to wait, and counts it', () => {
    const { incidents, counts } = givenWatch();
    for (let n = 0; n < 1_001; n += 1) incidents.tell(suspicion('dead-letter'));

    assert.equal(counts.at(-2), 'dead-letter told');
    assert.equal(counts.at(-1), 'dead-letter dropped');
  });
});

describe('MeasuresInForce', () => {
  const given = () => measuresInForce(levels, () => 0.5);

  it('shuts no network and no login out, whatever is held against them', () => {
    const measures = given();
    const [subnet, login] = [
      { kind: 'subnet', id: 'net' },
      { kind: 'login', id: 'anna' },
    ] as const;
    measures.suspect([subnet, login], 1_000, midnight);

    assert.equal(measures.of(subnet, midnight)?.kind, 'tarpit');
    assert.equal(measures.of(login, midnight)?.kind, 'step-up');
  });

  it('grows harder with the suspicion, never milder while it lasts', () => {
    const measures = given();
    const kinds = [30, 30, 40].map((weight) => {
      measures.suspect([anna], weight, midnight);
      return measures.of(anna, midnight)?.kind;
    });
    measures.take(anna, 'step-up', midnight);

    assert.deepEqual(kinds, ['step-up', 'throttle', 'quarantine']);
    assert.equal(measures.of(anna, midnight)?.kind, 'quarantine');
  });

  it('ends by itself, is lifted by people, and is forgotten after a day', () => {
    const measures = given();
    measures.take(anna, 'quarantine', midnight);
    assert.equal(measures.of(anna, later(midnight, 10 * minute)), undefined);

    measures.take(anna, 'quarantine', later(midnight, hour));
    assert.equal(measures.lift(anna, later(midnight, hour))?.kind, 'quarantine');
    assert.equal(measures.lift({ kind: 'customer', id: 'nobody' }, midnight), undefined);
    assert.equal(measures.of(anna, later(midnight, hour)), undefined);

    measures.take(anna, 'throttle', later(midnight, hour));
    measures.forgetIdle(later(midnight, hour + day));
    measures.take(anna, 'throttle', later(midnight, 2 * day));
    assert.equal(measures.of(anna, later(midnight, 2 * day + 10 * minute)), undefined);
  });

  it('lists those in force, newest first', () => {
    const measures = given();
    for (const id of ['a', 'b', 'c']) measures.take({ kind: 'subnet', id }, 'tarpit', midnight);
    measures.suspect([anna], 1, midnight);

    const ids = measures.list(midnight, 2).map(({ who }) => who.id);
    assert.deepEqual(ids, ['c', 'b']);
    assert.deepEqual(measures.list(later(midnight, hour), 9), []);
  });
});

describe('AnswerEdgeReport', () => {
  it('feeds the detectors and answers with all measures in force', async () => {
    const { watch, measures, raised, clock } = givenWatch();
    const answer = answerEdgeReport(watch, measures, clock);
    const tries = failedTries(...Array.from({ length: 21 }, (_, n) => `login ${String(n)}`));

    const rows = [edgeRow('10.0.0.0/24', { tries })];
    assert.deepEqual(answer({ rows, fingerprints: [3] }), { measures: [] });
    await watch.drain();

    assert.equal(raised[0]?.detector, 'enumeration');
    const until = isoText(later(midnight, 10 * minute));
    assert.deepEqual(answer({ rows: [], fingerprints: [] }), {
      measures: [{ on: 'subnet', id: '10.0.0.0/24', measure: 'tarpit', until }],
    });
  });
});

describe('A canary list', () => {
  it('keeps those of the settings, and the inside’s newest list', () => {
    const canaries = canaryList(['always']);
    canaries.replace(2, ['new']);
    canaries.replace(1, ['old']);

    assert.deepEqual(
      ['always', 'new', 'old'].map((id) => canaries.has(id)),
      [true, true, false],
    );
  });
});
