import assert from 'node:assert/strict';
import fc from 'fast-check';
import { accountChanged } from '../../../src/application/accounting/account-changed.ts';
import {
  readAccountChanged,
  takeAccountChanged,
  takeCustomerChanged,
} from '../../../src/application/accounts/take-inside-events.ts';
import { anyAccount, anyOperation } from '../../support/any.ts';
import {
  givenAccount,
  givenChange,
  givenCustomer,
  givenOperation,
  stoppedClock,
} from '../../support/given.ts';
import { memoryStores } from '../../support/portal-stores.ts';

describe('TakeInsideEvents', () => {
  const anna = givenCustomer();
  const account = givenAccount(anna);
  const event = accountChanged(account, [givenOperation(account)]);

  it('knows a customer the inside told of', async () => {
    const { customers } = memoryStores();

    const { id: customerId, ...facts } = anna;
    await takeCustomerChanged(customers)({ customerId, ...facts, version: 1 });

    assert.deepEqual(await customers.find(anna.id), anna);
  });

  it('takes no customer whose phone is none', async () => {
    const { customers } = memoryStores();

    const { id: customerId, ...facts } = anna;
    const taking = takeCustomerChanged(customers)({
      customerId,
      ...facts,
      phone: '112',
      version: 1,
    });

    await assert.rejects(taking, { name: 'InvariantBroken' });
    assert.equal(await customers.find(anna.id), undefined);
  });

  it('shows an account and its operations as the inside wrote them, to the kopeck', () => {
    const both = anyAccount.chain((one) =>
      fc.tuple(fc.constant(one), fc.array(anyOperation(one), { maxLength: 4 })),
    );
    fc.assert(
      fc.property(both, ([one, operations]) => {
        const told = readAccountChanged(accountChanged(one, operations));
        assert.deepEqual(told, givenChange(one, ...operations));
      }),
    );
  });

  it('changes nothing when an event is told twice', async () => {
    const { accounts } = memoryStores();
    const take = takeAccountChanged(accounts, stoppedClock());

    await take(event);
    await take(event);

    assert.deepEqual(await accounts.list(anna.id), [account]);
    assert.equal(await accounts.feedEnd(anna.id), 1);
  });

  it('takes nothing that no account can be', () => {
    const [operation] = event.operations;
    const balance = { minor: '1', currency: 'XXX' };

    for (const wrong of [
      { openedOn: '2026-02-30' },
      { asOf: 'yesterday' },
      { balance },
      { operations: [{ ...operation!, kind: 'gift' }] },
      { operations: [{ ...operation!, postedAt: '2026-01-01' }] },
    ]) {
      assert.throws(() => readAccountChanged({ ...event, ...wrong }), { name: 'InvariantBroken' });
    }
  });
});
