import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { readPhone } from '../adapters/books/phone-in-file.ts';
import { PostgresCompanyBooks } from '../adapters/postgres/books/postgres-company-books.ts';
import { openKnex } from '../adapters/postgres/open-knex.ts';
import { openCopyPool, openPool } from '../adapters/postgres/pool.ts';
import { PostgresAccountStore } from '../adapters/postgres/portal/postgres-account-store.ts';
import { PostgresCustomerStore } from '../adapters/postgres/portal/postgres-customer-store.ts';
import { PostgresSignInStore } from '../adapters/postgres/portal/postgres-sign-in-store.ts';
import { argon2Hasher } from '../adapters/system/argon2-hasher.ts';
import { keyedSecrets } from '../adapters/system/keyed-secrets.ts';
import { loadMasterKey } from '../adapters/system/master-key.ts';
import { systemClock } from '../adapters/system/system-clock.ts';
import { importCompany } from '../application/accounting/import-company.ts';
import type { CustomerId } from '../domain/ids.ts';
import { addDemoStaff } from './add-demo-staff.ts';
import { addDemoWatchers } from './add-demo-watchers.ts';
import { loadDemoCompany } from './demo-company.ts';
import { demoCustomers, demoPassword } from './demo-customers.ts';
import { runAlone } from './run-alone.ts';
import { starting, type Running, type Started } from './running.ts';
import type { Surroundings } from './surroundings.ts';

const arrivalMs = 30_000;

/** Gives accounting the demo company, waits until it came through the gateway, and lets its customers sign in. */
export const loadDemo = async (around: Surroundings): Promise<void> => {
  const loaded = await starting(async (started) => {
    await load(around, started);
    return {};
  });
  await loaded.stop();
};

async function load(around: Surroundings, started: Started): Promise<void> {
  const books = openCopyPool(around.databaseUrl('books'), 1, 'demo');
  started.add(() => books.end());
  const company = new PostgresCompanyBooks(books, around.config.company.timeZone);
  await loadDemoCompany(company, importCompany(company, readPhone, systemClock), systemClock.now());

  const url = around.databaseUrl('portal');
  const portal = openPool(url, 2, 'demo');
  started.add(() => portal.end());
  const knex = openKnex(url, 1, 'demo');
  started.add(() => knex.destroy());
  const signIns = new PostgresSignInStore(portal);
  const customers = new PostgresCustomerStore(knex);
  const accounts = new PostgresAccountStore(portal);
  const secrets = keyedSecrets(loadMasterKey(join(around.config.keysDirectory, 'master.key')));
  const passwords = argon2Hasher(secrets);
  for (const { contract } of demoCustomers) {
    const id = await arrived(contract, customers, accounts);
    if ((await signIns.credentialOf(id)) !== undefined) continue;
    await signIns.addCredential(id, contract, await passwords.hash(demoPassword));
  }
  await addDemoStaff(portal, passwords, secrets);
  const gateway = openPool(around.databaseUrl('gateway'), 1, 'demo');
  started.add(() => gateway.end());
  await addDemoWatchers(gateway, around.config.keysDirectory);
}

async function arrived(
  contract: string,
  customers: PostgresCustomerStore,
  accounts: PostgresAccountStore,
): Promise<CustomerId> {
  const giveUpAt = performance.now() + arrivalMs;
  for (;;) {
    const customer = await customers.findByContract(contract);
    if (customer !== undefined && (await accounts.list(customer.id)).length === 2)
      return customer.id;
    if (performance.now() > giveUpAt) {
      throw new Error('the demo company does not arrive at the portal; LOG_LEVEL=info says more');
    }
    await sleep(50);
  }
}

if (import.meta.main) {
  await runAlone('demo', async (around): Promise<Running> => {
    await loadDemo(around);
    return { stop: () => Promise.resolve() };
  });
}
