import { parseArgs } from 'node:util';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openKnex } from '../../adapters/postgres/open-knex.ts';
import { openPool } from '../../adapters/postgres/pool.ts';
import { PostgresCustomerStore } from '../../adapters/postgres/portal/postgres-customer-store.ts';
import { PostgresSignInStore } from '../../adapters/postgres/portal/postgres-sign-in-store.ts';
import { argon2Hasher } from '../../adapters/system/argon2-hasher.ts';
import { keyedSecrets } from '../../adapters/system/keyed-secrets.ts';
import { loadMasterKey } from '../../adapters/system/master-key.ts';
import { readConfig } from '../config.ts';
import { openDatabaseUrl } from '../database-server.ts';
import type { Started } from '../running.ts';
import { runCommand } from './run-command.ts';

const help = `Usage: npm run open-access -- --contract NUMBER

Lets a customer sign in: makes a first password for the contract and prints it, once. A contract that can sign in
already keeps its password. The SMS code still goes to the phone the company has on file.`;

async function openAccess(contract: string, started: Started): Promise<void> {
  const url = await openDatabaseUrl('portal', started);
  const pool = openPool(url, 1, 'open-access');
  started.add(() => pool.end());
  const knex = openKnex(url, 1, 'open-access');
  started.add(() => knex.destroy());
  const customer = await new PostgresCustomerStore(knex).findByContract(contract);
  if (customer === undefined) {
    throw new Error(`the portal knows no contract ${contract}; import it and let it arrive first`);
  }
  const signIns = new PostgresSignInStore(pool);
  if ((await signIns.credentialOf(customer.id)) !== undefined) {
    throw new Error(`contract ${contract} can sign in already`);
  }
  const secrets = keyedSecrets(
    loadMasterKey(join(readConfig(process.env).keysDirectory, 'master.key')),
  );
  const password = randomBytes(12).toString('base64url');
  await signIns.addCredential(customer.id, contract, await argon2Hasher(secrets).hash(password));
  console.log(`contract ${contract}\npassword ${password}`);
}

await runCommand(async (started) => {
  const { values } = parseArgs({
    options: { contract: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  if (values.help || values.contract === undefined) {
    console.log(help);
    process.exitCode = values.help ? 0 : 1;
  } else {
    await openAccess(values.contract, started);
  }
});
