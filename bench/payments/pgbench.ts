import { spawn } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePackage } from '../../test/support/debian-package.ts';
import type { Script } from './script.ts';

const anywhere = '/usr/lib/postgresql/*/bin/pgbench';
/** Debian's packages with pgbench, newest first. */
const packages = ['17', '15'];

/** One run of pgbench. */
export interface PgbenchRun {
  readonly url: string;
  readonly script: Script;
  readonly connections: number;
  /** Seconds, or a number of transactions of each connection. */
  readonly until: readonly ['-T' | '-t', number];
  /** Numbers of the script's variables. */
  readonly numbers: Readonly<Record<string, number>>;
  readonly seed: number;
}
export interface PgbenchResult {
  readonly perSecond: number;
  /** Milliseconds of each transaction. */
  readonly times: readonly number[];
}
export type Pgbench = (run: PgbenchRun) => Promise<PgbenchResult>;

/** Finds pgbench, or has it installed; throws an Error of one sentence where it cannot be had. */
export async function findPgbench(): Promise<string> {
  const reasons: string[] = [];
  for (const version of packages) {
    const [found] = globSync(anywhere).toSorted().reverse();
    if (found !== undefined) return found;
    const path = anywhere.replace('*', version);
    const had = await ensurePackage(`postgresql-${version}`, path);
    if (had === true && existsSync(path)) return path;
    if (had !== true) reasons.push(had);
  }
  throw new Error(`this needs pgbench, which cannot be had: ${reasons.join('; ')}`);
}

/** Runs scripts with the given pgbench; the files of a run are put into `folder` and thrown away. */
export const pgbenchAt =
  (program: string, folder: string, signal: AbortSignal): Pgbench =>
  async ({ url, script, connections, until, numbers, seed }) => {
    const place = mkdtempSync(join(folder, 'pgbench-'));
    try {
      const file = join(place, 'script.sql');
      writeFileSync(file, script.text);
      const constants = [...script.constants, ...named(numbers)].flatMap((each) => ['-D', each]);
      const output = await ran(program, url, signal, [
        ...[
          '-n',
          '-M',
          'prepared',
          '-c',
          String(connections),
          '-j',
          String(Math.min(2, connections)),
        ],
        ...[until[0], String(until[1]), `--random-seed=${seed}`, '-f', file],
        ...['-l', `--log-prefix=${join(place, 'log')}`, ...constants],
      ]);
      const tps = /^tps = ([\d.]+) \(without/m.exec(output)?.[1];
      if (tps === undefined) throw new Error(`pgbench told no rate: ${output}`);
      return { perSecond: Number(tps), times: timesIn(place) };
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  };

const named = (numbers: Readonly<Record<string, number>>): string[] =>
  Object.entries(numbers).map(([name, value]) => `${name}=${value}`);

/** The third field of a log line is the transaction's time in microseconds. */
const timesIn = (place: string): number[] =>
  globSync(join(place, 'log.*')).flatMap((path) =>
    readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => Number(line.split(' ')[2]) / 1_000),
  );

const firstError = (output: string): string => /ERROR: .*/.exec(output)?.[0] ?? output;

function ran(
  program: string,
  url: string,
  signal: AbortSignal,
  args: readonly string[],
): Promise<string> {
  const { hostname, port, username, password, pathname } = new URL(url);
  const env = {
    PGHOST: hostname,
    PGPORT: port,
    PGUSER: username,
    PGPASSWORD: decodeURIComponent(password),
    // What every connection of ours is opened with.
    PGOPTIONS:
      '-c TimeZone=UTC -c statement_timeout=10s -c idle_in_transaction_session_timeout=10s',
  };
  return new Promise((resolve, reject) => {
    let output = '';
    const child = spawn(program, [...args, pathname.slice(1)], {
      env,
      signal,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const hear = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-10_000);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0 && !/aborted/.test(output)) resolve(output);
      else reject(new Error(`pgbench ended with ${String(code)}: ${firstError(output)}`));
    });
  });
}
