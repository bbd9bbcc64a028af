import { rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { InProcessBrokers } from '../adapters/in-process/in-process-broker.ts';
import {
  discardEmbeddedPostgres,
  startEmbeddedPostgres,
} from '../adapters/postgres/embedded-server.ts';
import { logLevel, openLog } from '../adapters/system/log.ts';
import { startAccounting } from './accounting.ts';
import { openBrokerOn } from './brokers.ts';
import { buildBrowser } from './browser-build.ts';
import { readConfig, type Config } from './config.ts';
import { databaseUrl, embeddedDatabaseUrl, embeddedDirectory } from './database-urls.ts';
import { loadDemo } from './demo.ts';
import { startGateway } from './gateway.ts';
import { listen } from './listen.ts';
import { Metrics } from './metrics.ts';
import { startPortal } from './portal.ts';
import { untilTold } from './run-alone.ts';
import { starting, type Running, type Started } from './running.ts';
import { startSimulators } from './simulators.ts';
import { startOptions } from './start-options.ts';
import { startText } from './start-text.ts';
import type { Surroundings } from './surroundings.ts';
import { startWorker } from './worker.ts';

/** Starts everything in one process, in the order in which the parts need each other. */
const startAll = (fresh: boolean): Promise<Running> =>
  starting(async (started) => {
    const begin = performance.now();
    const config = readConfig(process.env);
    await portsAreFree(config);
    const [around] = await Promise.all([surroundings(config, fresh, started), buildBrowser()]);
    const part = async (start: Promise<Running>): Promise<void> => {
      const running = await start;
      started.add(() => running.stop());
    };
    await part(startSimulators(config));
    await part(startAccounting(around));
    await part(startGateway(around));
    await part(startWorker(around));
    await part(startPortal(around));
    await part(listen(around.metrics.serve, config.listen, config.metricsPort, 'METRICS_PORT'));
    await loadDemo(around);
    console.log(startText(config, (performance.now() - begin) / 1_000));
    started.add(() => {
      console.log('\n  Kabinet stops…');
    });
    return {};
  });

async function surroundings(
  config: Config,
  fresh: boolean,
  started: Started,
): Promise<Surroundings> {
  const server = await databaseServer(fresh, started);
  const brokers = new InProcessBrokers();
  return {
    config,
    metrics: new Metrics(),
    log: openLog(logLevel(process.env.LOG_LEVEL, 'warn'), 'kabinet'),
    databaseUrl: (name) =>
      databaseUrl(process.env, name) ?? embeddedDatabaseUrl(server ?? '', name),
    openBroker: (vhost, user) =>
      config.amqpUrl === undefined
        ? Promise.resolve(brokers.broker(vhost, user))
        : openBrokerOn(config.amqpUrl, vhost, user),
  };
}

/** The embedded server's address; undefined where DATABASE_URL names another one. */
async function databaseServer(fresh: boolean, started: Started): Promise<string | undefined> {
  if (databaseUrl(process.env, 'portal') !== undefined) {
    if (fresh)
      throw new Error('--fresh is for the embedded PostgreSQL; unset DATABASE_URL to use it');
    return undefined;
  }
  const directory = embeddedDirectory(process.env);
  if (fresh) {
    await discardEmbeddedPostgres(directory);
    rmSync(directory, { recursive: true, force: true });
  }
  const server = await startEmbeddedPostgres({ directory, durable: true });
  started.add(() => server.stop());
  return server.url;
}

/** Looks at the ports before anything is started: the commonest trouble deserves the quickest answer. */
async function portsAreFree(config: Config): Promise<void> {
  const ports = [
    ['PORT', config.port],
    ['SIMULATORS_PORT', config.simulatorsPort],
    ['METRICS_PORT', config.metricsPort],
    ['GATEWAY_CONSOLE_PORT', config.consolePort],
  ] as const;
  for (const [setting, port] of ports) {
    if (port !== 0 && (await answers(config.listen, port))) {
      throw new Error(
        `port ${String(port)} is in use; stop what listens there or set ${setting} to another`,
      );
    }
  }
}

const answers = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ host, port, timeout: 1_000 });
    const end = (isThere: boolean): void => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', () => {
      end(true);
    });
    socket.once('timeout', () => {
      end(false);
    });
    socket.once('error', () => {
      end(false);
    });
  });

await untilTold('start', () => {
  const { fresh, help } = startOptions(process.argv.slice(2));
  if (help !== undefined) {
    console.log(help);
    process.exit(0);
  }
  return startAll(fresh);
});
