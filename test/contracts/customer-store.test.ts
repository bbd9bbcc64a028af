import assert from 'node:assert/strict';
import type { CustomerId } from '../../src/domain/ids.ts';
import { freshId, givenCustomer } from '../support/given.ts';
import { onEveryStore } from '../support/portal-stores.ts';

onEveryStore('the customer store', (stores) => {
  it('finds a customer by id and by contract', async () => {
    const anna = givenCustomer({ email: 'anna@example.org', locale: 'en' });

    await stores().customers.put(anna, 1);

    assert.deepEqual(await stores().customers.find(anna.id), anna);
    assert.deepEqual(await stores().customers.findByContract(anna.contract), anna);
  });

  it('finds nobody else', async () => {
    await stores().customers.put(givenCustomer(), 1);

    assert.equal(await stores().customers.find(freshId<CustomerId>()), undefined);
    assert.equal(await stores().customers.findByContract('none'), undefined);
  });

  it('takes what the inside says anew', async () => {
    const anna = givenCustomer({ email: 'anna@example.org' });
    await stores().customers.put(anna, 1);

    const renamed = { ...anna, name: 'Анна Вронская', email: undefined };
    await stores().customers.put(renamed, 2);

    assert.deepEqual(await stores().customers.find(anna.id), renamed);
  });

  it('is not changed by what is older or was told before', async () => {
    const anna = givenCustomer();
    await stores().customers.put(anna, 2);

    await stores().customers.put({ ...anna, name: 'older' }, 1);
    await stores().customers.put({ ...anna, name: 'as old' }, 2);

    assert.deepEqual(await stores().customers.find(anna.id), anna);
  });

  it('ends with the newest version, in whatever order they come at once', async () => {
    const anna = givenCustomer();

    await Promise.all(
      [3, 1, 7, 2, 7, 5].map((version) =>
        stores().customers.put({ ...anna, name: `version ${String(version)}` }, version),
      ),
    );

    assert.equal((await stores().customers.find(anna.id))?.name, 'version 7');
  });

  it('gives a contract to one customer only', async () => {
    const anna = givenCustomer();
    await stores().customers.put(anna, 1);

    await assert.rejects(stores().customers.put(givenCustomer({ contract: anna.contract }), 1));
  });
});
