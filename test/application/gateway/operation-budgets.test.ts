import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  operationBudgets,
  type Release,
} from '../../../src/application/gateway/operation-budgets.ts';
import type { Curb } from '../../../src/domain/protection/curb.ts';
import { instant } from '../../../src/domain/time.ts';
import { wideGrant } from '../../support/any-grant.ts';
import { fcRuns } from '../../support/fc-runs.ts';

const start = instant(0);

describe('The budgets of all operations', () => {
  it('never let more through at once than granted, however places come and go', () => {
    const anySteps = fc.array(fc.oneof(fc.constant('take'), fc.nat(20)), { maxLength: 100 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), anySteps, (most, steps) => {
        const budgets = operationBudgets([wideGrant({ concurrency: most })]);
        const held: Release[] = [];
        for (const [ms, step] of steps.entries()) {
          const now = instant(ms);
          if (typeof step === 'number') held.splice(step, 1)[0]?.('answered', now);
          else {
            const place = budgets.take('a', 'hi', now);
            if ('release' in place) held.push(place.release);
            else assert.equal(held.length, most);
          }
          assert.equal(budgets.state('a', now)?.underWay, held.length);
          assert.ok(held.length <= most);
        }
      }),
      fcRuns,
    );
  });

  it('take a place back once, however often it is given', () => {
    const budgets = operationBudgets([wideGrant()]);
    const [first, second] = [budgets.take('a', 'hi', start), budgets.take('a', 'hi', start)];
    assert.ok('release' in first && 'release' in second);

    first.release('answered', instant(40));
    first.release('answered', instant(90));

    const state = budgets.state('a', start);
    assert.equal(state?.underWay, 1);
    assert.equal(state.usualMs, 94);
  });

  it('keep one operation’s load from another’s budget', () => {
    const narrow = wideGrant({ concurrency: 1 });
    const budgets = operationBudgets([narrow, { ...narrow, operation: 'b' }]);
    budgets.take('a', 'hi', start);

    assert.ok('release' in budgets.take('b', 'hi', start));
    assert.ok('retryAfterMs' in budgets.take('a', 'hi', start));
    assert.deepEqual(
      budgets.states(start).map(({ grant, underWay }) => [grant.operation, underWay]),
      [
        ['a', 1],
        ['b', 1],
      ],
    );
  });

  it('are shut for an operation nobody granted, until somebody does', () => {
    const budgets = operationBudgets([]);

    assert.deepEqual(budgets.take('a', 'command', start), { why: 'shut', retryAfterMs: 5_000 });
    assert.equal(budgets.state('a', start), undefined);
    budgets.grant(wideGrant());
    assert.ok('release' in budgets.take('a', 'command', start));
  });

  it('follow a newer grant and ignore an older one', () => {
    const budgets = operationBudgets([wideGrant({ concurrency: 1 })]);
    budgets.take('a', 'hi', start);

    budgets.grant(wideGrant({ concurrency: 2, seq: 0 }));
    assert.ok('retryAfterMs' in budgets.take('a', 'hi', start));
    budgets.grant(wideGrant({ concurrency: 2, seq: 2 }));
    assert.ok('release' in budgets.take('a', 'hi', start));
  });

  it('show what passes under a curb beside what is granted, and leave commands all of it', () => {
    const rate = { perSecond: 10, burst: 10 };
    const curb: Curb = {
      because: 'flood',
      share: 0.5,
      since: start,
      until: instant(1e6),
      evidence: 'e',
    };
    const budgets = operationBudgets([wideGrant({ rate, concurrency: 2 })], () => curb);

    const state = budgets.state('a', start);
    assert.deepEqual(state?.limits, wideGrant({ rate, concurrency: 2 }));
    assert.deepEqual(state?.passing, {
      rate: { perSecond: 5, burst: 5 },
      concurrency: 1,
      mode: 'throttle',
    });
    assert.deepEqual([state?.curb, state?.places], [curb, 1]);
    assert.deepEqual(budgets.states(start), [state]);
    assert.ok('release' in budgets.take('a', 'hi', start));
    assert.ok('why' in budgets.take('a', 'hi', start));
    assert.ok('release' in budgets.take('a', 'command', start));
  });
});
