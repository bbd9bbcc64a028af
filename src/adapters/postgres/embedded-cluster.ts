import { execFile } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { promisify } from 'node:util';
import type { SystemAccount } from './embedded-account.ts';
import type { EmbeddedPlace } from './embedded-place.ts';

/** The name of the only database user. */
export const databaseUser = 'kabinet';

/** PostgreSQL's settings from the outside must not leak into our own server. */
export const cleanEnvironment: Readonly<Record<string, string>> = {
  PATH: '/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
};

/** Creates an empty database cluster, unless there is one. A half-made one is thrown away. */
export const makeCluster = async (
  place: EmbeddedPlace,
  initdb: string,
  account: SystemAccount | undefined,
): Promise<void> => {
  if (existsSync(place.cluster)) return;

  const unfinished = `${place.cluster}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  const args = [
    `--pgdata=${unfinished}`,
    `--username=${databaseUser}`,
    `--pwfile=${place.passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--no-sync',
    '--no-instructions',
  ];
  try {
    await promisify(execFile)(initdb, args, { ...account, cwd: '/', env: cleanEnvironment });
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
  renameSync(unfinished, place.cluster);
};
