import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { SystemAccount } from './embedded-account.ts';
import { cleanEnvironment } from './embedded-cluster.ts';
import type { EmbeddedPlace } from './embedded-place.ts';
import { findPostmaster, type Postmaster } from './embedded-postmaster.ts';

const readyLimitMs = 60_000;
const attempts = 5;
const pauseMs = 500;

/** What one start of the server needs. */
export interface StartNeeds {
  readonly postgres: string;
  readonly place: EmbeddedPlace;
  readonly account: SystemAccount | undefined;
  readonly durable: boolean;
  readonly urlAt: (port: number) => string;
}

/** Starts the server and waits until it answers. Throws an Error with the server's own log. */
export const startPostmaster = async (needs: StartNeeds): Promise<Postmaster> => {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort(needs.place.portFile);
    writeFileSync(needs.place.portFile, String(port));
    const child = launch(needs, port);
    try {
      await waitUntilReady(needs.urlAt(port), () => child.exitCode === null && !wasKilled(child));
    } catch (cause) {
      const log = readFileSync(needs.place.log, 'utf8');
      // A port can be taken between our look and the start; workers of a killed server take a moment to end.
      const passes = /Address already in use|pre-existing shared memory block/.test(log);
      if (passes && attempt < attempts) {
        await sleep(pauseMs);
        continue;
      }
      throw new Error(log.trim() === '' ? 'it left no message' : log, { cause });
    }
    return findPostmaster(needs.place.cluster) ?? { pid: child.pid ?? 0, port };
  }
};

/** Waits until the server lets us in; throws when it ended or takes more than a minute. */
export const waitUntilReady = async (url: string, isAlive: () => boolean): Promise<void> => {
  const giveUpAt = Date.now() + readyLimitMs;
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return;
    } catch (error) {
      if (!isAlive()) throw new Error('PostgreSQL ended while starting', { cause: error });
      if (Date.now() > giveUpAt) throw error;
    } finally {
      await client.end().catch(() => undefined);
    }
    await sleep(30);
  }
};

const launch = ({ postgres, place, account, durable }: StartNeeds, port: number): ChildProcess => {
  const settings = [
    `port=${String(port)}`,
    'listen_addresses=127.0.0.1',
    // Its path may not exceed 107 bytes and nobody needs it.
    'unix_socket_directories=',
    'max_connections=200',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ];
  const log = openSync(place.log, 'w', 0o600);
  if (account !== undefined) chownSync(place.log, account.uid, account.gid);
  const child = spawn(postgres, ['-D', place.cluster, ...settings.flatMap((s) => ['-c', s])], {
    ...account,
    cwd: '/',
    env: cleanEnvironment,
    // A session of its own: Ctrl-C in the terminal reaches us alone, and we stop it after its users.
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.on('error', () => undefined);
  child.unref();
  return child;
};

const wasKilled = (child: ChildProcess): boolean =>
  child.signalCode !== null || child.pid === undefined;

/** The port of last time if it is still free, so that tools keep their connection; else any. */
const freePort = async (portFile: string): Promise<number> => {
  const last = readPort(portFile);
  const port = last === undefined ? undefined : await tryPort(last);
  return port ?? (await tryPort(0)) ?? 0;
};

const readPort = (portFile: string): number | undefined => {
  try {
    const port = Number(readFileSync(portFile, 'utf8'));
    return Number.isInteger(port) && port > 0 ? port : undefined;
  } catch {
    return undefined;
  }
};

const tryPort = (wanted: number): Promise<number | undefined> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.on('error', () => {
      resolve(undefined);
    });
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      probe.close(() => {
        resolve(port);
      });
    });
  });
