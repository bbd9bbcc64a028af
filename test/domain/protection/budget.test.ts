import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type Budget,
  giveBack,
  newBudget,
  regrant,
  takeFrom,
} from '../../../src/domain/protection/budget.ts';
import { type Grant, limitsOf, newerGrant } from '../../../src/domain/protection/grant.ts';
import { admit, type ArrivalMs } from '../../../src/domain/protection/rate.ts';
import { instant } from '../../../src/domain/time.ts';
import { fcRuns } from '../../support/fc-runs.ts';

const anyRate = fc.record({
  perSecond: fc.integer({ min: 1, max: 500 }),
  burst: fc.integer({ min: 1, max: 100 }),
});
const anyGrant: fc.Arbitrary<Grant> = fc.record({
  operation: fc.constant('ledger.read-account'),
  seq: fc.nat(5),
  rate: anyRate,
  concurrency: fc.integer({ min: 1, max: 10 }),
  expiresAt: fc.nat(5_000).map(instant),
  safe: fc.record({ rate: anyRate, concurrency: fc.integer({ min: 0, max: 5 }) }),
});

const grant: Grant = {
  operation: 'ledger.read-account',
  seq: 1,
  rate: { perSecond: 10, burst: 2 },
  concurrency: 5,
  expiresAt: instant(1_000),
  safe: { rate: { perSecond: 1, burst: 1 }, concurrency: 1 },
};

describe('A rate', () => {
  it('admits over any window at most the burst and what the window is worth', () => {
    const anyPauses = fc.array(fc.nat(200), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(anyRate, anyPauses, (rate, pauses) => {
        const admitted: number[] = [];
        let arrivalMs: ArrivalMs | undefined;
        let now = 0;
        for (const pause of pauses) {
          now += pause;
          const answer = admit(rate, arrivalMs, 1, now);
          if (!answer.admitted) continue;
          arrivalMs = answer.arrivalMs;
          admitted.push(now);
        }
        for (const [first, from] of admitted.entries()) {
          for (const [last, to] of admitted.entries()) {
            if (last < first) continue;
            const most = rate.burst + (rate.perSecond * (to - from)) / 1_000;
            assert.ok(last - first + 1 <= most + 1e-6);
          }
        }
      }),
      fcRuns,
    );
  });

  it('admits again exactly after the wait it named, and not a millisecond before', () => {
    const rate = { perSecond: 10, burst: 1 };
    const first = admit(rate, undefined, 1, 0);
    assert.ok(first.admitted);

    assert.deepEqual(admit(rate, first.arrivalMs, 1, 0), { admitted: false, retryAfterMs: 100 });
    assert.equal(admit(rate, first.arrivalMs, 1, 99).admitted, false);
    assert.equal(admit(rate, first.arrivalMs, 1, 100).admitted, true);
  });
});

describe('A budget', () => {
  it('never has more under way than the grant in force allows, whatever happens', () => {
    const anyStep = fc.oneof(
      fc.record({ kind: fc.constant('take' as const), afterMs: fc.nat(300) }),
      fc.record({ kind: fc.constant('give-back' as const), afterMs: fc.nat(300) }),
      fc.record({ kind: fc.constant('grant' as const), afterMs: fc.nat(300), offered: anyGrant }),
    );
    fc.assert(
      fc.property(anyGrant, fc.array(anyStep, { maxLength: 60 }), (first, steps) => {
        let budget: Budget = newBudget(first);
        let now = 0;
        for (const step of steps) {
          now += step.afterMs;
          if (step.kind === 'give-back') budget = giveBack(budget);
          else if (step.kind === 'grant') budget = regrant(budget, step.offered);
          else {
            const answer = takeFrom(budget, instant(now));
            if (!answer.taken) {
              assert.ok(answer.retryAfterMs > 0);
              continue;
            }
            budget = answer.budget;
            assert.ok(budget.underWay <= limitsOf(budget.grant, instant(now)).concurrency);
          }
          assert.ok(budget.underWay >= 0);
        }
      }),
      fcRuns,
    );
  });

  it('refuses above its concurrency although the rate would allow it', () => {
    const narrow = newBudget({ ...grant, concurrency: 1 });
    const first = takeFrom(narrow, instant(0));
    assert.ok(first.taken);

    assert.equal(takeFrom(first.budget, instant(500)).taken, false);
    assert.equal(takeFrom(giveBack(first.budget), instant(500)).taken, true);
  });

  it('refuses above its rate and says when to come again', () => {
    const first = takeFrom(newBudget(grant), instant(0));
    assert.ok(first.taken);
    const second = takeFrom(first.budget, instant(0));
    assert.ok(second.taken);

    assert.deepEqual(takeFrom(second.budget, instant(0)), { taken: false, retryAfterMs: 100 });
  });

  it('is closed under a grant of nothing', () => {
    const closed = { perSecond: 0, burst: 0 };

    const answer = takeFrom(newBudget({ ...grant, rate: closed }), instant(0));

    assert.deepEqual(answer, { taken: false, retryAfterMs: 1_000 });
    const noBurst = { perSecond: 1, burst: 0 };
    assert.equal(takeFrom(newBudget({ ...grant, rate: noBurst }), instant(0)).taken, false);
  });
});

describe('A grant', () => {
  it('holds until it expires, then its safe values do', () => {
    assert.equal(limitsOf(grant, instant(999)).concurrency, 5);
    assert.equal(limitsOf(grant, instant(1_000)).concurrency, 1);
  });

  it('gives way to a newer one only', () => {
    const newer = { ...grant, seq: 2 };

    assert.equal(newerGrant(undefined, grant), grant);
    assert.equal(newerGrant(grant, newer), newer);
    assert.equal(newerGrant(newer, grant), newer);
    assert.equal(newerGrant(grant, { ...grant }), grant);
  });
});
