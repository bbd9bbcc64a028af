import knex, { type Knex } from 'knex';
import { poolSettings } from './pool.ts';

/** Opens the connections Objection uses: the same settings and row types as our own pools. */
export function openKnex(url: string, size: number, name: string): Knex {
  return knex.knex({
    client: 'pg',
    connection: poolSettings(url, size, name) as Knex.PgConnectionConfig,
    pool: { min: 0, max: size, idleTimeoutMillis: 30_000 },
    acquireConnectionTimeout: 3_000,
  });
}
