import assert from 'node:assert/strict';
import type { JournalEntry } from '../../src/application/ports/staff-store.ts';
import type { PaymentId } from '../../src/domain/ids.ts';
import { openStaffSession } from '../../src/domain/staff-session.ts';
import type { Staff } from '../../src/domain/staff.ts';
import { later, minute } from '../../src/domain/time.ts';
import { freshId, noon } from '../support/given.ts';
import { givenStaff } from '../support/given-staff.ts';
import { onEveryStore } from '../support/portal-stores.ts';

onEveryStore('the staff store', (stores) => {
  const vera = givenStaff('vera', ['cashier', 'approver'], { name: 'Вера Соколова' });
  const boris = givenStaff('boris', ['viewer']);
  const credential = (staff: Staff) => ({ staff, passwordHash: 'hash', sealedSecret: 'sealed' });
  beforeEach(async () => {
    await stores().staff.add(credential(vera));
    await stores().staff.add(credential(boris));
  });
  const session = (tokenHash: string, of = vera) => openStaffSession(tokenHash, of.id, noon);

  it('keeps people with what they sign in with, in the order of their logins', async () => {
    const { staff } = stores();

    assert.deepEqual(await staff.findCredential('vera'), credential(vera));
    assert.equal(await staff.findCredential('nobody'), undefined);
    assert.deepEqual(await staff.list(), [boris, vera]);
  });

  it('gives a login to one person for ever, also after they left', async () => {
    const { staff } = stores();
    const other = givenStaff('vera', ['approver']);

    assert.equal(await staff.add(credential(other)), 'login-taken');
    await staff.disable('vera');
    assert.equal(await staff.add(credential(other)), 'login-taken');
  });

  it('opens one session by the step of a code, also under parallel calls', async () => {
    const { staff } = stores();

    const opened = await Promise.all(
      ['a', 'b', 'c', 'd'].map((token) => staff.openSession(session(token), 7)),
    );

    assert.equal(opened.filter(Boolean).length, 1);
    assert.equal(await staff.openSession(session('again'), 7), false);
    assert.equal(await staff.openSession(session('before'), 6), false);
    assert.equal(await staff.openSession(session('next'), 8), true);
    assert.equal(await staff.openSession(session('of another', boris), 7), true);
    assert.equal(await staff.findSession('again'), undefined);
  });

  it('finds a session with whose it is, and remembers when they were last there', async () => {
    const { staff } = stores();
    await staff.openSession(session('one'), 1);

    await staff.touchSession('one', later(noon, minute));

    const found = await staff.findSession('one');
    assert.deepEqual(found, {
      session: { ...session('one'), lastSeenAt: later(noon, minute) },
      staff: vera,
    });
    await staff.endSession('one');
    assert.equal(await staff.findSession('one'), undefined);
  });

  it('leaves whoever is disabled no session and no way to sign in, yet their name', async () => {
    const { staff } = stores();
    await staff.openSession(session('one'), 1);
    await staff.openSession(session('of another', boris), 1);

    assert.equal(await staff.disable('vera'), true);

    assert.equal(await staff.findSession('one'), undefined);
    assert.equal(await staff.findCredential('vera'), undefined);
    assert.equal(await staff.openSession(session('two'), 2), false);
    assert.ok(await staff.findSession('of another'));
    assert.deepEqual((await staff.list())[1], { ...vera, isActive: false });
    assert.equal(await staff.disable('nobody'), false);
  });

  it('keeps the journal, newest first, and finds what was done with one payment', async () => {
    const { staff } = stores();
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
