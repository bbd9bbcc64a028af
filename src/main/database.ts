import {
  ensureDatabase,
  migrateDatabase,
  type Migration,
} from '../adapters/postgres/migrate-database.ts';
import { booksMigrations } from '../adapters/postgres/books/books-migrations.ts';
import { gatewayMigrations } from '../adapters/postgres/gateway/gateway-migrations.ts';
import { portalMigrations } from '../adapters/postgres/portal/portal-tables.ts';
import type { DatabaseName } from './database-urls.ts';

const migrations: Readonly<Record<DatabaseName, readonly Migration[]>> = {
  portal: portalMigrations,
  gateway: gatewayMigrations,
  books: booksMigrations,
};

/** Makes a program's database if it is not there, and brings it up to date; several programs may do so at once. */
export async function prepareDatabase(name: DatabaseName, url: string): Promise<void> {
  await ensureDatabase(url);
  await migrateDatabase(url, migrations[name]);
}
