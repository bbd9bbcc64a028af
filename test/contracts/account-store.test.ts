import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { HistoryFilter } from '../../src/application/ports/account-store.ts';
import type { Account } from '../../src/domain/account.ts';
import type { Customer } from '../../src/domain/customer.ts';
import type { AccountId, OperationId, PaymentId } from '../../src/domain/ids.ts';
import { money } from '../../src/domain/money.ts';
import { newestFirst, placeOf, type Operation } from '../../src/domain/operation.ts';
import { instant, later, minute, type CalendarDay } from '../../src/domain/time.ts';
import { anyOperation } from '../support/any.ts';
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

onEveryStore('the account store', (stores) => {
  let anna: Customer;
  let account: Account;
  const take = (...operations: readonly Operation[]) =>
    stores().accounts.take(givenChange(account, ...operations), noon);
  const history = (filter: HistoryFilter = {}, limit = 100, after?: Operation) =>
    stores().accounts.history(account.id, anna.id, filter, {
      after: after && placeOf(after),
      limit,
    });
  const at = (ms: number, facts: Partial<Operation> = {}) =>
    givenOperation(account, { postedAt: later(noon, ms), ...facts });

  beforeEach(() => {
    anna = givenCustomer();
    account = givenAccount(anna);
  });

  describe('a change', () => {
    it('brings the account and its operations', async () => {
      const operation = at(0, {
        counterparty: 'ООО «Связь»',
        paymentId: freshId<PaymentId>(),
        kind: 'payment',
      });

      const isNew = await take(operation);

      assert.equal(isNew, true);
      assert.deepEqual(await stores().accounts.find(account.id, anna.id), account);
      assert.deepEqual(await stores().accounts.list(anna.id), [account]);
      assert.deepEqual(await history(), [operation]);
      assert.deepEqual(await stores().accounts.findOperation(operation.id, anna.id), operation);
      const { paymentId } = operation;
      assert.deepEqual(await stores().accounts.findByPayment(paymentId!, anna.id), operation);
    });

    it('keeps every sum, day and moment exactly, whatever they are', async () => {
      const anySet = fc.array(anyOperation(account), { maxLength: 5 });
      await fc.assert(
        fc.asyncProperty(anySet, async (operations) => {
          const fresh = operations.map((one) => ({ ...one, id: freshId<OperationId>() }));
          await take(...fresh);

          for (const operation of fresh) {
            const found = await stores().accounts.findOperation(operation.id, anna.id);
            assert.deepEqual(found, operation);
          }
        }),
        fcFewRuns,
      );
    });

    it('that is told twice is nothing new', async () => {
      const operation = at(0);
      await take(operation, operation);
      const end = await stores().accounts.feedEnd(anna.id);

      assert.equal(await take(operation), false);
      assert.deepEqual(await history(), [operation]);
      assert.equal(await stores().accounts.feedEnd(anna.id), end);
    });

    it('that is older brings its operations and no old balance', async () => {
      const newer = { ...account, version: 2, balance: money(0n, 'RUB'), asOf: later(noon, 1) };
      const [first, last] = [at(0), at(1)];
      await stores().accounts.take(givenChange(newer, last), noon);

      const isNew = await take(first);

      assert.equal(isNew, true);
      assert.deepEqual(await stores().accounts.find(account.id, anna.id), newer);
      assert.deepEqual(await history(), [last, first]);
    });

    it('of the same version with fresher figures only moves "as of" on', async () => {
      await take();
      const fresher = { ...account, asOf: later(noon, minute) };

      assert.equal(await stores().accounts.take(givenChange(fresher), noon), true);
      assert.equal(await take(), false);
      assert.deepEqual(await stores().accounts.find(account.id, anna.id), fresher);
    });

    it('leaves the same picture in whatever order and at the same time they come', async () => {
      const changes = Array.from({ length: 8 }, (_, n) =>
        givenChange(
          { ...account, version: n + 1, balance: money(BigInt(n), 'RUB'), asOf: later(noon, n) },
          at(n),
        ),
      );
      const shuffled = [...changes, ...changes.toReversed(), ...changes.slice(3)];

      await Promise.all(shuffled.map((change) => stores().accounts.take(change, noon)));

      assert.deepEqual(await stores().accounts.find(account.id, anna.id), changes.at(-1)?.account);
      const expected = changes.flatMap((one) => one.operations).toSorted(newestFirst);
      assert.deepEqual(await history(), expected);
    });
  });

  describe('another customer', () => {
    it('finds nothing of this one, by no question', async () => {
      const paymentId = freshId<PaymentId>();
      const operation = at(0, { paymentId });
      await take(operation);
      const stranger = givenCustomer().id;

      const { accounts } = stores();
      const page = { after: undefined, limit: 10 };
      assert.deepEqual(await accounts.list(stranger), []);
      assert.equal(await accounts.find(account.id, stranger), undefined);
      assert.deepEqual(await accounts.history(account.id, stranger, {}, page), []);
      assert.equal(await accounts.findOperation(operation.id, stranger), undefined);
      assert.equal(await accounts.findByPayment(paymentId, stranger), undefined);
      assert.deepEqual(await accounts.feedAfter(stranger, 0, 10), []);
      assert.equal(await accounts.feedEnd(stranger), 0);
    });
  });

  describe('the list', () => {
    it('is in the order of the account numbers', async () => {
      const numbers = ['30', '10', '20'];
      for (const number of numbers) {
        const one = givenAccount(anna, { number, openedOn: '2024-02-29' as CalendarDay });
        await stores().accounts.take(givenChange(one), noon);
      }

      const listed = await stores().accounts.list(anna.id);

      assert.deepEqual(
        listed.map(({ number }) => number),
        ['10', '20', '30'],
      );
    });
  });

  describe('a history', () => {
    it('is read newest first, by id where moments are equal', async () => {
      const operations = [at(2), at(1), at(1), at(3)];
      await take(...operations);

      assert.deepEqual(await history(), operations.toSorted(newestFirst));
    });

    it('goes on where the last page ended, whatever was posted meanwhile', async () => {
      const operations = Array.from({ length: 25 }, (_, n) => at(Math.floor(n / 3)));
      await take(...operations);
      const read: Operation[] = [];

      for (let page = await history({}, 4); page.length > 0 && read.length < 40;) {
        read.push(...page);
        await take(at(minute + read.length));
        page = await history({}, 4, page.at(-1));
      }

      const ids = (some: readonly Operation[]) => some.map(({ id }) => id);
      assert.deepEqual(ids(read), ids(operations.toSorted(newestFirst)));
    });

    it('holds only what is of the account asked for', async () => {
      await take(at(0));
      const other = givenAccount(anna, { number: '2' });
      const theirs = givenOperation(other);
      await stores().accounts.take(givenChange(other, theirs), noon);

      const page = { after: undefined, limit: 10 };
      const found = await stores().accounts.history(other.id, anna.id, {}, page);

      assert.deepEqual(found, [theirs]);
      const unknown = freshId<AccountId>();
      assert.deepEqual(await stores().accounts.history(unknown, anna.id, {}, page), []);
    });

    it('is narrowed from a moment on and before another, the second left out', async () => {
      const [first, middle, last] = [at(0), at(1), at(2)];
      await take(first, middle, last);

      assert.deepEqual(await history({ from: middle.postedAt }), [last, middle]);
      assert.deepEqual(await history({ before: middle.postedAt }), [first]);
      const between = { from: middle.postedAt, before: last.postedAt };
      assert.deepEqual(await history(between), [middle]);
      assert.deepEqual(await history({ from: instant(0) }), [last, middle, first]);
      assert.deepEqual(await history({ before: instant(0) }), []);
    });

    it('is narrowed by kind and by sum, both ends included', async () => {
      const charge = at(0, { amount: money(-300n, 'RUB') });
      const nothing = at(1, { kind: 'correction', amount: money(0n, 'RUB') });
      const payment = at(2, { kind: 'payment', amount: money(500n, 'RUB') });
      await take(charge, nothing, payment);

      assert.deepEqual(await history({ kind: 'payment' }), [payment]);
      assert.deepEqual(await history({ min: 0n }), [payment, nothing]);
      assert.deepEqual(await history({ max: 0n }), [nothing, charge]);
      assert.deepEqual(await history({ min: -300n, max: -300n }), [charge]);
      assert.deepEqual(await history({ min: 501n }), []);
    });

    it('is searched in descriptions and counterparties, in any letter case', async () => {
      const plain = at(0, { description: 'Оплата картой' });
      const named = at(1, { description: '-', counterparty: 'Картография' });
      await take(plain, named, at(2, { description: '100% скидка_1 a\\b' }));

      assert.deepEqual(await history({ text: 'КАРТ' }), [named, plain]);
      assert.deepEqual(await history({ text: 'оплата К' }), [plain]);
      assert.deepEqual(await history({ text: 'почтой' }), []);
    });

    it('takes signs of a search pattern as they are written', async () => {
      const marked = at(2, { description: '100% скидка_1 a\\b' });
      await take(marked, at(0, { description: 'Оплата 1001 скидкаЁ1 ab' }));

      for (const text of ['100%', 'скидка_1', 'a\\b']) {
        assert.deepEqual(await history({ text }), [marked]);
      }
      assert.deepEqual(await history({ text: '%%' }), []);
      assert.equal((await history({ text: '' })).length, 2);
    });

    it('keeps its filter from page to page', async () => {
      const charges = Array.from({ length: 6 }, (_, n) => at(n));
      await take(...charges, ...charges.map((_, n) => at(n, { kind: 'payment' })));

      const first = await history({ kind: 'charge' }, 4);
      const rest = await history({ kind: 'charge' }, 4, first.at(-1));

      assert.deepEqual([...first, ...rest], charges.toReversed());
    });
  });
});
