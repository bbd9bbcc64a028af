import assert from 'node:assert/strict';
import type { CustomerId, PaymentId, SavedMethodId } from '../../src/domain/ids.ts';
import type { SavedMethod } from '../../src/domain/saved-method.ts';
import { freshId, noon } from '../support/given.ts';
import { onEveryStore } from '../support/portal-stores.ts';

const given = (customerId: CustomerId, facts: Partial<SavedMethod> = {}): SavedMethod => ({
  ...{ id: freshId<SavedMethodId>(), customerId, provider: 'alpha', method: 'card' },
  ...{ title: '•••• 4477', paymentId: freshId<PaymentId>(), createdAt: noon, ...facts },
});

onEveryStore('SavedMethodStore', (stores) => {
  it('keeps what one payment brought once, however often it is told of', async () => {
    const { savedMethods } = stores();
    const anna = freshId<CustomerId>();
    const first = given(anna);
    const { paymentId } = first;
    await Promise.all([savedMethods.add(first, 'sealed-1'), savedMethods.add(first, 'sealed-1')]);
    await savedMethods.add(given(anna, { paymentId }), 'sealed-2');

    assert.deepEqual(await savedMethods.list(anna), [first]);
    assert.deepEqual(await savedMethods.find(first.id, anna), {
      method: first,
      sealedToken: 'sealed-1',
    });
  });

  it('lists the newest first, and nothing of anybody else', async () => {
    const { savedMethods } = stores();
    const [anna, boris] = [freshId<CustomerId>(), freshId<CustomerId>()];
    const [older, newer, his] = [given(anna), given(anna), given(boris)];
    for (const one of [older, newer, his]) await savedMethods.add(one, one.id);

    assert.deepEqual(await savedMethods.list(anna), [newer, older]);
    assert.equal(await savedMethods.find(his.id, anna), undefined);
    assert.equal(await savedMethods.forget(his.id, anna), false);
    assert.deepEqual(await savedMethods.list(boris), [his]);
  });

  it('forgets a method with its token, once', async () => {
    const { savedMethods } = stores();
    const anna = freshId<CustomerId>();
    const method = given(anna);
    await savedMethods.add(method, 'sealed');

    assert.equal(await savedMethods.forget(method.id, anna), true);
    assert.equal(await savedMethods.find(method.id, anna), undefined);
    assert.equal(await savedMethods.forget(method.id, anna), false);
  });
});
