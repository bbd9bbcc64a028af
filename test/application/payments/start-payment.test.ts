import assert from 'node:assert/strict';
import type { AccountId } from '../../../src/domain/ids.ts';
import { money, type Money } from '../../../src/domain/money.ts';
import { refused } from '../../../src/domain/result.ts';
import { freshId, givenCustomer, noon } from '../../support/given.ts';
import { givenPaying } from '../../support/given-paying.ts';

describe('StartPayment', () => {
  const given = async () => {
    const world = await givenPaying();
    const request = {
      customerId: world.anna.id,
      accountId: world.account.id,
      amount: money(50_000n, 'RUB'),
      method: 'card',
      key: 'key-1',
    };
    const list = () => world.stores.payments.list(world.anna.id, 10, undefined);
    return { ...world, request, list };
  };

  it('records the wish and calls nobody yet', async () => {
    const { start, request, list, provider, account } = await given();

    const started = await start(request);

    const [payment] = await list();
    assert.deepEqual(started, { ok: true, value: payment });
    assert.equal(payment?.state, 'created');
    assert.equal(payment.provider, 'alpha');
    assert.equal(payment.accountNumber, account.number);
    assert.equal(payment.createdAt, noon);
    assert.deepEqual(provider.calls, []);
  });

  it('is one payment by one key, however often the button is pressed at once', async () => {
    const { start, request, list } = await given();

    const answers = await Promise.all(Array.from({ length: 9 }, () => start(request)));

    const [payment, ...others] = await list();
    assert.deepEqual(others, []);
    for (const answer of answers) assert.deepEqual(answer, { ok: true, value: payment });
  });

  it('refuses a used key for another sum, account or method', async () => {
    const { start, request, list, stores, account } = await given();
    await start(request);
    const second = { ...account, id: freshId<AccountId>() };
    await stores.accounts.take({ account: second, operations: [] }, noon);

    for (const other of [
      { amount: money(50_001n, 'RUB') },
      { accountId: second.id },
      { method: 'transfer' },
    ]) {
      const answer = await start({ ...request, ...other });
      assert.deepEqual(answer, refused({ reason: 'idempotency-conflict' }));
    }
    assert.equal((await list()).length, 1);
  });

  it('makes two payments of two keys', async () => {
    const { start, request, list } = await given();

    await start(request);
    await start({ ...request, key: 'key-2' });

    assert.equal((await list()).length, 2);
  });

  it('refuses a method nobody offers and an account that is not the customer’s', async () => {
    const { start, request, list } = await given();

    const noMethod = await start({ ...request, method: 'pigeon' });
    const noAccount = await start({ ...request, accountId: freshId<AccountId>() });
    const stranger = await start({ ...request, customerId: givenCustomer().id });

    assert.deepEqual(noMethod, refused({ reason: 'method-unknown' }));
    assert.deepEqual(noAccount, refused({ reason: 'account-unknown' }));
    assert.deepEqual(stranger, refused({ reason: 'account-unknown' }));
    assert.deepEqual(await list(), []);
  });

  it('refuses a sum outside the limits, of nothing, and in another currency', async () => {
    const { start, request, list } = await given();
    const reason = async (amount: Money) => {
      const answer = await start({ ...request, amount });
      return answer.ok ? 'ok' : answer.refusal.reason;
    };

    assert.equal(await reason(money(99n, 'RUB')), 'amount-below-minimum');
    assert.equal(await reason(money(10_000_001n, 'RUB')), 'amount-above-maximum');
    assert.equal(await reason(money(0n, 'RUB')), 'amount-not-positive');
    assert.equal(await reason(money(500n, 'USD')), 'wrong-currency');
    assert.deepEqual(await list(), []);
    assert.equal(await reason(money(100n, 'RUB')), 'ok');
  });
});
