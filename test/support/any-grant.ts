import fc from 'fast-check';
import type { Grant, Limits } from '../../src/domain/protection/grant.ts';
import { instant } from '../../src/domain/time.ts';

export const anyRate = fc.record({
  perSecond: fc.integer({ min: 1, max: 500 }),
  burst: fc.integer({ min: 1, max: 100 }),
});

export const anyLimits: fc.Arbitrary<Limits> = fc.record({
  rate: anyRate,
  concurrency: fc.nat(10),
});

/** A grant that lets nearly everything through but for what `more` says. */
export const wideGrant = (more: Partial<Grant> = {}): Grant => {
  const rate = { perSecond: 100_000, burst: 100_000 };
  const concurrency = more.concurrency ?? 1_000;
  return {
    operation: 'a',
    seq: 1,
    rate,
    concurrency,
    cost: 1,
    mode: 'open',
    customer: rate,
    expiresAt: instant(1e12),
    safe: { rate, concurrency },
    ...more,
  };
};
