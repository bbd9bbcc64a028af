import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Account } from '../../src/domain/account.ts';
import { add, money, negate } from '../../src/domain/money.ts';
import { newestFirst, type Operation } from '../../src/domain/operation.ts';
import { refused } from '../../src/domain/result.ts';
import {
  balancesIn,
  longestPeriodDays,
  refusePeriod,
  spanOf,
  statementOf,
  type AccountSpan,
  type StatementPeriod,
} from '../../src/domain/statement.ts';
import { dayIn, nextDay, type CalendarDay } from '../../src/domain/time.ts';
import { anyAccount, anyDay, anyOperation, anyZone } from '../support/any.ts';

/** An account whose balance is its history, as the books promise. */
const anyHistory = anyAccount.chain((account) =>
  fc.array(anyOperation(account), { maxLength: 30 }).map((operations) => ({
    account: {
      ...account,
      balance: operations.reduce(
        (sum, { amount }) => add(sum, amount),
        money(0n, account.balance.currency),
      ),
    },
    operations: operations.toSorted(newestFirst).toReversed(),
  })),
);
const anyPeriod = fc
  .tuple(anyDay, anyDay)
  .map(([a, b]): StatementPeriod => (a < b ? { from: a, to: b } : { from: b, to: a }));

const sumOf = (operations: readonly Operation[]): bigint =>
  operations.reduce((sum, { amount }) => sum + amount.minor, 0n);

function spanIn(
  account: Account,
  operations: readonly Operation[],
  period: StatementPeriod,
  zone: string,
): AccountSpan {
  const { from, before } = spanOf(period, zone);
  const within = operations.filter(({ postedAt }) => postedAt >= from && postedAt < before);
  return {
    account,
    earlier: sumOf(operations.filter(({ postedAt }) => postedAt < from)),
    later: sumOf(operations.filter(({ postedAt }) => postedAt >= before)),
    received: sumOf(within.filter(({ amount }) => amount.minor > 0n)),
    spent: -sumOf(within.filter(({ amount }) => amount.minor < 0n)),
    count: within.length,
    operations: within,
  };
}

const stated = (
  history: { readonly account: Account; readonly operations: readonly Operation[] },
  period: StatementPeriod,
  zone: string,
) => {
  const answer = statementOf(period, spanIn(history.account, history.operations, period, zone));
  assert.ok(answer.ok);
  return answer.value;
};
const allTime = { from: '2019-01-01', to: '2041-01-01' } as StatementPeriod;

describe('a statement', () => {
  it('closes with what it opened with, and what came, less what went', () => {
    fc.assert(
      fc.property(anyHistory, anyPeriod, anyZone, (history, period, zone) => {
        const { opening, received, spent, closing } = stated(history, period, zone);

        assert.deepEqual(closing, add(add(opening, received), negate(spent)));
        assert.ok(received.minor >= 0n);
        assert.ok(spent.minor >= 0n);
      }),
    );
  });

  it('opens with what the one before it closed with, wherever time is cut', () => {
    fc.assert(
      fc.property(anyHistory, anyPeriod, anyZone, (history, period, zone) => {
        const first = stated(history, { from: allTime.from, to: period.from }, zone);
        const next = nextDay(period.from);
        const second = stated(
          history,
          { from: next, to: period.to < next ? next : period.to },
          zone,
        );
        const last = stated(history, { from: nextDay(second.period.to), to: allTime.to }, zone);

        assert.deepEqual(first.closing, second.opening);
        assert.deepEqual(second.closing, last.opening);
        const all = [first, second, last].flatMap(({ operations }) => operations);
        assert.deepEqual(all, history.operations);
      }),
    );
  });

  it('of all time opens with nothing and closes with the balance', () => {
    fc.assert(
      fc.property(anyHistory, anyZone, (history, zone) => {
        const { opening, closing } = stated(history, allTime, zone);

        assert.equal(opening.minor, 0n);
        assert.deepEqual(closing, history.account.balance);
      }),
    );
  });

  it('holds just the operations of its days in the company’s zone', () => {
    fc.assert(
      fc.property(anyHistory, anyPeriod, anyZone, (history, period, zone) => {
        const days = stated(history, period, zone).operations.map((one) =>
          dayIn(zone, one.postedAt),
        );

        assert.ok(days.every((day) => day >= period.from && day <= period.to));
      }),
    );
  });

  it('leads from the opening to the closing balance, operation by operation', () => {
    fc.assert(
      fc.property(anyHistory, anyPeriod, anyZone, (history, period, zone) => {
        const statement = stated(history, period, zone);
        const balances = balancesIn(statement);

        assert.equal(balances.length, statement.operations.length);
        assert.deepEqual(balances.at(-1) ?? statement.opening, statement.closing);
      }),
    );
  });

  it('is not made while the balance is not what the history comes to', () => {
    fc.assert(
      fc.property(anyHistory, anyPeriod, anyZone, ({ account, operations }, period, zone) => {
        fc.pre(operations.some(({ amount }) => amount.minor !== 0n));
        const missing = operations.findIndex(({ amount }) => amount.minor !== 0n);
        const span = spanIn(account, operations.toSpliced(missing, 1), period, zone);

        assert.deepEqual(statementOf(period, span), refused({ reason: 'history-incomplete' }));
      }),
    );
  });

  it('never leaves out an operation that its sums count', () => {
    fc.assert(
      fc.property(anyHistory, ({ account, operations }) => {
        fc.pre(sumOf(operations.slice(1)) !== sumOf(operations));
        const span = spanIn(account, operations, allTime, 'UTC');

        assert.throws(
          () => statementOf(allTime, { ...span, operations: operations.slice(1) }),
          /misses operations/,
        );
      }),
    );
  });
});

describe('the period of a statement', () => {
  const today = '2026-11-28' as CalendarDay;
  const of = (from: string, to: string) => refusePeriod({ from, to } as StatementPeriod, today);

  it('may be one day, and end today', () => {
    assert.equal(of('2026-11-28', '2026-11-28'), undefined);
    assert.equal(of('2026-11-01', '2026-11-28'), undefined);
  });

  it('does not end before it begins, and not in the future', () => {
    assert.deepEqual(of('2026-11-02', '2026-11-01'), { reason: 'period-backwards' });
    assert.deepEqual(of('2026-11-28', '2026-11-29'), { reason: 'period-in-future' });
  });

  it('is a year at most, a leap year too', () => {
    assert.equal(of('2024-01-01', '2024-12-31'), undefined);
    assert.equal(of('2025-11-28', '2026-11-28'), undefined);
    const refusal = { reason: 'period-too-long', mostDays: longestPeriodDays };
    assert.deepEqual(of('2025-11-27', '2026-11-28'), refusal);
    assert.deepEqual(of('2024-01-01', '2025-01-01'), refusal);
  });
});
