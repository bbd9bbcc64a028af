import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Account } from '../../src/domain/account.ts';
import type { Customer } from '../../src/domain/customer.ts';
import type { AccountId, OperationId } from '../../src/domain/ids.ts';
import { add, money } from '../../src/domain/money.ts';
import { newestFirst, type Operation } from '../../src/domain/operation.ts';
import type { Span } from '../../src/domain/statement.ts';
import { instant, later } from '../../src/domain/time.ts';
import { anyInstant, anyOperation } from '../support/any.ts';
import { fcFewRuns } from '../support/fc-runs.ts';
import {
  freshId,
  givenAccount,
  givenChange,
  givenCustomer,
  givenOperation,
  noon,
} from '../support/given.ts';
import { onEveryStore } from '../support/portal-stores.ts';

const sumOf = (operations: readonly Operation[]): bigint =>
  operations.reduce((sum, { amount }) => sum + amount.minor, 0n);

onEveryStore('a span of an account', (stores) => {
  let anna: Customer;
  let account: Account;
  const take = (...operations: readonly Operation[]) =>
    stores().accounts.take(givenChange(account, ...operations), noon);
  const span = (of: Span, limit = 100) => stores().accounts.span(account.id, anna.id, of, limit);
  const at = (ms: number, minor: bigint) =>
    givenOperation(account, { postedAt: later(noon, ms), amount: money(minor, 'RUB') });
  const minute = { from: noon, before: later(noon, 60) };

  beforeEach(() => {
    anna = givenCustomer();
    account = givenAccount(anna);
  });

  it('has what came before it, within it and after it, its own operations oldest first', async () => {
    const [before, first, second, third, after] = [
      at(-1, -7n),
      at(0, 500n),
      at(30, -200n),
      at(59, -1n),
      at(60, 11n),
    ] as const;
    await take(after, third, before, second, first);

    assert.deepEqual(await span(minute), {
      account,
      earlier: -7n,
      later: 11n,
      received: 500n,
      spent: 201n,
      count: 3,
      operations: [first, second, third],
    });
  });

  it('gives no more operations than were asked for, and counts all', async () => {
    const operations = Array.from({ length: 5 }, (_, n) => at(n, -1n));
    await take(...operations);

    const found = await span(minute, 2);

    assert.deepEqual(found?.operations, operations.slice(0, 2));
    assert.equal(found?.count, 5);
    assert.equal(found?.spent, 5n);
  });

  it('is there for an account to which nothing happened', async () => {
    await take();

    const nothing = { earlier: 0n, later: 0n, received: 0n, spent: 0n, count: 0, operations: [] };
    assert.deepEqual(await span(minute), { account, ...nothing });
  });

  it('is of nobody else’s account, and of one account only', async () => {
    await take(at(0, -5n));
    const other = givenAccount(anna, { number: '2' });
    await stores().accounts.take(givenChange(other, givenOperation(other)), noon);

    assert.equal((await span(minute))?.spent, 5n);
    const { accounts } = stores();
    assert.equal(await accounts.span(account.id, givenCustomer().id, minute, 9), undefined);
    assert.equal(await accounts.span(freshId<AccountId>(), anna.id, minute, 9), undefined);
  });

  it('loses no smallest unit, whatever the sums and wherever time is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyOperation(account), { maxLength: 8 }),
        anyInstant,
        anyInstant,
        async (some, a, b) => {
          const one = { ...givenAccount(anna), balance: account.balance };
          const operations = some
            .map((each) => ({ ...each, accountId: one.id, id: freshId<OperationId>() }))
            .toSorted(newestFirst)
            .toReversed();
          await stores().accounts.take(givenChange(one, ...operations), noon);
          const [from, before] = [instant(Math.min(a, b)), instant(Math.max(a, b))];

          const found = await stores().accounts.span(one.id, anna.id, { from, before }, 100);

          assert.ok(found !== undefined);
          const { earlier, received, spent, later: after } = found;
          assert.equal(earlier + received - spent + after, sumOf(operations));
          assert.equal(sumOf(found.operations), received - spent);
        },
      ),
      fcFewRuns,
    );
  });

  it('is of one moment, whatever is taken meanwhile', async () => {
    const one = { ...account, balance: money(0n, 'RUB') };
    await stores().accounts.take(givenChange(one), noon);
    let known: Account = one;
    const taking = (async () => {
      for (let n = 0; n < 40; n += 1) {
        const operation = at(n, 1n);
        known = { ...known, balance: add(known.balance, operation.amount), version: 2 + n };
        await stores().accounts.take(givenChange(known, operation), noon);
      }
    })();

    for (let n = 0; n < 40; n += 1) {
      const found = await span(minute);
      assert.equal(found?.account.balance.minor, found?.received);
      assert.equal(found?.operations.length, Number(found?.received));
    }
    await taking;
    assert.equal((await span(minute))?.received, 40n);
  });
});
