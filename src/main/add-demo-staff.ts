import type pg from 'pg';
import { PostgresStaffStore } from '../adapters/postgres/portal/postgres-staff-store.ts';
import { cryptoRandomness } from '../adapters/system/crypto-randomness.ts';
import { totp } from '../adapters/system/totp.ts';
import type { PasswordHasher } from '../application/ports/password-hasher.ts';
import type { Secrets } from '../application/ports/secrets.ts';
import { addStaff } from '../application/staff/add-staff.ts';
import { staffCodes } from '../application/authenticator-codes.ts';
import { demoStaff } from './demo-staff.ts';

/** Lets the demo's staff sign in; those who are there already stay as they are. */
export async function addDemoStaff(
  portal: pg.Pool,
  passwords: PasswordHasher,
  secrets: Secrets,
): Promise<void> {
  const store = new PostgresStaffStore(portal);
  const codes = staffCodes(totp(''), secrets);
  const add = addStaff(store, passwords, codes, cryptoRandomness());
  const known = new Set((await store.list()).map(({ login }) => login));
  for (const person of demoStaff) if (!known.has(person.login)) await add(person);
}
