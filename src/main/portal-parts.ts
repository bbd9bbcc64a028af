import { join } from 'node:path';
import { Container } from 'inversify';
import type { Knex } from 'knex';
import type pg from 'pg';
import { amountInWords } from '../adapters/pdf/amount-in-words.ts';
import { openKnex } from '../adapters/postgres/open-knex.ts';
import { openPool } from '../adapters/postgres/pool.ts';
import { PostgresLimiter } from '../adapters/postgres/portal/postgres-limiter.ts';
import { PostgresWakeups } from '../adapters/postgres/postgres-wakeups.ts';
import { argon2Hasher } from '../adapters/system/argon2-hasher.ts';
import { cryptoRandomness } from '../adapters/system/crypto-randomness.ts';
import { keyedSecrets } from '../adapters/system/keyed-secrets.ts';
import { loadMasterKey } from '../adapters/system/master-key.ts';
import { systemClock } from '../adapters/system/system-clock.ts';
import { usualLimits } from '../adapters/system/usual-limits.ts';
import { openCompany } from './company-files.ts';
import { prepareDatabase } from './database.ts';
import { keys } from './keys.ts';
import { autopay } from './modules/autopay.ts';
import { notifications } from './modules/notifications.ts';
import { paymentProviders } from './modules/payment-providers.ts';
import { payments } from './modules/payments.ts';
import { portalStores } from './modules/portal-stores.ts';
import type { Started } from './running.ts';
import type { Surroundings } from './surroundings.ts';

/** What the portal and its worker share: settings, secrets, the opened database and all stores and payments on it. */
export async function portalParts(
  around: Surroundings,
  program: 'portal' | 'worker',
  started: Started,
): Promise<Container> {
  const url = around.databaseUrl('portal');
  await prepareDatabase('portal', url);
  const { pool, knex, wakeups } = await openDatabase(url, program, started);
  const { config } = around;
  const container = new Container({ defaultScope: 'Singleton' });
  container.bind(keys.config).toConstantValue(config);
  // Read when somebody asks for it first: commands that draw nothing need no logo.
  container.bind(keys.company).toDynamicValue(() => openCompany(config));
  container.bind(keys.timeZone).toConstantValue(config.company.timeZone);
  container.bind(keys.publicUrl).toConstantValue(config.publicUrl);
  container.bind(keys.host).toConstantValue(new URL(config.publicUrl).hostname);
  container.bind(keys.clock).toConstantValue(systemClock);
  container.bind(keys.randomness).toConstantValue(cryptoRandomness());
  const masterKey = loadMasterKey(join(config.keysDirectory, 'master.key'));
  container.bind(keys.secrets).toConstantValue(keyedSecrets(masterKey));
  container.bind(keys.passwords).toResolvedValue(argon2Hasher, [keys.secrets]);
  container.bind(keys.pool).toConstantValue(pool);
  container.bind(keys.knex).toConstantValue(knex);
  container.bind(keys.wakeups).toConstantValue(wakeups);
  container
    .bind(keys.limiter)
    .toResolvedValue((open) => new PostgresLimiter(open, usualLimits), [keys.pool]);
  container.bind(keys.amountWriter).toConstantValue(amountInWords);
  container.load(portalStores, paymentProviders, payments, autopay, notifications);
  return container;
}

async function openDatabase(
  url: string,
  program: string,
  started: Started,
): Promise<{ pool: pg.Pool; knex: Knex; wakeups: PostgresWakeups }> {
  const pool = openPool(url, 10, program);
  started.add(() => pool.end());
  const knex = openKnex(url, 4, program);
  started.add(() => knex.destroy());
  const wakeups = new PostgresWakeups(url);
  started.add(() => wakeups.close());
  await wakeups.start();
  return { pool, knex, wakeups };
}
