import type { Container } from 'inversify';
import { openLog } from '../adapters/system/log.ts';
import { readConfig } from './config.ts';
import { openDatabaseUrl } from './database-server.ts';
import { Metrics } from './metrics.ts';
import { paymentDesk } from './modules/payment-desk.ts';
import { portalParts } from './portal-parts.ts';
import type { Started } from './running.ts';

/** What a command needs of the portal: stores and payments over its database, without brokers or servers. */
export async function portalContainerForCommand(
  command: string,
  started: Started,
): Promise<Container> {
  const url = await openDatabaseUrl('portal', started);
  const around = {
    config: readConfig(process.env),
    metrics: new Metrics(),
    log: openLog('warn', command),
    databaseUrl: () => url,
    openBroker: () => Promise.reject(new Error(`${command} needs no broker`)),
  };
  const container = await portalParts(around, 'worker', started);
  container.load(paymentDesk);
  return container;
}
