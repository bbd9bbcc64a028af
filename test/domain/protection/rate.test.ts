import assert from 'node:assert/strict';
import fc from 'fast-check';
import { admit, type ArrivalMs, type Rate } from '../../../src/domain/protection/rate.ts';
import '../../support/fc-runs.ts';

const anyRate: fc.Arbitrary<Rate> = fc.record({
  perSecond: fc.integer({ min: 1, max: 1_000 }),
  burst: fc.integer({ min: 1, max: 100 }),
});
const anyGaps = fc.array(fc.oneof(fc.constant(0), fc.nat(50), fc.nat(3_000)), {
  minLength: 1,
  maxLength: 200,
});

/** The moments at which requests of cost one, coming after these gaps, were let through. */
function admittedAt(rate: Rate, gaps: readonly number[]): number[] {
  const admitted: number[] = [];
  let before: ArrivalMs | undefined;
  let now = 0;
  for (const gap of gaps) {
    now += gap;
    const answer = admit(rate, before, 1, now);
    if (!answer.admitted) continue;
    before = answer.arrivalMs;
    admitted.push(now);
  }
  return admitted;
}

describe('a rate', () => {
  it('admits at most burst + rate × time over any window', () => {
    fc.assert(
      fc.property(anyRate, anyGaps, (rate, gaps) => {
        const times = admittedAt(rate, gaps);
        times.forEach((from, n) => {
          times.slice(n).forEach((until, m) => {
            const most = rate.burst + (rate.perSecond * (until - from)) / 1_000;
            assert.ok(m + 1 <= most + 1e-6, `${String(m + 1)} in ${String(until - from)} ms`);
          });
        });
      }),
    );
  });

  it('admits a whole burst after a rest, and not one more', () => {
    fc.assert(
      fc.property(anyRate, (rate) => {
        const gaps = Array.from({ length: rate.burst + 5 }, () => 0);
        assert.equal(admittedAt(rate, gaps).length, rate.burst);
      }),
    );
  });

  it('admits who comes again after the time it named, and nobody a millisecond before', () => {
    fc.assert(
      fc.property(anyRate, fc.nat(100_000), (rate, now) => {
        let before: ArrivalMs | undefined;
        for (let n = 0; n < rate.burst; n += 1) {
          const answer = admit(rate, before, 1, now);
          assert.ok(answer.admitted);
          before = answer.arrivalMs;
        }
        const refused = admit(rate, before, 1, now);
        assert.ok(!refused.admitted);
        const { retryAfterMs } = refused;
        assert.equal(admit(rate, before, 1, now + retryAfterMs).admitted, true);
        assert.equal(admit(rate, before, 1, now + retryAfterMs - 1).admitted, false);
      }),
    );
  });

  it('counts what costs more as more', () => {
    const rate = { perSecond: 10, burst: 5 };

    const first = admit(rate, undefined, 5, 0);

    assert.ok(first.admitted);
    assert.deepEqual(admit(rate, first.arrivalMs, 3, 0), { admitted: false, retryAfterMs: 300 });
    assert.equal(admit(rate, undefined, 6, 0).admitted, false);
  });
});
