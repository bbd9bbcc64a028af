import assert from 'node:assert/strict';
import fc from 'fast-check';
import { edgeTally } from '../../../src/application/edge/edge-tally.ts';
import { watchEdge } from '../../../src/application/edge/watch-edge.ts';
import { answerEdgeReport } from '../../../src/application/gateway/answer-edge-report.ts';
import { loadCurb } from '../../../src/application/gateway/curb-load.ts';
import { measuresInForce } from '../../../src/application/gateway/measures-in-force.ts';
import { tellIncidents } from '../../../src/application/gateway/tell-incidents.ts';
import { watchTraffic } from '../../../src/application/gateway/watch-traffic.ts';
import {
  type DocumentReader,
  edgeReportLimits,
} from '../../../src/application/ports/edge-watch.ts';
import type { CustomerId } from '../../../src/domain/ids.ts';
import { allDetectors } from '../../../src/domain/protection/detectors/all-detectors.ts';
import { usualDetection } from '../../../src/domain/protection/detectors/settings.ts';
import { later, minute, second } from '../../../src/domain/time.ts';
import { fcRuns } from '../../support/fc-runs.ts';
import { midnight } from '../../support/given-traffic.ts';

const caller = (customer: string) => ({ customer: customer as CustomerId, session: customer });

describe('Documents at the edge', () => {
  it('are told of by who fetched them, each exactly once, however many there are', () => {
    const anyFetch = fc.record({
      by: fc.constantFrom<DocumentReader>('customer', 'operator'),
      id: fc.nat(120).map(String),
    });
    const anyStep = fc.oneof({ arbitrary: anyFetch, weight: 20 }, fc.constant('take' as const));
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 400 }), (steps) => {
        const tally = edgeTally();
        const [fetched, told] = [new Map<string, number>(), new Map<string, number>()];
        const add = (to: Map<string, number>, key: string, count: number) =>
          to.set(key, (to.get(key) ?? 0) + count);
        const take = (): boolean => {
          const documents = tally.take()?.documents ?? [];
          assert.ok(documents.length <= edgeReportLimits.documents);
          for (const { by, id, count } of documents) add(told, `${by} ${id}`, count);
          return documents.length > 0;
        };
        for (const step of steps) {
          if (step === 'take') take();
          else {
            add(fetched, `${step.by} ${step.id}`, 1);
            tally.addDocument(step.by, step.id);
          }
        }
        while (take());
        assert.deepEqual(told, fetched);
        assert.equal(tally.take(), undefined);
      }),
      fcRuns,
    );
  });

  it('of more people than can be remembered are counted for those who are', () => {
    const tally = edgeTally();
    for (let n = 0; n < 6_000; n += 1) tally.addDocument('customer', String(n));
    tally.addDocument('customer', '0');

    const told = Array.from({ length: 200 }, () => tally.take()?.documents ?? []).flat();
    assert.equal(told.length, 5_000);
    assert.equal(told[0]?.count, 2);
  });
});

/** A portal's edge and a gateway's detection, with the line between them. */
const givenThread = () => {
  const time = { now: midnight };
  const clock = { now: () => time.now };
  const raised: string[] = [];
  const incidents = tellIncidents(
    [],
    ({ detector, target }) => Promise.resolve(void raised.push(`${detector} ${target}`)),
    () => undefined,
  );
  const { levels, weights } = usualDetection.suspicion;
  const measures = measuresInForce(levels, () => 0.5);
  const reactions = { measures, curb: loadCurb(usualDetection) };
  const watch = watchTraffic(allDetectors(usualDetection, 1), weights, reactions, incidents, clock);
  const answer = answerEdgeReport(watch, measures, clock);
  const edge = watchEdge(
    { reportEdge: (report) => Promise.resolve(answer(report)) },
    { mac: () => '' },
    { bytes: () => new Uint8Array([0]) },
    clock,
    (session) => session,
  );
  const pass = async (ms: number): Promise<void> => {
    time.now = later(time.now, ms);
    await edge.report();
    await watch.drain();
  };
  return { edge, raised, pass };
};

describe('A customer who harvests documents', () => {
  it('gets a few and then one a minute; others get theirs, and pages go on', async () => {
    const { edge, raised, pass } = givenThread();
    let got = 0;
    const harvest = async (seconds: number): Promise<number> => {
      const before = got;
      for (let n = 0; n < seconds; n += 1) {
        if (edge.admit(caller('anna'), 'document').allowed) {
          edge.noteDocument('customer', 'anna');
          got += 1;
        }
        await pass(second);
      }
      return got - before;
    };

    const first = await harvest(60);
    assert.ok(first >= 21 && first <= 25, `${String(first)} in the first minute`);
    assert.ok(raised.includes('harvest anna'));
    const next = await harvest(5 * 60);
    assert.ok(next <= 6, `${String(next)} in the next five`);
    const refusal = edge.admit(caller('anna'), 'document');
    assert.ok(!refusal.allowed && refusal.retryAfterMs <= minute);
    assert.deepEqual(edge.admit(caller('anna')), { allowed: true }, 'a page');
    assert.deepEqual(edge.admit(caller('boris'), 'document'), { allowed: true });
  });

  it('who is one of the staff is told of and not held back', async () => {
    const { edge, raised, pass } = givenThread();
    for (let n = 0; n < 21; n += 1) edge.noteDocument('operator', 'vera');
    await pass(second);
    await pass(second);

    assert.deepEqual(raised, ['harvest operator vera']);
    assert.deepEqual(edge.admit(caller('vera'), 'document'), { allowed: true });
  });
});
