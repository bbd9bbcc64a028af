import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Experience } from '../../../src/domain/protection/adaptive-limit.ts';
import {
  type Budget,
  giveBack,
  newBudget,
  placesOf,
  regrant,
  takeFrom,
} from '../../../src/domain/protection/budget.ts';
import {
  type Grant,
  grantModes,
  isOpenFor,
  type Lane,
  limitsOf,
} from '../../../src/domain/protection/grant.ts';
import { admit, type ArrivalMs } from '../../../src/domain/protection/rate.ts';
import { instant } from '../../../src/domain/time.ts';
import { anyRate, wideGrant } from '../../support/any-grant.ts';
import { fcRuns } from '../../support/fc-runs.ts';

const anyGrant: fc.Arbitrary<Grant> = fc.record({
  operation: fc.constant('ledger.read-account'),
  seq: fc.nat(5),
  rate: anyRate,
  concurrency: fc.integer({ min: 1, max: 10 }),
  cost: fc.integer({ min: 1, max: 3 }),
  mode: fc.constantFrom(...grantModes),
  customer: anyRate,
  expiresAt: fc.nat(5_000).map(instant),
  safe: fc.record({ rate: anyRate, concurrency: fc.integer({ min: 0, max: 5 }) }),
});

const grant = wideGrant({
  rate: { perSecond: 10, burst: 2 },
  concurrency: 5,
  expiresAt: instant(1_000),
  safe: { rate: { perSecond: 1, burst: 1 }, concurrency: 1 },
});
const answered = { ended: 'answered', tookMs: 50 } as const;
const take = (budget: Budget, at = 0) => takeFrom(budget, 'hi', instant(at));

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

  it('of nothing admits nothing, not even to who never came', () => {
    const answer = admit({ perSecond: 0, burst: 5 }, undefined, 1, 0);

    assert.deepEqual(answer, { admitted: false, retryAfterMs: 60_000 });
  });
});

describe('A budget', () => {
  it('never has more under way than the grant in force allows, whatever happens', () => {
    const anyExperience: fc.Arbitrary<Experience> = fc.oneof(
      fc.record({ ended: fc.constant('answered' as const), tookMs: fc.nat(500) }),
      fc.record({ ended: fc.constantFrom('overloaded' as const, 'unknown' as const) }),
    );
    const anyStep = fc.oneof(
      fc.record({
        kind: fc.constant('take' as const),
        lane: fc.constantFrom<Lane>('hi', 'lo', 'command'),
        afterMs: fc.nat(300),
      }),
      fc.record({
        kind: fc.constant('give-back' as const),
        afterMs: fc.nat(300),
        how: anyExperience,
      }),
      fc.record({ kind: fc.constant('grant' as const), afterMs: fc.nat(300), offered: anyGrant }),
    );
    fc.assert(
      fc.property(anyGrant, fc.array(anyStep, { maxLength: 60 }), (first, steps) => {
        let budget: Budget = newBudget(first);
        let now = 0;
        for (const step of steps) {
          now += step.afterMs;
          if (step.kind === 'give-back') budget = giveBack(budget, step.how, instant(now));
          else if (step.kind === 'grant') budget = regrant(budget, step.offered);
          else {
            const answer = takeFrom(budget, step.lane, instant(now));
            if (!answer.taken) {
              assert.ok(answer.retryAfterMs > 0);
              continue;
            }
            budget = answer.budget;
            assert.ok(isOpenFor(budget.grant, step.lane));
            assert.ok(budget.underWay <= placesOf(budget, step.lane, instant(now)));
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
    const first = take(narrow);
    assert.ok(first.taken);

    assert.deepEqual(take(first.budget, 500), {
      taken: false,
      why: 'no-place',
      retryAfterMs: 100,
    });
    assert.equal(take(giveBack(first.budget, answered, instant(500)), 500).taken, true);
  });

  it('refuses above its rate and says when to come again', () => {
    const first = take(newBudget(grant));
    assert.ok(first.taken);
    const second = take(first.budget);
    assert.ok(second.taken);

    assert.deepEqual(take(second.budget), { taken: false, why: 'too-fast', retryAfterMs: 100 });
  });

  it('counts what a request costs', () => {
    const first = take(newBudget({ ...grant, cost: 2 }));
    assert.ok(first.taken);

    assert.deepEqual(take(first.budget), { taken: false, why: 'too-fast', retryAfterMs: 200 });
    assert.deepEqual(take(newBudget({ ...grant, cost: 3 })), {
      taken: false,
      why: 'shut',
      retryAfterMs: 5_000,
    });
  });

  it('is shut under a grant of nothing', () => {
    const none = [
      { rate: { perSecond: 0, burst: 0 } },
      { rate: { perSecond: 1, burst: 0 } },
      { concurrency: 0 },
      { mode: 'closed' as const },
    ];
    for (const limits of none) {
      const answer = take(newBudget({ ...grant, ...limits }));
      assert.deepEqual(answer, { taken: false, why: 'shut', retryAfterMs: 5_000 });
    }
  });

  it('has fewer places while the inside says it has enough, and all again when it answers', () => {
    const at = (ms: number) => instant(ms);
    let budget = newBudget({ ...grant, concurrency: 4, expiresAt: instant(1e9) });
    const places = () => placesOf(budget, 'hi', at(1e6));
    for (let n = 1; n <= 9; n += 1) {
      budget = giveBack(budget, { ended: 'overloaded' }, at(n * 1_000));
    }
    assert.equal(places(), 1);
    for (let n = 0; n < 20; n += 1) budget = giveBack(budget, answered, at(20_000));

    assert.equal(places(), 4);
  });
});
