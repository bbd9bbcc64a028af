import assert from 'node:assert/strict';
import type { Account } from '../../src/domain/account.ts';
import type { Customer } from '../../src/domain/customer.ts';
import type { CustomerId } from '../../src/domain/ids.ts';
import type { Operation } from '../../src/domain/operation.ts';
import { later } from '../../src/domain/time.ts';
import {
  givenAccount,
  givenChange,
  givenCustomer,
  givenOperation,
  noon,
} from '../support/given.ts';
import { onEveryStore } from '../support/portal-stores.ts';

onEveryStore('the account store: its feed', (stores) => {
  let anna: Customer;
  let account: Account;
  const take = (...operations: readonly Operation[]) =>
    stores().accounts.take(givenChange(account, ...operations), noon);
  const at = (ms: number, facts: Partial<Operation> = {}) =>
    givenOperation(account, { postedAt: later(noon, ms), ...facts });

  beforeEach(() => {
    anna = givenCustomer();
    account = givenAccount(anna);
  });

  describe('the feed', () => {
    const feed = (seq = 0, limit = 100, customer: CustomerId = anna.id) =>
      stores().accounts.feedAfter(customer, seq, limit);

    it('tells of each new operation, with the account as it is now', async () => {
      const [first, last] = [at(0), at(1)];
      await take(first, last);

      assert.deepEqual(await feed(), [
        { seq: 1, kind: 'operation', operation: first, account },
        { seq: 2, kind: 'operation', operation: last, account },
      ]);
      assert.equal(await stores().accounts.feedEnd(anna.id), 2);
    });

    it('tells of a changed balance, and of very many operations, as one reset', async () => {
      await take();
      await take(...Array.from({ length: 21 }, (_, n) => at(n)));

      assert.deepEqual(await feed(), [
        { seq: 1, kind: 'reset' },
        { seq: 2, kind: 'reset' },
      ]);
    });

    it('tells of twenty operations one by one', async () => {
      await take(...Array.from({ length: 20 }, (_, n) => at(n)));

      assert.equal((await feed()).length, 20);
    });

    it('counts every customer’s entries without gaps, however many changes come at once', async () => {
      const boris = givenCustomer();
      const others = givenAccount(boris);
      const changes = Array.from({ length: 30 }, (_, n) =>
        n % 2 === 0 ? givenChange(account, at(n)) : givenChange(others, givenOperation(others)),
      );

      await Promise.all(changes.map((change) => stores().accounts.take(change, noon)));

      for (const customer of [anna.id, boris.id]) {
        const seqs = (await feed(0, 100, customer)).map(({ seq }) => seq);
        assert.deepEqual(
          seqs,
          Array.from({ length: 15 }, (_, n) => n + 1),
        );
      }
    });

    it('goes on after the entry that was read last', async () => {
      await take(...Array.from({ length: 5 }, (_, n) => at(n)));

      const seqs = async (seq: number, limit: number) =>
        (await feed(seq, limit)).map((entry) => entry.seq);

      assert.deepEqual(await seqs(0, 2), [1, 2]);
      assert.deepEqual(await seqs(2, 2), [3, 4]);
      assert.deepEqual(await seqs(4, 2), [5]);
      assert.deepEqual(await seqs(5, 2), []);
    });
  });
});
