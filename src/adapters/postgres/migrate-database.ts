import pg from 'pg';

/** One step of a database's growth. Steps that were released are never edited: a new one is added. */
export interface Migration {
  readonly name: string;
  /** SQL; may hold several statements. Runs in a transaction of its own. */
  readonly up: string;
}

// Any number, the same for everybody who migrates: only one does at a time.
const migrationLock = 7_365_201;

/**
 * Applies the migrations a database does not have yet, in their order; answers the names of those applied.
 * Several programs may start at once: one migrates, the others wait and find nothing to do.
 * Throws an Error that names the migration which failed; the ones before it stay applied.
 */
export async function migrateDatabase(
  where: pg.Pool | string,
  migrations: readonly Migration[],
): Promise<string[]> {
  if (typeof where !== 'string') {
    const lent = await where.connect();
    return locked(lent, migrations).finally(() => {
      lent.release();
    });
  }
  const own = await connect(where);
  return locked(own, migrations).finally(() => own.end());
}

/** Creates the database of the address if the server does not have it. Throws an Error of one sentence. */
export async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    if (codeOf(error) !== unknownDatabase) throw unreachable(url, error);
    await createDatabase(url);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function locked(client: pg.ClientBase, migrations: readonly Migration[]): Promise<string[]> {
  await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
  try {
    return await applyMissing(client, migrations);
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [migrationLock]).catch(() => undefined);
  }
}

async function applyMissing(
  client: pg.ClientBase,
  migrations: readonly Migration[],
): Promise<string[]> {
  // Asked first: who may only work with a database that is up to date may not create anything, not even what is there.
  const there = await client.query<{ isThere: boolean }>(
    `SELECT to_regclass('migration') IS NOT NULL AS "isThere"`,
  );
  if (there.rows[0]?.isThere !== true) {
    await client.query(`CREATE TABLE IF NOT EXISTS migration (
      name text PRIMARY KEY,
      applied_at timestamptz NOT NULL DEFAULT now()
    )`);
  }
  const { rows } = await client.query<{ name: string }>('SELECT name FROM migration');
  const known = new Set(rows.map((row) => row.name));
  const missing = migrations.filter(({ name }) => !known.has(name));
  for (const migration of missing) await apply(client, migration);
  return missing.map(({ name }) => name);
}

async function apply(client: pg.ClientBase, { name, up }: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(up);
    await client.query('INSERT INTO migration (name) VALUES ($1)', [name]);
    await client.query('COMMIT');
  } catch (cause) {
    await client.query('ROLLBACK');
    throw new Error(`migration ${name} failed: ${sentence(cause)}`, { cause });
  }
}

async function createDatabase(url: string): Promise<void> {
  const server = new URL(url);
  const name = decodeURIComponent(server.pathname.slice(1));
  server.pathname = '/postgres';
  const client = await connect(server.href);
  try {
    await client.query(
      `CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE template0 ENCODING 'UTF8'`,
    );
  } catch (error) {
    // Somebody else was faster.
    if (![alreadyThere, sameRow].includes(codeOf(error))) {
      throw new Error(`cannot create the database ${name}: ${sentence(error)}`, { cause: error });
    }
  } finally {
    await client.end();
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw unreachable(url, error);
  }
}

const unknownDatabase = '3D000';
const alreadyThere = '42P04';
const sameRow = '23505';

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

/** Says where without the password. */
function unreachable(url: string, cause: unknown): Error {
  const place = URL.canParse(url) ? `${new URL(url).host}${new URL(url).pathname}` : 'its address';
  return new Error(`cannot open the database at ${place}: ${sentence(cause)}`, { cause });
}

function sentence(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return sentence(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
