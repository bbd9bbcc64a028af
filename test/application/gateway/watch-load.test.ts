import assert from 'node:assert/strict';
import fc from 'fast-check';
import { countTraffic } from '../../../src/application/gateway/count-traffic.ts';
import {
  addSample,
  historyMs,
  loadPoints,
  type LoadSample,
  sampleEveryMs,
} from '../../../src/application/gateway/load-history.ts';
import { operationBudgets } from '../../../src/application/gateway/operation-budgets.ts';
import { watchLoad } from '../../../src/application/gateway/watch-load.ts';
import { later, second } from '../../../src/domain/time.ts';
import { wideGrant } from '../../support/any-grant.ts';
import { morning } from '../../support/any-incident.ts';
import '../../support/fc-runs.ts';

const sampleOf = (at: number, passed: number, busy: number): LoadSample => ({
  at: later(morning, at * sampleEveryMs),
  passed,
  busy,
  grantedPerSecond: 10,
});

describe('the history of the load', () => {
  it('loses no message: what its points add up to is what was counted between first and last', () => {
    const anySteps = fc.array(fc.record({ passed: fc.nat(1_000), busy: fc.nat(1_000) }), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(anySteps, (steps) => {
        let [passed, busy] = [0, 0];
        let samples: readonly LoadSample[] = [];
        for (const [at, step] of steps.entries()) {
          passed += step.passed;
          busy += step.busy;
          samples = addSample(samples, sampleOf(at, passed, busy));
        }

        const points = loadPoints(samples);
        const seconds = sampleEveryMs / second;
        const sum = points.reduce((total, one) => total + one.passedPerSecond * seconds, 0);
        const [first, last] = [samples[0], samples.at(-1)];
        assert.equal(Math.round(sum), (last?.passed ?? 0) - (first?.passed ?? 0));
        assert.ok((last?.at ?? 0) - (first?.at ?? 0) <= historyMs);
        assert.ok(points.length <= historyMs / sampleEveryMs);
      }),
    );
  });

  it('takes no sample that is not later than the newest', () => {
    const samples = addSample([], sampleOf(2, 5, 0));

    assert.equal(addSample(samples, sampleOf(2, 9, 0)), samples);
    assert.equal(addSample(samples, sampleOf(1, 9, 0)), samples);
  });
});

describe('WatchLoad', () => {
  it('shows what passed beside what was granted, by operation', () => {
    const expiresAt = later(morning, 6 * second);
    const rate = { perSecond: 100, burst: 10 };
    const safe = { rate: { perSecond: 10, burst: 1 }, concurrency: 1 };
    const budgets = operationBudgets([
      wideGrant({ operation: 'b', rate, cost: 2, expiresAt, safe }),
      wideGrant({ operation: 'a' }),
    ]);
    const counts = countTraffic();
    const load = watchLoad(budgets, { waiting: (of) => (of === 'b' ? 3 : 0) }, counts);

    load.sample(morning);
    for (let n = 0; n < 20; n += 1) counts.see({ operation: 'b', passage: 'passed' });
    for (let n = 0; n < 5; n += 1) counts.see({ operation: 'b', passage: 'busy' });
    load.sample(later(morning, 5 * second));

    const [a, b] = load.look(later(morning, 5 * second));
    assert.deepEqual([a?.grant.operation, b?.grant.operation], ['a', 'b']);
    assert.deepEqual([b?.waiting, b?.isSafe], [3, false]);
    assert.deepEqual(b?.points, [
      {
        at: later(morning, 5 * second),
        passedPerSecond: 4,
        busyPerSecond: 1,
        grantedPerSecond: 50,
      },
    ]);
    load.sample(later(morning, 10 * second));
    const [, late] = load.look(later(morning, 10 * second));
    assert.deepEqual([late?.isSafe, late?.points.at(-1)?.grantedPerSecond], [true, 5]);
  });

  it('has no points before it has looked twice', () => {
    const budgets = operationBudgets([wideGrant()]);
    const load = watchLoad(budgets, { waiting: () => 0 }, countTraffic());

    assert.deepEqual(load.look(morning)[0]?.points, []);
  });
});
