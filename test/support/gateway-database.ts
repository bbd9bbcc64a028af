import type pg from 'pg';
import { gatewayMigrations } from '../../src/adapters/postgres/gateway/gateway-migrations.ts';
import { migrateDatabase } from '../../src/adapters/postgres/migrate-database.ts';
import { openPool } from '../../src/adapters/postgres/pool.ts';
import { testDatabase } from './postgres.ts';

/** A gateway's database of one suite's own, and a pool on it. */
export const givenGatewayDatabase = async (): Promise<{
  readonly pool: pg.Pool;
  readonly url: string;
  close(): Promise<void>;
}> => {
  const database = await testDatabase('gateway', async (url) => {
    await migrateDatabase(url, gatewayMigrations);
  });
  const pool = openPool(database.url, 5, 'test');
  return {
    pool,
    url: database.url,
    close: async () => {
      await pool.end();
      await database.drop();
    },
  };
};
