import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { setUpTryton } from '../../src/adapters/accounting/tryton/tryton-setup.ts';
import { trytonTalk, type TrytonPlace } from '../../src/adapters/accounting/tryton/tryton-talk.ts';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../src/adapters/postgres/embedded-server.ts';
import { ensurePackage } from './debian-package.ts';
import { freePort } from './free-port.ts';
import { endProcess, hasEnded, waitFor } from './processes.ts';

const server = '/usr/bin/trytond';
const admin = '/usr/bin/trytond-admin';
const packages = [
  ['tryton-server', server],
  ['tryton-modules-account', '/usr/lib/python3/dist-packages/trytond/modules/account'],
  ['python3-psycopg2', '/usr/lib/python3/dist-packages/psycopg2'],
] as const;
const template = 'tryton_template';
const firstSetUpMs = 300_000;

/** True when Tryton is there or could be installed; else the reason. */
export const ensureTryton = async (): Promise<true | string> => {
  for (const [name, probe] of packages) {
    const answer = await ensurePackage(name, probe);
    if (answer !== true) return answer;
  }
  return true;
};

export interface TrytonOptions {
  /** Keeps the database cluster, so that the set-up of a minute is done there once. */
  readonly directory: string;
  /** A free one unless given. */
  readonly port?: number;
  /** Whether the server outlives this process. */
  readonly isDetached?: boolean;
  readonly log?: (line: string) => void;
}

/** A Tryton server on loopback, over a PostgreSQL of its own. */
export interface TestTryton {
  readonly pid: number | undefined;
  readonly passwordFile: string;
  /** Makes the book from the template unless it is there; takes under a second. */
  book(name: string): Promise<TrytonPlace>;
  /** The same, after throwing away one of that name that an earlier run has left. */
  freshBook(name: string): Promise<TrytonPlace>;
  stop(): Promise<void>;
}

/** Starts Tryton; the first time in a directory it sets up a template of a book, which takes about a minute. */
export async function startTryton(options: TrytonOptions): Promise<TestTryton> {
  const { directory, log = () => undefined } = options;
  mkdirSync(join(directory, 'files'), { recursive: true });
  mkdirSync(join(directory, 'web'), { recursive: true });
  const passwordFile = join(directory, 'password');
  if (!existsSync(passwordFile)) {
    writeFileSync(passwordFile, `${randomBytes(18).toString('base64url')}\n`, { mode: 0o600 });
  }
  const postgres = await startEmbeddedPostgres({ directory, durable: false });
  let daemon: ChildProcess | undefined;
  try {
    const port = options.port ?? (await freePort());
    writeConfig(directory, port, postgres.url);
    const url = `http://127.0.0.1:${String(port)}`;
    const password = readFileSync(passwordFile, 'utf8').trim();
    const placeOf = (database: string) => ({ url, database, user: 'admin', password });
    if (!(await hasDatabase(postgres, template))) {
      await makeTemplate(options, postgres, placeOf(`${template}_unfinished`));
    }
    daemon = startDaemon(options);
    await waitUntilUp(daemon, url, directory);
    log(`Tryton listens on ${url}`);
    const book = async (name: string) => {
      if (!(await hasDatabase(postgres, name))) {
        await query(postgres, `CREATE DATABASE "${name}" TEMPLATE "${template}"`);
      }
      return placeOf(name);
    };
    return {
      pid: daemon.pid,
      passwordFile,
      book,
      freshBook: async (name) => {
        await query(postgres, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
        return book(name);
      },
      stop: async () => {
        if (daemon !== undefined) await endProcess(daemon);
        await postgres.stop();
      },
    };
  } catch (error) {
    if (daemon !== undefined) await endProcess(daemon);
    await postgres.stop();
    throw error;
  }
}

/** Under another name until it is finished: what was cut short is made anew. */
async function makeTemplate(
  options: TrytonOptions,
  postgres: EmbeddedPostgres,
  place: TrytonPlace,
): Promise<void> {
  const { directory, log = () => undefined } = options;
  const { database } = place;
  log('first start here: Tryton makes its tables, which takes about a minute');
  await query(postgres, `DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`);
  await query(postgres, `CREATE DATABASE "${database}"`);
  const args = ['-c', configOf(directory), '-d', database, '--email', 'books@example.org'];
  await promisify(execFile)(admin, [...args, '-u', 'account', '--activate-dependencies'], {
    env: { ...process.env, TRYTONPASSFILE: join(directory, 'password') },
    timeout: firstSetUpMs,
  });
  log('currency, company, chart of accounts and years');
  const daemon = startDaemon({ ...options, isDetached: false });
  try {
    await waitUntilUp(daemon, place.url, directory);
    const book = { company: 'Ромашка', firstYear: 2024, lastYear: 2027 };
    await setUpTryton(trytonTalk(place), book);
  } finally {
    await endProcess(daemon);
  }
  await query(postgres, 'CREATE INDEX ON account_move (description)', database);
  await query(postgres, 'CREATE INDEX ON account_move (write_date)', database);
  await query(postgres, `ALTER DATABASE "${database}" RENAME TO "${template}"`);
}

const configOf = (directory: string): string => join(directory, 'trytond.conf');

function writeConfig(directory: string, port: number, postgresUrl: string): void {
  const uri = postgresUrl.replace(/^postgres:/, 'postgresql:').replace(/postgres$/, '');
  const text = `[web]
listen = 127.0.0.1:${String(port)}
root = ${join(directory, 'web')}
[database]
uri = ${uri}
path = ${join(directory, 'files')}
[session]
timeout = 86400
max_attempt = 1000
`;
  writeFileSync(configOf(directory), text, { mode: 0o600 });
}

function startDaemon({ directory, isDetached = false }: TrytonOptions): ChildProcess {
  const log = openSync(join(directory, 'trytond.log'), 'a', 0o600);
  const daemon = spawn(server, ['-c', configOf(directory)], {
    stdio: ['ignore', log, log],
    detached: isDetached,
  });
  if (isDetached) daemon.unref();
  else process.once('exit', () => daemon.kill('SIGKILL'));
  return daemon;
}

const waitUntilUp = (daemon: ChildProcess, url: string, directory: string): Promise<void> =>
  waitFor(
    'the start of Tryton',
    async () => {
      if (hasEnded(daemon)) {
        throw new Error(`Tryton ended while starting; see ${join(directory, 'trytond.log')}`);
      }
      return fetch(url, { method: 'HEAD' }).then(
        () => true,
        () => false,
      );
    },
    60_000,
  );

const hasDatabase = async (postgres: EmbeddedPostgres, name: string): Promise<boolean> => {
  const rows = await query(postgres, `SELECT 1 FROM pg_database WHERE datname = '${name}'`);
  return rows > 0;
};

/** Answers how many rows there are. */
async function query(
  postgres: EmbeddedPostgres,
  statement: string,
  database = 'postgres',
): Promise<number> {
  const url = new URL(postgres.url);
  url.pathname = `/${database}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    const { rowCount } = await client.query(statement);
    return rowCount ?? 0;
  } finally {
    await client.end();
  }
}
