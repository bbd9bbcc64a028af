import assert from 'node:assert/strict';
import fc from 'fast-check';
import { keyedRates } from '../../../src/domain/protection/keyed-rates.ts';
import { instant } from '../../../src/domain/time.ts';
import { fcRuns } from '../../support/fc-runs.ts';

const rate = { perSecond: 2, burst: 20 };
const longAgo = instant(-1e9);

describe('Rates by key', () => {
  it('admit to each key over any window at most its burst and what the window is worth', () => {
    const anyCall = fc.record({
      key: fc.constantFrom('anna', 'boris'),
      pauseMs: fc.nat(900),
      cost: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(anyCall, { maxLength: 100 }), (calls) => {
        const rates = keyedRates(longAgo);
        const admitted: { key: string; at: number; cost: number }[] = [];
        let now = 0;
        for (const { key, pauseMs, cost } of calls) {
          now += pauseMs;
          if (rates.waitMs(key, rate, cost, instant(now)) > 0) continue;
          rates.take(key, rate, cost, instant(now));
          admitted.push({ key, at: now, cost });
        }
        for (const from of admitted) {
          for (const to of admitted) {
            if (to.key !== from.key || to.at < from.at) continue;
            const sum = admitted
              .filter(({ key, at }) => key === from.key && at >= from.at && at <= to.at)
              .reduce((all, { cost }) => all + cost, 0);
            assert.ok(sum <= rate.burst + (rate.perSecond * (to.at - from.at)) / 1_000 + 1e-6);
          }
        }
      }),
      fcRuns,
    );
  });

  it('take nothing when they are only asked, and nothing they would not allow', () => {
    const rates = keyedRates(longAgo);
    for (let n = 0; n < 50; n += 1) assert.equal(rates.waitMs('a', rate, 20, instant(0)), 0);
    rates.take('a', rate, 20, instant(0));
    rates.take('a', rate, 20, instant(0));

    assert.equal(rates.waitMs('a', rate, 1, instant(0)), 500);
  });

  it('give half a burst in the first minute, because what was taken before is forgotten', () => {
    const rates = keyedRates(instant(0));

    assert.ok(rates.waitMs('a', rate, 11, instant(59_999)) > 0);
    assert.equal(rates.waitMs('a', rate, 10, instant(59_999)), 0);
    assert.equal(rates.waitMs('a', rate, 20, instant(60_000)), 0);
  });

  it('drop keys that have rested, so that strangers do not fill the memory', () => {
    const rates = keyedRates(longAgo);
    for (let n = 0; n < 50_000; n += 1) rates.take(`stranger ${String(n)}`, rate, 1, instant(n));

    assert.ok(rates.size < 20_001, String(rates.size));
  });
});
