import assert from 'node:assert/strict';
import { readHistory } from '../../../src/application/accounts/read-history.ts';
import type { AccountId } from '../../../src/domain/ids.ts';
import { newestFirst, placeOf, type HistoryPlace } from '../../../src/domain/operation.ts';
import { refused } from '../../../src/domain/result.ts';
import { later } from '../../../src/domain/time.ts';
import {
  freshId,
  givenAccount,
  givenChange,
  givenCustomer,
  givenOperation,
  noon,
} from '../../support/given.ts';
import { memoryStores } from '../../support/portal-stores.ts';

describe('ReadHistory', () => {
  const given = async (count: number) => {
    const anna = givenCustomer();
    const account = givenAccount(anna);
    const operations = Array.from({ length: count }, (_, n) =>
      givenOperation(account, { postedAt: later(noon, n) }),
    );
    const { accounts } = memoryStores();
    await accounts.take(givenChange(account, ...operations), noon);
    const read = readHistory(accounts);
    const page = (limit: number, after?: HistoryPlace, asking = anna.id) =>
      read({ customerId: asking, accountId: account.id, filter: {}, after, limit });
    return { page, read, operations: operations.toSorted(newestFirst), anna };
  };

  it('shows the newest first and where the next page begins', async () => {
    const { page, operations } = await given(5);

    const first = await page(3);

    const expected = { items: operations.slice(0, 3), next: placeOf(operations[2]!) };
    assert.deepEqual(first, { ok: true, value: expected });
    const rest = await page(3, expected.next);
    assert.deepEqual(rest, { ok: true, value: { items: operations.slice(3), next: undefined } });
  });

  it('has no next page when the last line just fits', async () => {
    const { page, operations } = await given(3);

    assert.deepEqual(await page(3), { ok: true, value: { items: operations, next: undefined } });
  });

  it('is empty for an account nothing happened to', async () => {
    const { page } = await given(0);

    assert.deepEqual(await page(3), { ok: true, value: { items: [], next: undefined } });
  });

  it('knows no account of another customer, and none that is not there', async () => {
    const { page, read, anna } = await given(3);
    const unknown = refused({ reason: 'account-unknown' });
    const nowhere = { accountId: freshId<AccountId>(), filter: {}, after: undefined, limit: 3 };

    assert.deepEqual(await page(3, undefined, givenCustomer().id), unknown);
    assert.deepEqual(await read({ customerId: anna.id, ...nowhere }), unknown);
  });
});
