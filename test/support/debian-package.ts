import { spawn } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';

const policyFile = '/usr/sbin/policy-rc.d';
const installLimitMs = 300_000;

let queue: Promise<unknown> = Promise.resolve();
let listsUpdated: Promise<string | undefined> | undefined;

/**
 * Makes sure that a Debian package is installed, installing it where this process may (root, with apt).
 * Answers true, or the reason why the package cannot be had here. No service is started by it.
 */
export const ensurePackage = (name: string, probePath: string): Promise<true | string> => {
  const turn = queue.then(() => install(name, probePath));
  queue = turn;
  return turn;
};

const install = async (name: string, probePath: string): Promise<true | string> => {
  if (existsSync(probePath)) return true;
  if (!existsSync('/usr/bin/apt-get')) return `${name} is not installed and there is no apt-get`;
  if (process.getuid?.() !== 0) return `${name} is not installed and only root may install it`;

  listsUpdated ??= aptGet(['update']);
  const trouble =
    (await listsUpdated) ??
    (await withServicesAsleep(() => aptGet(['install', '--yes', '--no-install-recommends', name])));
  if (existsSync(probePath)) return true;
  return `${name} could not be installed: ${trouble ?? `${probePath} is still missing`}`;
};

/** Debian starts a service as soon as its package is there, unless this file says no. */
const withServicesAsleep = async <T>(work: () => Promise<T>): Promise<T> => {
  if (existsSync(policyFile)) return work();
  writeFileSync(policyFile, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return await work();
  } finally {
    rmSync(policyFile, { force: true });
  }
};

/** Resolves to undefined when it went well, else to the last line apt-get wrote. */
const aptGet = (args: readonly string[]): Promise<string | undefined> =>
  new Promise((resolve) => {
    let output = '';
    const child = spawn('apt-get', ['--quiet', '-o', 'DPkg::Lock::Timeout=240', ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: installLimitMs,
    });
    const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4_000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => {
      resolve(error.message);
    });
    child.on('close', (code) => {
      const lastLine = output.trimEnd().split('\n').at(-1) ?? 'apt-get failed';
      resolve(code === 0 ? undefined : lastLine);
    });
  });
