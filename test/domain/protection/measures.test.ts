import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  inForce,
  liftMeasures,
  type MeasureHistory,
  noMeasures,
  takeMeasure,
  togetherKnown,
} from '../../../src/domain/protection/measures.ts';
import { measureKinds } from '../../../src/domain/protection/suspicion.ts';
import { instant, later, minute } from '../../../src/domain/time.ts';
import { fcRuns } from '../../support/fc-runs.ts';

const anna = { kind: 'customer', id: 'anna' } as const;
const now = instant(1_000);
/** What a gateway may know: close enough together that every pair of cases meets. */
const anyHistory: fc.Arbitrary<MeasureHistory> = fc.record(
  {
    measure: fc.option(
      fc.record(
        {
          who: fc.constant(anna),
          kind: fc.constantFrom(...measureKinds),
          until: fc.integer({ min: 998, max: 1_003 }).map(instant),
        },
        { noNullPrototype: true },
      ),
      { nil: undefined },
    ),
    taken: fc.nat(3),
    liftedAt: fc.option(fc.nat(2).map(instant), { nil: undefined }),
  },
  { noNullPrototype: true },
);
const strength = (history: MeasureHistory): number => {
  const held = inForce(history, now);
  return held === undefined ? -1 : measureKinds.indexOf(held.kind);
};

describe('What two gateways know of a suspect', () => {
  it('comes to the same in whatever order it is put together', () => {
    fc.assert(
      fc.property(anyHistory, anyHistory, anyHistory, (a, b, c) => {
        const and = (one: MeasureHistory, other: MeasureHistory) => togetherKnown(one, other, now);
        assert.deepEqual(and(a, b), and(b, a));
        assert.deepEqual(and(and(a, b), c), and(a, and(b, c)));
        assert.deepEqual(and(a, a), a);
        assert.deepEqual(and(and(a, b), b), and(a, b));
      }),
      fcRuns,
    );
  });

  it('is never milder than either, unless one has heard of a later pardon', () => {
    fc.assert(
      fc.property(anyHistory, anyHistory, (a, b) => {
        const both = togetherKnown(a, b, now);
        const [mine, its] = [a.liftedAt ?? -1, b.liftedAt ?? -1];
        if (mine === its) {
          assert.equal(strength(both), Math.max(strength(a), strength(b)));
          assert.equal(both.taken, Math.max(a.taken, b.taken));
        } else assert.deepEqual(both, mine > its ? a : b);
      }),
      fcRuns,
    );
  });

  it('is nothing once it was lifted, whatever else is known of before', () => {
    fc.assert(
      fc.property(anyHistory, anyHistory, (a, b) => {
        const lifted = liftMeasures(togetherKnown(a, b, now), instant(0));

        for (const before of [a, b]) {
          const both = togetherKnown(lifted, before, now);
          assert.equal(inForce(both, now), undefined);
          assert.equal(both.taken, 0);
        }
      }),
      fcRuns,
    );
  });

  it('begins its ladder anew after a pardon, and goes on with it otherwise', () => {
    const first = takeMeasure(noMeasures, anna, 'throttle', now, 0.5);
    const ended = later(now, 10 * minute);
    const second = takeMeasure(togetherKnown(first, noMeasures, ended), anna, 'tarpit', ended, 0.5);

    assert.deepEqual(second.measure, { who: anna, kind: 'tarpit', until: later(now, 30 * minute) });
    const lifted = liftMeasures(second, ended);
    const again = takeMeasure(lifted, anna, 'tarpit', ended, 0.5);
    assert.equal(again.measure?.until, later(now, 20 * minute));
    assert.deepEqual(togetherKnown(again, second, ended), again);
  });
});
