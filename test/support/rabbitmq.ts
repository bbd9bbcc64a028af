import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync, openSync, closeSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensurePackage } from './debian-package.ts';
import { freePort } from './free-port.ts';
import { endProcess, hasEnded, waitFor } from './processes.ts';

const debianHome = '/usr/lib/rabbitmq/lib';
const environmentFile = new URL('../../deploy/rabbitmq/rabbitmq-env.conf', import.meta.url)
  .pathname;
const bootLimitMs = 90_000;

/** A RabbitMQ node of our own, on a free port, apart from any that the machine runs. */
export interface TestRabbitmq {
  readonly port: number;
  /** The address for a user and a virtual host, which must have been made by definitions or `ctl`. */
  url(user: string, password: string, vhost: string): string;
  /** Runs `rabbitmqctl` on this node and answers what it printed. */
  ctl(...args: readonly string[]): Promise<string>;
  /** Ends the node in order. */
  stop(): Promise<void>;
  /**
   * Ends the node as a power cut would; started again on the same directory it has what it confirmed.
   * Not within a second or two of declaring a quorum queue: RabbitMQ then forgets where its log is.
   */
  kill(): Promise<void>;
}

/** True when RabbitMQ is there or could be installed; else the reason. */
export const ensureRabbitmq = (): Promise<true | string> =>
  ensurePackage('rabbitmq-server', '/usr/lib/rabbitmq/bin/rabbitmq-server');

/**
 * Starts a private node. Its data stay in the directory, so that it can be started there again, on the
 * same port when it is given. Without definitions only the user `guest`/`guest` exists.
 */
export const startRabbitmq = async (options: {
  readonly directory: string;
  readonly definitionsFile?: string;
  /** Further settings, in the form of `rabbitmq.conf`. */
  readonly settings?: string;
  readonly port?: number;
}): Promise<TestRabbitmq> => {
  const { directory } = options;
  const port = options.port ?? (await freePort());
  const epmdPort = await freePort();
  const env = await prepare(options, port, epmdPort);
  const programs = sbin();
  const log = join(directory, 'console.log');

  // Erlang's name service would stay behind for ever; ours ends with us.
  const epmd = spawn('epmd', ['-port', String(epmdPort)], { env, stdio: 'ignore' });
  const node = launch(join(programs, 'rabbitmq-server'), env, log);
  const killBoth = () => {
    node.kill('SIGKILL');
    epmd.kill('SIGKILL');
  };
  process.once('exit', killBoth);
  const end = async (signal: NodeJS.Signals) => {
    await endProcess(node, signal);
    await endProcess(epmd);
    process.off('exit', killBoth);
  };
  try {
    await waitFor('RabbitMQ', () => isUp(node, port, log), bootLimitMs);
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
  return {
    port,
    url: (user, password, vhost) =>
      `amqp://${user}:${password}@127.0.0.1:${String(port)}/${encodeURIComponent(vhost)}`,
    ctl: async (...args) => {
      const done = await promisify(execFile)(join(programs, 'rabbitmqctl'), ['-q', ...args], {
        env,
      });
      return done.stdout;
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
};

const prepare = async (
  {
    directory,
    definitionsFile,
    settings: more = '',
  }: { readonly directory: string; readonly definitionsFile?: string; readonly settings?: string },
  port: number,
  epmdPort: number,
): Promise<Record<string, string>> => {
  for (const folder of ['home', 'mnesia', 'log', 'generated']) {
    mkdirSync(join(directory, folder), { recursive: true });
  }
  const ours = [
    'loopback_users.guest = true',
    'log.console.level = warning',
    'disk_free_limit.absolute = 50MB',
    ...(definitionsFile === undefined ? [] : [`load_definitions = ${definitionsFile}`]),
  ];
  const names = ours.map((line) => line.split(' ')[0]);
  const settings = [
    ...more.split('\n').filter((line) => !names.includes(line.split(' ')[0])),
    ...ours,
  ];
  writeFileSync(join(directory, 'rabbitmq.conf'), `${settings.join('\n')}\n`);
  writeFileSync(join(directory, 'enabled_plugins'), '[].\n');
  return {
    PATH: process.env['PATH'] ?? '/usr/sbin:/usr/bin:/sbin:/bin',
    LANG: 'C.UTF-8',
    HOME: join(directory, 'home'),
    ERL_EPMD_PORT: String(epmdPort),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_NODENAME: 'kabinet-test@localhost',
    RABBITMQ_NODE_PORT: String(port),
    RABBITMQ_DIST_PORT: String(await freePort()),
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_MNESIA_BASE: join(directory, 'mnesia'),
    RABBITMQ_LOG_BASE: join(directory, 'log'),
    RABBITMQ_PID_FILE: join(directory, 'pid'),
    RABBITMQ_CONFIG_FILE: join(directory, 'rabbitmq.conf'),
    RABBITMQ_GENERATED_CONFIG_DIR: join(directory, 'generated'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(directory, 'enabled_plugins'),
    RABBITMQ_CONF_ENV_FILE: environmentFile,
    // The script then becomes the node itself instead of watching over it: one process to end.
    RUNNING_UNDER_SYSTEMD: 'true',
  };
};

/** Debian's wrapper in /usr/sbin changes the user; the script below it does not. */
const sbin = (): string => {
  const version = readdirSync(debianHome).find((name) => name.startsWith('rabbitmq_server-'));
  return join(debianHome, version ?? 'rabbitmq_server', 'sbin');
};

const launch = (script: string, env: Record<string, string>, log: string): ChildProcess => {
  const output = openSync(log, 'w');
  const node = spawn(script, { env, detached: true, stdio: ['ignore', output, output] });
  closeSync(output);
  return node;
};

const isUp = (node: ChildProcess, port: number, log: string): Promise<boolean> => {
  if (hasEnded(node)) {
    throw new Error(`RabbitMQ ended while starting:\n${readFileSync(log, 'utf8').slice(-2_000)}`);
  }
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(2_000);
    socket.on('connect', () => socket.write('AMQP\x00\x00\x09\x01'));
    // Anything it says is Connection.Start.
    socket.on('data', () => {
      resolve(true);
      socket.destroy();
    });
    socket.on('timeout', () => socket.destroy());
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve(false);
    });
  });
};
