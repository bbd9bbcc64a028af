import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { ensurePackage } from './debian-package.ts';
import { endProcess, hasEnded, waitFor } from './processes.ts';

const program = '/usr/sbin/nginx';

/** A running nginx. */
export interface TestNginx {
  stop(): Promise<void>;
}

/** True when nginx is there or could be installed; else the reason. */
export const ensureNginx = (): Promise<true | string> => ensurePackage('nginx', program);

/**
 * Starts nginx in the foreground on a complete configuration file, with relative paths in it taken from
 * `prefix`, and waits until it listens on `port`. Throws with nginx's own message when it does not start.
 */
export const startNginx = async (options: {
  readonly configFile: string;
  readonly prefix: string;
  readonly port: number;
}): Promise<TestNginx> => {
  const { configFile, prefix, port } = options;
  mkdirSync(join(prefix, 'logs'), { recursive: true });
  const errors = join(prefix, 'logs', 'start-error.log');
  const args = ['-c', configFile, '-p', prefix, '-e', errors, '-g', 'daemon off;'];
  const nginx = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  nginx.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000)));
  nginx.on('error', (error) => (said += error.message));
  try {
    await waitFor('nginx', () => {
      if (hasEnded(nginx)) throw new Error(`nginx ended while starting: ${said.trim()}`);
      return listens(port);
    });
  } catch (error) {
    await endProcess(nginx);
    throw error;
  }
  return { stop: () => endProcess(nginx, 'SIGQUIT', 5_000) };
};

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      resolve(true);
      socket.destroy();
    });
    socket.on('error', () => {
      resolve(false);
    });
  });
