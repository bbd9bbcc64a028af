import { execFile } from 'node:child_process';
import { join } from 'node:path';

/** How a program of the command line ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const home = join(import.meta.dirname, '../..');

/** Runs a script of ours, named from the project's folder, to its end; with `cwd`, in that folder. */
export const runScript = (
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
  cwd?: string,
): Promise<Ended> =>
  new Promise((resolve) => {
    const options = { env: { ...process.env, ...env }, ...(cwd === undefined ? {} : { cwd }) };
    const all = [join(home, script), ...args];
    execFile(process.execPath, all, options, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err });
    });
  });
