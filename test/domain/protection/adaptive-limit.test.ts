import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  adapt,
  type AdaptiveLimit,
  type Experience,
  limitAtCap,
} from '../../../src/domain/protection/adaptive-limit.ts';
import { instant } from '../../../src/domain/time.ts';
import { fcRuns } from '../../support/fc-runs.ts';

const anyExperience: fc.Arbitrary<Experience> = fc.oneof(
  fc.record({ ended: fc.constant('answered' as const), tookMs: fc.nat(5_000) }),
  fc.record({ ended: fc.constantFrom('overloaded' as const, 'unknown' as const) }),
);

describe('The adaptive limit', () => {
  it('stays between one and the cap, whatever it lives through', () => {
    const anyStep = fc.record({ how: anyExperience, afterMs: fc.nat(500) });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.array(anyStep, { minLength: 1 }),
        (cap, steps) => {
          let [held, now]: [AdaptiveLimit, number] = [limitAtCap, 0];
          for (const { how, afterMs } of [{ how: steps[0]!.how, afterMs: 0 }, ...steps]) {
            now += afterMs;
            held = adapt(held, cap, how, instant(now));
            if (how.ended !== 'unknown') assert.ok(held.limit >= 1 && held.limit <= cap);
          }
        },
      ),
      fcRuns,
    );
  });

  it('falls by a fifth for an overload, once in the usual time of an answer', () => {
    const first = adapt(limitAtCap, 10, { ended: 'overloaded' }, instant(0));
    const soon = adapt(first, 10, { ended: 'overloaded' }, instant(99));
    const later = adapt(soon, 10, { ended: 'overloaded' }, instant(100));

    assert.deepEqual([first.limit, soon.limit, later.limit], [8, 8, 6.4]);
  });

  it('rises by one for as many answers as it has places', () => {
    let held: AdaptiveLimit = { ...limitAtCap, limit: 4 };
    for (let n = 0; n < 4; n += 1) {
      held = adapt(held, 10, { ended: 'answered', tookMs: 100 }, instant(n));
    }

    assert.ok(held.limit > 4.9 && held.limit <= 5, String(held.limit));
  });

  it('never falls because the inside is slow, only learns how long it takes', () => {
    let held = adapt(limitAtCap, 10, { ended: 'answered', tookMs: 100 }, instant(0));
    for (let n = 0; n < 100; n += 1) {
      held = adapt(held, 10, { ended: 'answered', tookMs: 4_000 }, instant(n));
    }

    assert.equal(held.limit, 10);
    assert.ok(held.usualMs > 3_900);
  });
});
