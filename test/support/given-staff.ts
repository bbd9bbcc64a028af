import { MemoryStaffStore } from '../../src/adapters/memory/memory-staff-store.ts';
import { totpCode } from '../../src/adapters/simulators/authenticator/authenticator.ts';
import { totp } from '../../src/adapters/system/totp.ts';
import type { Clock } from '../../src/application/ports/clock.ts';
import type { Limiter } from '../../src/application/ports/limiter.ts';
import type { PasswordHasher } from '../../src/application/ports/password-hasher.ts';
import { addStaff } from '../../src/application/staff/add-staff.ts';
import { signInStaff } from '../../src/application/staff/sign-in-staff.ts';
import { staffCodes } from '../../src/application/authenticator-codes.ts';
import type { StaffId } from '../../src/domain/ids.ts';
import type { Staff, StaffRole } from '../../src/domain/staff.ts';
import { fixedRandomness, freshId, openLimiter, secrets } from './given.ts';

/** A hasher whose digests anyone can read, and quick. */
export const plainHasher: PasswordHasher = {
  hash: async (password) => `of ${password}`,
  verify: async (password, digest) => digest === `of ${password}`,
};

export const givenStaff = (
  login: string,
  roles: readonly StaffRole[],
  facts: Partial<Staff> = {},
): Staff => ({ id: freshId<StaffId>(), login, name: login, roles, isActive: true, ...facts });

/** Who sits at the desk, their password and what their authenticator shows. */
export async function givenPerson(
  clock: Clock,
  roles: readonly StaffRole[] = ['cashier'],
  limiter: Limiter = openLimiter(),
) {
  const store = new MemoryStaffStore();
  const factor = totp('Kabinet');
  const codes = staffCodes(factor, secrets);
  const secret = factor.newSecret();
  const facts = { login: 'vera', name: 'Вера', roles, password: 'right', secret };
  const added = await addStaff(store, plainHasher, codes, fixedRandomness())(facts);
  if (!added.ok) throw new Error(added.refusal.reason);
  const signIn = signInStaff(store, plainHasher, codes, limiter, clock);
  let tokens = 0;
  return {
    store,
    vera: added.value,
    /** What the authenticator shows now, or some steps away. */
    code: (away = 0) => totpCode(secret, Math.floor(clock.now() / 30_000) + away),
    signIn: (facts: { login?: string; password?: string; code: string }) =>
      signIn({
        ...{ login: 'vera', password: 'right', address: '192.0.2.1' },
        ...facts,
        tokenHash: `token ${String((tokens += 1))}`,
      }),
  };
}
