import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import {
  discardEmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../src/adapters/postgres/embedded-server.ts';
import { embeddedDatabaseUrl, type DatabaseName } from '../../src/main/database-urls.ts';
import { prepareDatabase } from '../../src/main/database.ts';
import type { Started } from '../../src/main/running.ts';
import type { BenchOptions } from './options.ts';
import { booksSeed, gatewaySeed, portalSeed, seed } from './seed.ts';

/** A server of its own with the seeded databases twice: one set for Kabinet, its copy for pgbench. */
export interface Place {
  readonly data: string;
  readonly url: (name: DatabaseName) => string;
  readonly pgbenchUrl: (name: DatabaseName) => string;
}

const names: readonly DatabaseName[] = ['portal', 'gateway', 'books'];
const seeds = { portal: portalSeed, gateway: gatewaySeed, books: booksSeed } as const;

export async function openPlace(options: BenchOptions, started: Started): Promise<Place> {
  const data = mkdtempSync(join(tmpdir(), 'kabinet-bench-'));
  // Root lends PostgreSQL another account, which must be able to walk through.
  chmodSync(data, 0o711);
  started.add(() => {
    rmSync(data, { recursive: true, force: true });
  });
  const directory = join(data, 'postgres');
  started.add(() => discardEmbeddedPostgres(directory));
  const server = await startEmbeddedPostgres({ directory, durable: true });
  started.add(() => server.stop());
  const url = (name: DatabaseName): string => embeddedDatabaseUrl(server.url, name);
  const pgbenchUrl = (name: DatabaseName): string => {
    const copy = new URL(server.url);
    copy.pathname = `/pgbench_${name}`;
    return copy.href;
  };
  for (const name of names) {
    await prepareDatabase(name, url(name));
    await seed(url(name), seeds[name](options), (what) => {
      console.error(`seeding: ${what}`);
    });
    console.error(`copying the ${name}'s database for pgbench`);
    await run(server.url, `CREATE DATABASE pgbench_${name} TEMPLATE kabinet_${name}`);
  }
  await run(server.url, 'CHECKPOINT');
  return { data, url, pgbenchUrl };
}

/** Runs one statement on a connection of its own. */
export async function run(url: string, statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}
