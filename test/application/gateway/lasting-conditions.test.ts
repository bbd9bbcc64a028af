import assert from 'node:assert/strict';
import { lastingConditions } from '../../../src/application/gateway/lasting-conditions.ts';
import { operationBudgets } from '../../../src/application/gateway/operation-budgets.ts';
import { instant } from '../../../src/domain/time.ts';
import { wideGrant } from '../../support/any-grant.ts';

const at = (ms: number) => instant(1e9 + ms);

describe('LastingConditions', () => {
  const holding = (states: Parameters<typeof lastingConditions>[0], sinceMs: number) =>
    lastingConditions(states, at(0), at(sinceMs))
      .filter(({ holds }) => holds)
      .map(({ detector, target }) => `${detector} ${target}`);

  it('tell when a grant is as good as used up', () => {
    const budgets = operationBudgets([wideGrant({ concurrency: 10 })]);
    for (let n = 0; n < 8; n += 1) budgets.take('a', 'hi', at(0));
    assert.deepEqual(holding(budgets.states(at(0)), 0), []);
    budgets.take('a', 'hi', at(0));

    assert.deepEqual(holding(budgets.states(at(0)), 0), ['grant-exhausted a']);
  });

  it('tell when grants stay away, and whether it is nothing or twice', () => {
    assert.deepEqual(holding([], 7_000), []);
    assert.deepEqual(holding([], 7_001), ['connector-silent inside']);
    assert.deepEqual(holding([], 12_001), ['grant-late inside', 'connector-silent inside']);
    assert.equal(lastingConditions([], at(0), at(5))[0]?.at, at(5));
  });
});
