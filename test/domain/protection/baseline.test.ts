import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  deviation,
  deviationsAbove,
  learn,
  newBaseline,
} from '../../../src/domain/protection/baseline.ts';
import { addDeviation } from '../../../src/domain/protection/cumulative-sum.ts';
import { evenness } from '../../../src/domain/protection/entropy.ts';
import { fcRuns } from '../../support/fc-runs.ts';

const pace = { weight: 0.05, floor: 0.15 };
const anyUsual = fc.array(fc.integer({ min: 50, max: 150 }), { minLength: 30, maxLength: 60 });

describe('A baseline', () => {
  it('learns what is usual', () => {
    fc.assert(
      fc.property(anyUsual, (values) => {
        const baseline = values.reduce((held, value) => learn(held, value, pace), newBaseline);

        assert.ok(baseline.mean >= 50 && baseline.mean <= 150);
        assert.equal(baseline.samples, values.length);
      }),
      fcRuns,
    );
  });

  it('is not taught by an attack: one value of any size moves it by three small steps at most', () => {
    fc.assert(
      fc.property(anyUsual, fc.integer({ min: 150, max: 10 ** 9 }), (values, attack) => {
        const before = values.reduce((held, value) => learn(held, value, pace), newBaseline);
        const after = learn(before, attack, pace);

        const weight = Math.max(pace.weight, 1 / (before.samples + 1));
        const mostRise = weight * 3 * deviation(before, pace.floor);
        assert.ok(after.mean - before.mean <= mostRise + 1e-9);
      }),
      fcRuns,
    );
  });

  it('takes a spread for no smaller than its floor', () => {
    const still = { mean: 100, variance: 0, samples: 50 };

    assert.equal(deviation(still, 0.15), 15);
    assert.equal(deviationsAbove(still, 190, 0.15), 6);
    assert.ok(deviationsAbove(still, 85, 0.15) < 0);
  });

  it('believes the first value after nothing at all', () => {
    const nothing = learn(learn(newBaseline, 0, pace), 0, pace);

    assert.ok(learn(nothing, 90, pace).mean > 0);
  });
});

describe('A cumulative sum', () => {
  it('never falls below zero and grows only by what exceeds the drift', () => {
    const anySteps = fc.array(fc.double({ min: -5, max: 5, noNaN: true }));
    fc.assert(
      fc.property(anySteps, (steps) => {
        let sum = 0;
        for (const step of steps) {
          const next = addDeviation(sum, step, 0.5);
          assert.ok(next >= 0 && next <= sum + Math.max(0, step - 0.5) + 1e-9);
          sum = next;
        }
      }),
      fcRuns,
    );
  });

  it('sees a rise too small to stand out', () => {
    let sum = 0;
    for (let step = 0; step < 41; step += 1) sum = addDeviation(sum, 1, 0.5);

    assert.ok(sum > 20);
  });
});

describe('Evenness', () => {
  it('lies between nought and one, and is one where all have the same', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000)), (counts) => {
        const even = evenness(counts);
        assert.ok(even >= 0 && even <= 1);
      }),
      fcRuns,
    );
    assert.ok(Math.abs(evenness([3, 3, 3, 3]) - 1) < 1e-12);
    assert.equal(evenness([]), 1);
    assert.equal(evenness([7]), 0);
  });

  it('falls when one takes over', () => {
    const crowd = Array.from({ length: 100 }, () => 1);

    assert.ok(evenness([...crowd, 400]) < evenness(crowd) - 0.3);
  });
});
