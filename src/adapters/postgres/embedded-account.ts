import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The system account PostgreSQL runs as: it refuses to run as root, so root lends it another. */
export interface SystemAccount {
  readonly uid: number;
  readonly gid: number;
}

/** Undefined when this process is an ordinary user and PostgreSQL may simply run as the same one. */
export const accountForPostgres = (): SystemAccount | undefined => {
  if (process.getuid?.() !== 0) return undefined;

  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const wanted of ['postgres', 'nobody']) {
    const fields = accounts.find((line) => line.startsWith(`${wanted}:`))?.split(':');
    const uid = Number(fields?.[2]);
    const gid = Number(fields?.[3]);
    if (uid > 0 && gid > 0) return { uid, gid };
  }
  throw new Error(
    'PostgreSQL does not run as root and there is no account "postgres" or "nobody" to lend it; ' +
      'start Kabinet as an ordinary user or set DATABASE_URL',
  );
};

/** Asks the system itself, by trying: permissions, access lists and mount options all count. */
export const canRun = (
  program: string,
  args: readonly string[],
  account: SystemAccount | undefined,
): boolean => {
  try {
    // The working directory must be reachable for the lent account too.
    execFileSync(program, args, { ...account, cwd: '/', stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
