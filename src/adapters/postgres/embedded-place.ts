import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { canRun, type SystemAccount } from './embedded-account.ts';

/** The files of one embedded server, side by side in a folder only its account can open. */
export interface EmbeddedPlace {
  readonly folder: string;
  readonly cluster: string;
  readonly passwordFile: string;
  readonly portFile: string;
  readonly ownerFile: string;
  readonly log: string;
}

const linkName = 'elsewhere';
const placesOfRoot = '/var/lib/kabinet';

/**
 * Makes or finds the folder of the server. When the asked directory cannot be reached by the account
 * PostgreSQL runs as (a project under /root), the files live in /var/lib/kabinet and a link leads there.
 */
export const openPlace = (directory: string, account: SystemAccount | undefined): EmbeddedPlace => {
  mkdirSync(directory, { recursive: true });
  const folder = follow(directory) ?? makeFolder(realpathSync(directory), account);
  return placeIn(folder);
};

/** The place of a directory that was opened before; undefined when there is none. */
export const findPlace = (directory: string): EmbeddedPlace | undefined => {
  if (!existsSync(directory)) return undefined;
  return placeIn(follow(directory) ?? join(realpathSync(directory), 'server'));
};

/** Removes the place and everything in it. The server must not be running. */
export const removePlace = (directory: string, place: EmbeddedPlace): void => {
  rmSync(place.folder, { recursive: true, force: true });
  rmSync(join(directory, linkName), { force: true });
};

/** The password of the only database user: made once, kept in a file nobody else can read. */
export const passwordOf = (place: EmbeddedPlace, account: SystemAccount | undefined): string => {
  // An empty file is what a full disk leaves behind.
  if ((lstatSync(place.passwordFile, { throwIfNoEntry: false })?.size ?? 0) === 0) {
    writeFileSync(place.passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
    if (account !== undefined) chownSync(place.passwordFile, account.uid, account.gid);
  }
  return readFileSync(place.passwordFile, 'utf8').trim();
};

const placeIn = (folder: string): EmbeddedPlace => ({
  folder,
  cluster: join(folder, 'cluster'),
  passwordFile: join(folder, 'password'),
  portFile: join(folder, 'port'),
  ownerFile: join(folder, 'owner'),
  log: join(folder, 'postgres.log'),
});

const follow = (directory: string): string | undefined => {
  const link = join(directory, linkName);
  const isLink = lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  if (!isLink || !existsSync(link)) return undefined;
  return readlinkSync(link);
};

const makeFolder = (directory: string, account: SystemAccount | undefined): string => {
  accessSync(directory, constants.W_OK);
  const folder = join(directory, 'server');
  mkdirSync(folder, { recursive: true });
  lend(folder, account);
  if (canRun('/bin/sh', ['-c', 'test -w "$0"', folder], account)) return folder;

  rmSync(folder, { recursive: true });
  mkdirSync(placesOfRoot, { recursive: true });
  chmodSync(placesOfRoot, 0o755);
  const elsewhere = mkdtempSync(join(placesOfRoot, 'server-'));
  lend(elsewhere, account);
  rmSync(join(directory, linkName), { force: true });
  symlinkSync(elsewhere, join(directory, linkName));
  return elsewhere;
};

const lend = (folder: string, account: SystemAccount | undefined): void => {
  chmodSync(folder, 0o700);
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
};
