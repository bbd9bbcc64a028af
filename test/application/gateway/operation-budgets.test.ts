import assert from 'node:assert/strict';
import fc from 'fast-check';
import { firstGrants } from '../../../src/application/gateway/first-grants.ts';
import {
  operationBudgets,
  type Release,
} from '../../../src/application/gateway/operation-budgets.ts';
import type { Grant } from '../../../src/domain/protection/grant.ts';
import { instant } from '../../../src/domain/time.ts';
import { fcRuns } from '../../support/fc-runs.ts';

const grant = (concurrency: number, seq = 1): Grant => {
  const rate = { perSecond: 100_000, burst: 100_000 };
  return {
    operation: 'a',
    seq,
    rate,
    concurrency,
    expiresAt: instant(1e12),
    safe: { rate, concurrency },
  };
};

describe('The budgets of all operations', () => {
  it('never let more through at once than granted, however places come and go', () => {
    const anySteps = fc.array(fc.oneof(fc.constant('take'), fc.nat(20)), { maxLength: 100 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), anySteps, (most, steps) => {
        const budgets = operationBudgets([grant(most)]);
        const held: Release[] = [];
        for (const [now, step] of steps.entries()) {
          if (typeof step === 'number') held.splice(step, 1)[0]?.();
          else {
            const place = budgets.take('a', instant(now));
            if ('release' in place) held.push(place.release);
            else assert.equal(held.length, most);
          }
          assert.equal(budgets.underWay('a'), held.length);
          assert.ok(held.length <= most);
        }
      }),
      fcRuns,
    );
  });

  it('keep one operation’s load from another’s budget', () => {
    const budgets = operationBudgets([grant(1), { ...grant(1), operation: 'b' }]);
    budgets.take('a', instant(0));

    assert.ok('release' in budgets.take('b', instant(0)));
    assert.ok('retryAfterMs' in budgets.take('a', instant(0)));
  });

  it('are closed for an operation nobody granted, until somebody does', () => {
    const budgets = operationBudgets([]);

    assert.deepEqual(budgets.take('a', instant(0)), { retryAfterMs: 5_000 });
    assert.equal(budgets.underWay('a'), 0);
    budgets.grant(grant(1));
    assert.ok('release' in budgets.take('a', instant(0)));
  });

  it('follow a newer grant and ignore an older one', () => {
    const budgets = operationBudgets([grant(1)]);
    budgets.take('a', instant(0));

    budgets.grant(grant(2, 0));
    assert.ok('retryAfterMs' in budgets.take('a', instant(0)));
    budgets.grant(grant(2, 2));
    assert.ok('release' in budgets.take('a', instant(0)));
  });

  it('begin with grants for what the portal may ask', () => {
    const operations = firstGrants(instant(0)).map(({ operation }) => operation);

    assert.deepEqual(operations, [
      'ledger.read-account',
      'ledger.record-payment',
      'ledger.record-refund',
      'gateway.report-edge',
    ]);
  });
});
