import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Experience } from '../../../src/domain/protection/adaptive-limit.ts';
import {
  type Budget,
  giveBack,
  newBudget,
  regrant,
  takeFrom,
} from '../../../src/domain/protection/budget.ts';
import { type Curb, limitsUnder, modeUnder } from '../../../src/domain/protection/curb.ts';
import {
  type Grant,
  grantModes,
  isOpenFor,
  type Lane,
  limitsOf,
} from '../../../src/domain/protection/grant.ts';
import { instant } from '../../../src/domain/time.ts';
import { anyLimits, anyRate, wideGrant } from '../../support/any-grant.ts';
import { fcRuns } from '../../support/fc-runs.ts';

const anyLane = fc.constantFrom<Lane>('hi', 'lo', 'command');
const anyGrant: fc.Arbitrary<Grant> = fc.record({
  operation: fc.constant('a'),
  seq: fc.nat(9),
  rate: anyRate,
  concurrency: fc.nat(10),
  cost: fc.integer({ min: 1, max: 3 }),
  mode: fc.constantFrom(...grantModes),
  customer: anyRate,
  expiresAt: fc.nat(5_000).map(instant),
  safe: anyLimits,
});
const anyCurb: fc.Arbitrary<Curb> = fc.record({
  because: fc.constantFrom('flash-crowd' as const, 'flood' as const),
  // Settings may say anything.
  share: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: -1, max: 3, noNaN: true })),
  since: fc.constant(instant(0)),
  until: fc.constant(instant(1e6)),
  evidence: fc.constant(''),
});
const curb = (more: Partial<Curb> = {}): Curb => ({
  because: 'flood',
  share: 0.5,
  since: instant(0),
  until: instant(1e6),
  evidence: '',
  ...more,
});
const anyExperience: fc.Arbitrary<Experience> = fc.oneof(
  fc.record({ ended: fc.constant('answered' as const), tookMs: fc.nat(500) }),
  fc.record({ ended: fc.constantFrom('overloaded' as const, 'unknown' as const) }),
);
const anyStep = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constant('take' as const), lane: anyLane }), weight: 5 },
  fc.record({ kind: fc.constant('give-back' as const), how: anyExperience }),
  fc.record({ kind: fc.constant('grant' as const), offered: anyGrant }),
  fc.record({ kind: fc.constant('curb' as const), curb: fc.option(anyCurb, { nil: undefined }) }),
);
const anySteps = fc.array(fc.tuple(fc.nat(300), anyStep), { maxLength: 80 });

describe('A curb', () => {
  it('lets nothing pass that the grant alone would not, in any order of grants and curbs', () => {
    fc.assert(
      fc.property(anyGrant, anySteps, (first, steps) => {
        // The other has the same grants and no curb, and is asked for whatever passed here.
        let [budget, uncurbed]: [Budget, Budget] = [newBudget(first), newBudget(first)];
        let held: Curb | undefined;
        let now = 0;
        for (const [afterMs, step] of steps) {
          now += afterMs;
          const at = instant(now);
          if (step.kind === 'curb') held = step.curb;
          if (step.kind === 'grant') {
            [budget, uncurbed] = [regrant(budget, step.offered), regrant(uncurbed, step.offered)];
          }
          if (step.kind === 'give-back') {
            [budget, uncurbed] = [giveBack(budget, step.how, at), giveBack(uncurbed, step.how, at)];
          }
          if (step.kind !== 'take') continue;
          const answer = takeFrom(budget, step.lane, at, held);
          if (!answer.taken) {
            assert.ok(answer.retryAfterMs > 0);
            continue;
          }
          const other = takeFrom(uncurbed, step.lane, at);
          assert.ok(other.taken, `passed only because of the curb at ${String(now)}`);
          [budget, uncurbed] = [answer.budget, other.budget];
        }
      }),
      fcRuns,
    );
  });

  it('leaves every limit at or below the granted one, and nothing above its share', () => {
    fc.assert(
      fc.property(anyGrant, anyCurb, anyLane, fc.nat(9_000), (grant, held, lane, ms) => {
        const now = instant(ms);
        const [under, granted] = [limitsUnder(grant, held, lane, now), limitsOf(grant, now)];
        assert.ok(under.rate.perSecond <= granted.rate.perSecond);
        assert.ok(under.rate.burst <= granted.rate.burst);
        assert.ok(under.concurrency <= granted.concurrency);
        assert.ok(under.concurrency >= Math.min(1, granted.concurrency));
        if (lane === 'command' || held.share >= 1) return;
        const share = Math.max(0, held.share);
        assert.ok(under.rate.perSecond <= Math.max(0, grant.rate.perSecond * share) + 1e-9);
        assert.ok(under.concurrency <= Math.max(1, grant.concurrency * share));
      }),
      fcRuns,
    );
  });

  it('never touches the lane hi for a crowd, and sheds lo', () => {
    const crowd = curb({ because: 'flash-crowd', share: 1 });
    fc.assert(
      fc.property(anyGrant, fc.nat(9_000), (grant, ms) => {
        const now = instant(ms);
        assert.deepEqual(limitsUnder(grant, crowd, 'hi', now), limitsOf(grant, now));
        const mode = modeUnder(grant.mode, crowd);
        assert.equal(isOpenFor({ mode }, 'hi'), isOpenFor(grant, 'hi'));
        assert.equal(isOpenFor({ mode }, 'command'), isOpenFor(grant, 'command'));
        assert.equal(isOpenFor({ mode }, 'lo'), false);
      }),
      fcRuns,
    );
  });

  it('leaves commands all of the grant, whatever it is for', () => {
    fc.assert(
      fc.property(anyGrant, anyCurb, fc.nat(9_000), (grant, held, ms) => {
        const now = instant(ms);
        assert.deepEqual(limitsUnder(grant, held, 'command', now), limitsOf(grant, now));
        const mode = modeUnder(grant.mode, held);
        assert.equal(isOpenFor({ mode }, 'command'), isOpenFor(grant, 'command'));
      }),
      fcRuns,
    );
  });

  it('gives half to the lane hi under a flood of the usual settings', () => {
    const grant = wideGrant({ rate: { perSecond: 10, burst: 4 }, concurrency: 5 });

    assert.deepEqual(limitsUnder(grant, curb(), 'hi', instant(0)), {
      rate: { perSecond: 5, burst: 2 },
      concurrency: 2,
    });
  });

  it('takes its share of the grant, not of the safe limits after it', () => {
    const safe = { rate: { perSecond: 1, burst: 1 }, concurrency: 1 };
    const rate = { perSecond: 10, burst: 4 };
    const grant = wideGrant({ rate, concurrency: 5, safe, expiresAt: instant(10) });

    assert.deepEqual(limitsUnder(grant, curb(), 'hi', instant(10)), safe);
  });

  it('makes nothing of a grant of nothing', () => {
    const nothing = wideGrant({ rate: { perSecond: 0, burst: 0 }, concurrency: 0 });

    assert.deepEqual(limitsUnder(nothing, curb(), 'hi', instant(0)), limitsOf(nothing, instant(0)));
  });

  it('lets a whole request pass however small the share', () => {
    const grant = wideGrant({ rate: { perSecond: 10, burst: 3 }, concurrency: 3, cost: 2 });
    const under = limitsUnder(grant, curb({ share: 0.1 }), 'hi', instant(0));

    assert.deepEqual([under.rate.burst, under.concurrency], [2, 1]);
  });
});
