import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import {
  discardEmbeddedPostgres,
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../src/adapters/postgres/embedded-server.ts';

/** A database of one suite's own. */
export interface TestDatabase {
  readonly url: string;
  /** Ends the connections that hold an advisory lock in it, as a network that fails does. */
  cutLockHolders(): Promise<void>;
  drop(): Promise<void>;
}

/**
 * Makes a database for one suite, on a real PostgreSQL. With `prepare` (the migrations) it is a copy of a
 * template that was prepared once per program and process, which takes a moment instead of a second.
 */
export const testDatabase = async (
  program: string,
  prepare?: (url: string) => Promise<void>,
): Promise<TestDatabase> => {
  const server = await serverUrl();
  const name = `${program}_${randomBytes(6).toString('hex')}`;
  const template = prepare === undefined ? 'template0' : await templateOf(program, server, prepare);
  await onServer(server, `create database "${name}" template "${template}"`);
  const url = databaseUrl(server, name);
  return {
    url,
    cutLockHolders: () => onServer(url, cutLockHolders),
    drop: () => onServer(server, `drop database if exists "${name}" with (force)`),
  };
};

// The locks of all databases are in one view, and other suites run beside this one.
const cutLockHolders = `SELECT pg_terminate_backend(l.pid)
  FROM pg_locks l JOIN pg_database d ON d.oid = l.database
  WHERE d.datname = current_database() AND l.locktype = 'advisory' AND l.pid <> pg_backend_pid()`;

/** Ends the server if this process had to start one. The root hook below calls it after all tests. */
export const stopTestPostgres = async (): Promise<void> => {
  const running = await own;
  own = undefined;
  await running?.stop();
  if (running !== undefined) {
    await discardEmbeddedPostgres(running.directory);
    rmSync(running.directory, { recursive: true, force: true });
  }
};

let own: Promise<EmbeddedPostgres & { readonly directory: string }> | undefined;
const templates = new Map<string, Promise<string>>();

/** The server `npm test` has started for everybody, else one of this process. */
const serverUrl = async (): Promise<string> => {
  const given = process.env['KABINET_TEST_POSTGRES'];
  if (given !== undefined && given !== '') return given;

  own ??= startOwn();
  return (await own).url;
};

const startOwn = async () => {
  const directory = mkdtempSync(join(tmpdir(), 'kabinet-postgres-'));
  // Root lends PostgreSQL another account, which must be able to walk through.
  chmodSync(directory, 0o711);
  const server = await startEmbeddedPostgres({ directory, durable: false });
  return { ...server, directory };
};

const templateOf = (
  program: string,
  server: string,
  prepare: (url: string) => Promise<void>,
): Promise<string> => {
  const known = templates.get(program);
  if (known !== undefined) return known;

  const making = makeTemplate(`${program}_template_${String(process.pid)}`, server, prepare);
  templates.set(program, making);
  return making;
};

const makeTemplate = async (
  name: string,
  server: string,
  prepare: (url: string) => Promise<void>,
): Promise<string> => {
  await onServer(server, `drop database if exists "${name}" with (force)`);
  await onServer(server, `create database "${name}" template template0`);
  await prepare(databaseUrl(server, name));
  // A template with a connection left open cannot be copied.
  await onServer(
    server,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
  );
  return name;
};

const databaseUrl = (server: string, name: string): string => {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
};

const onServer = async (server: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};

// Loaded outside mocha (by a script) there is no such hook, and the script calls stopTestPostgres itself.
if (typeof after === 'function') after('stop the PostgreSQL of the tests', stopTestPostgres);
