import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Marks the place as used by this process, so that a second Kabinet on the same data is told so instead
 * of sharing a server that the first one will stop. The mark of a process that is gone is taken over.
 */
export const takeOwnership = (ownerFile: string): void => {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      writeFileSync(ownerFile, markOf(process.pid), { flag: 'wx', mode: 0o600 });
      return;
    } catch (error) {
      if (!isAlreadyThere(error)) throw error;
    }
    const mark = readMark(ownerFile);
    const pid = Number(mark?.split(' ')[0]);
    if (pid > 0 && mark === markOf(pid)) {
      throw new Error(
        `process ${String(pid)} already uses this database; stop it first or choose another KABINET_DATA`,
      );
    }
    rmSync(ownerFile, { force: true });
  }
  throw new Error('several programs start on the same data at once; start one of them');
};

/** Lets the next process have the place. */
export const giveUpOwnership = (ownerFile: string): void => {
  if (readMark(ownerFile) === markOf(process.pid)) rmSync(ownerFile, { force: true });
};

/** A pid alone may be used again by another program; together with its start it may not. */
const markOf = (pid: number): string => {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    // The program's name may hold spaces; the fields after its closing bracket do not.
    const startedAt = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${String(pid)} ${startedAt ?? ''}`;
  } catch {
    return `${String(pid)} gone`;
  }
};

const readMark = (ownerFile: string): string | undefined => {
  try {
    return readFileSync(ownerFile, 'utf8');
  } catch {
    return undefined;
  }
};

const isAlreadyThere = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EEXIST';
