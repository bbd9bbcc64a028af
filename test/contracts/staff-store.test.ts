import assert from 'node:assert/strict';
import type { JournalEntry } from '../../src/application/ports/staff-store.ts';
import type { PaymentId } from '../../src/domain/ids.ts';
import { freshId, noon } from '../support/given.ts';
import { givenStaff } from '../support/given-staff.ts';
import { onEveryStore } from '../support/portal-stores.ts';

onEveryStore('the staff’s journal', (stores) => {
  const vera = givenStaff('vera', ['cashier', 'approver']);

  it('keeps what was done, newest first, and finds what was done with one payment', async () => {
    const { staff } = stores();
    await staff.add({ person: vera, passwordHash: 'hash', sealedSecret: 'sealed' });
    const paymentId = freshId<PaymentId>();
    const entry = (facts: Partial<JournalEntry>): JournalEntry => ({
      ...{ at: noon, staffId: vera.id, action: 'sign-in', paymentId: undefined, detail: '' },
      ...facts,
    });
    const signIn = entry({});
    const refund = entry({ action: 'request-refund', paymentId, detail: '5.00 RUB: twice' });
    const unknown = entry({ action: 'sign-in-refused', staffId: undefined });
    for (const each of [signIn, refund, unknown]) await staff.write(each);

    assert.deepEqual(await staff.journal(10), [unknown, refund, signIn]);
    assert.deepEqual(await staff.journal(1), [unknown]);
    assert.deepEqual(await staff.journal(10, paymentId), [refund]);
  });
});
