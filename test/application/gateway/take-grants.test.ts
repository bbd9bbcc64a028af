import assert from 'node:assert/strict';
import { countTraffic } from '../../../src/application/gateway/count-traffic.ts';
import { operationBudgets } from '../../../src/application/gateway/operation-budgets.ts';
import { takeGrants } from '../../../src/application/gateway/take-grants.ts';
import type { BudgetGranted } from '../../../src/application/ports/inside-messages.ts';
import { instant, isoText } from '../../../src/domain/time.ts';
import { wideGrant } from '../../support/any-grant.ts';

const now = instant(1e9);

describe('TakeGrants', () => {
  it('takes what is granted, and tells whether other limits hold now', () => {
    const budgets = operationBudgets([]);
    const take = takeGrants(budgets);
    const { expiresAt, ...wide } = wideGrant({ concurrency: 3 });
    const message = (more: Partial<BudgetGranted['grants'][number]>) => ({
      grants: [{ ...wide, expiresAt: isoText(expiresAt), ...more }],
    });

    assert.equal(take(message({}), now), true);
    assert.equal(budgets.state('a', now)?.places, 3);
    assert.equal(budgets.state('a', now)?.grant.expiresAt, expiresAt);
    assert.equal(take(message({ seq: 2 }), now), false, 'renewed');
    assert.equal(take(message({ seq: 1, concurrency: 9 }), now), false, 'older');
    assert.equal(take(message({ seq: 3, mode: 'closed' }), now), true);
    assert.equal(take(message({ seq: 4, expiresAt: 'never' }), now), true, 'safe values hold');
  });
});

describe('CountTraffic', () => {
  it('counts by operation what passed and what was busy', () => {
    const counts = countTraffic();
    for (const passage of ['passed', 'busy', 'passed', 'refused'] as const) {
      counts.see({ operation: 'a', passage });
    }

    assert.deepEqual(counts.of('a'), { passed: 2, busy: 1 });
    assert.deepEqual(counts.of('b'), { passed: 0, busy: 0 });
  });
});
