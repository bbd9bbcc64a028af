import assert from 'node:assert/strict';
import { MemoryStaffStore } from '../../../src/adapters/memory/memory-staff-store.ts';
import { totp } from '../../../src/adapters/system/totp.ts';
import { addStaff } from '../../../src/application/staff/add-staff.ts';
import { staffCodes } from '../../../src/application/authenticator-codes.ts';
import { refused } from '../../../src/domain/result.ts';
import { fixedRandomness, secrets } from '../../support/given.ts';
import { plainHasher } from '../../support/given-staff.ts';

const factor = totp('Kabinet');
const given = () => {
  const store = new MemoryStaffStore();
  const add = addStaff(store, plainHasher, staffCodes(factor, secrets), fixedRandomness());
  const facts = { login: 'vera', name: 'Вера', roles: ['cashier'], password: 'right' } as const;
  return { store, add, facts: { ...facts, secret: factor.newSecret() } };
};

describe('AddStaff', () => {
  it('keeps password and secret only as digest and sealed', async () => {
    const { store, add, facts } = given();

    const added = await add({ ...facts, login: ' Vera ' });

    assert.equal(added.ok && added.value.login, 'vera');
    const kept = await store.findCredential('vera');
    assert.ok(kept);
    assert.equal(kept.passwordHash, 'of right');
    assert.doesNotMatch(kept.sealedSecret, new RegExp(facts.secret));
  });

  it('refuses a login that is none, one that is taken, and somebody who may do nothing', async () => {
    const { add, facts } = given();
    await add(facts);

    assert.deepEqual(await add(facts), refused({ reason: 'login-taken' }));
    for (const login of ['', 'v', '1vera', 've ra', 'вера', 'v'.repeat(33)]) {
      assert.deepEqual(await add({ ...facts, login }), refused({ reason: 'login-malformed' }));
    }
    const nobody = { ...facts, login: 'boris', roles: [] };
    assert.deepEqual(await add(nobody), refused({ reason: 'no-role' }));
  });
});
