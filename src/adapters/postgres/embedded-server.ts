import { setTimeout as sleep } from 'node:timers/promises';
import { resolve } from 'node:path';
import { accountForPostgres, type SystemAccount } from './embedded-account.ts';
import { findBinaries } from './embedded-binaries.ts';
import { databaseUser, makeCluster } from './embedded-cluster.ts';
import { giveUpOwnership, takeOwnership } from './embedded-owner.ts';
import {
  type EmbeddedPlace,
  findPlace,
  openPlace,
  passwordOf,
  removePlace,
} from './embedded-place.ts';
import { findPostmaster, isRunning, type Postmaster } from './embedded-postmaster.ts';
import { startPostmaster, waitUntilReady } from './embedded-start.ts';
import { explainTrouble } from './embedded-trouble.ts';

const orderlyStopMs = 30_000;

/** A real PostgreSQL server of our own, reachable from this machine only. */
export interface EmbeddedPostgres {
  /** `postgres://kabinet:password@127.0.0.1:port/postgres`; the user may create databases. */
  readonly url: string;
  /** Ends the server in order: connections are cut, everything committed is on disk. */
  stop(): Promise<void>;
}

/** Where the server keeps its data and how careful it is with them. */
export interface EmbeddedPostgresOptions {
  readonly directory: string;
  /** False turns fsync off: for tests, whose data nobody misses after a power cut. */
  readonly durable: boolean;
  readonly log?: (line: string) => void;
}

/**
 * Starts the PostgreSQL that came by npm on the given directory, creating the data the first time.
 * A server left running there by a process that was killed is taken over.
 * Nothing but `stop` ends it, so Ctrl-C leaves time to finish the work that needs it.
 * Throws an Error of one sentence when it cannot: full disk, missing package, directory in use.
 */
export const startEmbeddedPostgres = async (
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> => {
  const directory = resolve(options.directory);
  const account = accountForPostgres();
  const place = prepare(() => openPlace(directory, account), directory);
  prepare(() => {
    takeOwnership(place.ownerFile);
  }, directory);
  try {
    return await run(place, account, options);
  } catch (error) {
    giveUpOwnership(place.ownerFile);
    throw error;
  }
};

/** Throws away the data of an embedded server, stopping it first if it was left running. */
export const discardEmbeddedPostgres = async (directory: string): Promise<void> => {
  const place = findPlace(resolve(directory));
  if (place === undefined) return;

  const left = findPostmaster(place.cluster);
  if (left !== undefined) {
    takeOwnership(place.ownerFile);
    await stopPostmaster(left, place);
  }
  removePlace(directory, place);
};

const run = async (
  place: EmbeddedPlace,
  account: SystemAccount | undefined,
  { directory, durable, log = () => undefined }: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> => {
  const { postgres, initdb } = findBinaries(account);
  const password = passwordOf(place, account);
  const urlAt = (port: number) =>
    `postgres://${databaseUser}:${password}@127.0.0.1:${String(port)}/postgres`;
  let postmaster: Postmaster;
  try {
    await makeCluster(place, initdb, account);
    postmaster =
      (await adopt(place, urlAt, log)) ??
      (await startPostmaster({ postgres, place, account, durable, urlAt }));
  } catch (error) {
    throw explainTrouble(error, directory);
  }
  log(`PostgreSQL listens on 127.0.0.1:${String(postmaster.port)}, data in ${place.folder}`);

  let stopping: Promise<void> | undefined;
  const stop = async () => {
    await stopPostmaster(postmaster, place);
    giveUpOwnership(place.ownerFile);
  };
  return { url: urlAt(postmaster.port), stop: () => (stopping ??= stop()) };
};

const prepare = <T>(work: () => T, directory: string): T => {
  try {
    return work();
  } catch (error) {
    const isOfTheSystem = error instanceof Error && 'code' in error;
    throw isOfTheSystem ? explainTrouble(error, directory) : error;
  }
};

const adopt = async (
  { cluster }: EmbeddedPlace,
  urlAt: (port: number) => string,
  log: (line: string) => void,
): Promise<Postmaster | undefined> => {
  const left = findPostmaster(cluster);
  if (left === undefined) return undefined;
  try {
    await waitUntilReady(urlAt(left.port), () => isRunning(left, cluster));
  } catch (error) {
    // It was on its way down: the usual start comes next.
    if (!isRunning(left, cluster)) return undefined;
    throw error;
  }
  log(`took over the PostgreSQL that was left running (process ${String(left.pid)})`);
  return left;
};

const stopPostmaster = async (postmaster: Postmaster, { cluster }: EmbeddedPlace) => {
  // SIGINT is the "fast" end: no waiting for clients, but a checkpoint. SIGQUIT is the last resort.
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!isRunning(postmaster, cluster)) return;
    process.kill(postmaster.pid, signal);
    const giveUpAt = Date.now() + orderlyStopMs;
    while (isRunning(postmaster, cluster) && Date.now() < giveUpAt) await sleep(20);
  }
};
