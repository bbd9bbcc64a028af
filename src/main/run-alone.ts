import { logLevel, openLog } from '../adapters/system/log.ts';
import { readConfig, type Config } from './config.ts';
import { databaseUrl, type DatabaseName } from './database-urls.ts';
import { openBrokerOn } from './brokers.ts';
import { listen } from './listen.ts';
import { Metrics } from './metrics.ts';
import type { Running } from './running.ts';
import type { Surroundings } from './surroundings.ts';

/** Runs one program as a process of its own, over a real database server and a real broker, until it is told to stop. */
export async function runAlone(
  program: string,
  start: (around: Surroundings) => Promise<Running>,
): Promise<void> {
  await untilTold(program, async () => {
    const config = readConfig(process.env);
    const metrics = new Metrics();
    const running = await start(aloneSurroundings(program, config, metrics));
    const server = await listen(metrics.serve, config.listen, config.metricsPort, 'METRICS_PORT');
    console.log(`kabinet ${program}: ready (metrics on port ${String(server.port)})`);
    return {
      stop: async () => {
        await server.stop();
        await running.stop();
      },
    };
  });
}

function aloneSurroundings(program: string, config: Config, metrics: Metrics): Surroundings {
  return {
    config,
    metrics,
    log: openLog(logLevel(process.env.LOG_LEVEL, 'info'), program),
    databaseUrl: (name: DatabaseName) => {
      const url = databaseUrl(process.env, name);
      if (url === undefined)
        throw new Error(`set DATABASE_URL: ${program} alone needs a database server`);
      return url;
    },
    openBroker: (vhost, user) => {
      if (config.amqpUrl === undefined) {
        throw new Error(`set AMQP_URL: ${program} alone reaches the others over RabbitMQ`);
      }
      return openBrokerOn(config.amqpUrl, vhost, user);
    },
  };
}

/** Starts, waits for SIGINT or SIGTERM, stops in order. What goes wrong is one sentence and exit code 1. */
export async function untilTold(name: string, start: () => Promise<Running>): Promise<void> {
  let isTold = false;
  let running: Running | undefined;
  const stop = (): void => {
    if (isTold) return;
    isTold = true;
    if (running === undefined) return;
    void running.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    running = await start();
  } catch (error) {
    console.error(`kabinet: ${sentence(error)}`);
    if (process.env.LOG_LEVEL === 'debug') console.error(error);
    process.exit(1);
  }
  if (isTold) {
    await running.stop();
    process.exit(0);
  }
  process.on('uncaughtException', (error) => {
    console.error(`kabinet ${name}: ${sentence(error)}`);
    void running.stop().then(() => process.exit(1));
  });
}

/** The sentence of an error, without its stack; the deepest one tells most when the outer ones are empty. */
export function sentence(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return sentence(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
