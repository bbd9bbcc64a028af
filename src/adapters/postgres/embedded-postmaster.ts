import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The main process of a running PostgreSQL server, as its own lock file names it. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/**
 * The server that already runs on this cluster, if any: one left behind when its owner was killed.
 * A lock file whose process is gone, or became another program, is removed.
 */
export const findPostmaster = (cluster: string): Postmaster | undefined => {
  const file = lockFile(cluster);
  const named = readLockFile(file);
  if (named === undefined) return undefined;
  if (runsIn(named.pid, cluster)) return named;

  rmSync(file, { force: true });
  return undefined;
};

/** Whether this very server still runs. */
export const isRunning = (postmaster: Postmaster, cluster: string): boolean =>
  // The lock file goes last in an orderly end; and a killed process may linger unreaped.
  readLockFile(lockFile(cluster))?.pid === postmaster.pid && runsIn(postmaster.pid, cluster);

const lockFile = (cluster: string): string => join(cluster, 'postmaster.pid');

const readLockFile = (file: string): Postmaster | undefined => {
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    const pid = Number(lines[0]);
    const port = Number(lines[3]);
    return pid > 0 && port > 0 ? { pid, port } : undefined;
  } catch {
    return undefined;
  }
};

/** PostgreSQL works inside its data directory: no other program would by chance. */
const runsIn = (pid: number, cluster: string): boolean => {
  try {
    return readlinkSync(`/proc/${String(pid)}/cwd`) === realpathSync(cluster);
  } catch {
    return false;
  }
};
