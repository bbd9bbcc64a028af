import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  exposureOf,
  type GivenShare,
  shareOf,
  totalOf,
} from '../../../src/domain/protection/grant-shares.ts';
import type { Limits } from '../../../src/domain/protection/grant.ts';
import { instant } from '../../../src/domain/time.ts';
import { anyLimits } from '../../support/any-grant.ts';
import { fcRuns } from '../../support/fc-runs.ts';

const limits = (concurrency: number): Limits => ({
  rate: { perSecond: concurrency * 10, burst: concurrency * 10 },
  concurrency,
});
const given = (seq: number, concurrency: number, until: number): GivenShare => ({
  seq,
  limits: limits(concurrency),
  expiresAt: instant(until),
});

describe('The shares of several gateways', () => {
  it('are all of it together, when nobody uses anything yet', () => {
    fc.assert(
      fc.property(anyLimits, fc.integer({ min: 1, max: 6 }), (all, count) => {
        const shares = Array.from({ length: count }, (_, at) =>
          shareOf(all, at, count, totalOf([])),
        );
        const sum = totalOf(shares);
        assert.equal(sum.concurrency, all.concurrency);
        assert.ok(Math.abs(sum.rate.perSecond - all.rate.perSecond) < 1e-6);
        assert.ok(shares.every(({ rate }) => rate.burst >= 1));
      }),
      fcRuns,
    );
  });

  it('never go over it with what others may be using', () => {
    fc.assert(
      fc.property(anyLimits, anyLimits, fc.integer({ min: 1, max: 6 }), (all, used, count) => {
        const share = shareOf(all, 0, count, used);
        assert.ok(
          share.concurrency === 0 || share.concurrency + used.concurrency <= all.concurrency,
        );
        const { perSecond } = share.rate;
        assert.ok(perSecond === 0 || perSecond + used.rate.perSecond <= all.rate.perSecond);
      }),
      fcRuns,
    );
  });

  it('count the largest that may still be in use: from the one held on, until it runs out', () => {
    const shares = [given(1, 9, 100), given(2, 4, 100), given(3, 6, 50)];

    assert.equal(exposureOf(shares, 0, instant(0)).concurrency, 9);
    assert.equal(exposureOf(shares, 2, instant(0)).concurrency, 6);
    assert.equal(exposureOf(shares, 2, instant(50)).concurrency, 4);
    assert.equal(exposureOf(shares, 2, instant(100)).concurrency, 0);
  });
});
