import assert from 'node:assert/strict';
import type { AccountId, SavedMethodId } from '../../../src/domain/ids.ts';
import { money } from '../../../src/domain/money.ts';
import { ok, refused } from '../../../src/domain/result.ts';
import { freshId, givenCustomer } from '../../support/given.ts';
import { givenAutoPay } from '../../support/given-autopay.ts';

describe('AgreeToAutoPay', () => {
  it('keeps the very words that were read, in the language they were read in', async () => {
    for (const locale of ['ru', 'en'] as const) {
      const { show, agree, request, stores, anna } = await givenAutoPay();
      const words = await show(request(), locale);
      assert.ok(words.ok);
      for (const part of ['Связь', '40817810000000001', 'ЮMoney •••• 4477', '600', '20']) {
        assert.ok(words.value.includes(part), part);
      }
      assert.ok((await agree(request(), words.value)).ok);
      assert.deepEqual(await stores.consents(anna.id), [{ words: words.value, ended: false }]);
    }
  });

  it('takes no agreement to other words: another limit, another day, another account, or none', async () => {
    const { show, agree, request, autopay } = await givenAutoPay();
    const others = [{ limit: money(70_000n, 'RUB') }, { dayOfMonth: 21 }];
    for (const facts of others) {
      const words = await show(request(facts), 'ru');
      assert.ok(words.ok);
      const answer = await agree(request(), words.value);
      assert.deepEqual(answer, refused({ reason: 'consent-outdated' }));
    }
    assert.deepEqual(await agree(request(), ''), refused({ reason: 'consent-outdated' }));
    assert.equal(await autopay(), undefined);
  });

  it('refuses what is not the customer’s or makes no sense', async () => {
    const { show, agree, request } = await givenAutoPay();
    const wrong = [
      [{ accountId: freshId<AccountId>() }, 'account-unknown'],
      [{ customerId: givenCustomer().id }, 'account-unknown'],
      [{ savedMethod: freshId<SavedMethodId>() }, 'saved-method-unknown'],
      [{ limit: money(100n, 'USD') }, 'wrong-currency'],
      [{ limit: money(0n, 'RUB') }, 'amount-not-positive'],
    ] as const;
    for (const [facts, reason] of wrong) {
      assert.deepEqual(await show(request(facts), 'ru'), refused({ reason }));
      assert.deepEqual(await agree(request(facts), 'yes'), refused({ reason }));
    }
  });
});

describe('ForgetMethod', () => {
  it('forgets the method and turns off what would charge it, once', async () => {
    const { forget, agreed, autopay, savedMethod, anna, stores } = await givenAutoPay();
    await agreed();
    const notFound = refused({ reason: 'not-found' });

    assert.deepEqual(await forget(savedMethod.id, givenCustomer().id), notFound);
    assert.ok((await autopay()) !== undefined);
    assert.deepEqual(await forget(savedMethod.id, anna.id), ok(undefined));
    assert.equal(await autopay(), undefined);
    assert.deepEqual(await stores.savedMethods.list(anna.id), []);
    assert.deepEqual(
      (await stores.consents(anna.id)).map(({ ended }) => ended),
      [true],
    );
    assert.deepEqual(await forget(savedMethod.id, anna.id), notFound);
  });
});
