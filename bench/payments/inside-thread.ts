import { parentPort, Worker, workerData } from 'node:worker_threads';
import { InProcessBrokers } from '../../src/adapters/in-process/in-process-broker.ts';
import { openLog } from '../../src/adapters/system/log.ts';
import type { Broker } from '../../src/application/ports/broker.ts';
import { startAccounting } from '../../src/main/accounting.ts';
import { readConfig } from '../../src/main/config.ts';
import type { DatabaseName } from '../../src/main/database-urls.ts';
import { startGateway } from '../../src/main/gateway.ts';
import { Metrics } from '../../src/main/metrics.ts';
import type { Running } from '../../src/main/running.ts';
import { borrowBroker, lendBroker } from './broker-port.ts';

/** What the thread reads its settings from. */
export interface ThreadSettings {
  readonly env: Readonly<Record<string, string>>;
  readonly keysDirectory: string;
  readonly databases: Readonly<Record<DatabaseName, string>>;
}

/** Gateway and accounting in a thread of their own: they are programs of their own wherever they are not tried out. */
export async function startThread(
  settings: ThreadSettings,
): Promise<Running & { readonly broker: Broker }> {
  const thread = new Worker(import.meta.filename, { workerData: settings });
  await new Promise<void>((resolve, reject) => {
    thread.once('message', () => resolve());
    thread.once('error', reject);
  });
  return {
    broker: borrowBroker(thread),
    stop: async () => {
      const ended = new Promise((resolve) => thread.once('exit', resolve));
      thread.postMessage('stop');
      await ended;
    },
  };
}

async function serve(port: NonNullable<typeof parentPort>, settings: ThreadSettings) {
  const { env, keysDirectory, databases } = settings;
  const brokers = new InProcessBrokers();
  const around = {
    config: { ...readConfig(env), keysDirectory },
    log: openLog('warn', 'bench'),
    metrics: new Metrics(),
    databaseUrl: (name: DatabaseName) => databases[name],
    openBroker: async (...of: Parameters<InProcessBrokers['broker']>) => brokers.broker(...of),
  };
  const parts = [await startAccounting(around), await startGateway(around)];
  lendBroker(port, brokers.broker('portal', 'portal'));
  port.on('message', (message) => {
    if (message !== 'stop') return;
    void (async () => {
      for (const part of parts) await part.stop();
      port.close();
    })();
  });
  port.postMessage('ready');
}

if (parentPort !== null) await serve(parentPort, workerData as ThreadSettings);
