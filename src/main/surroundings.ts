import type { Broker } from '../application/ports/broker.ts';
import type { BrokerUser, Vhost } from '../adapters/amqp/topology.ts';
import type { Log } from '../adapters/system/log.ts';
import type { Config } from './config.ts';
import type { DatabaseName } from './database-urls.ts';
import type { Metrics } from './metrics.ts';

/** What a program finds around it: the same whether all run in one process or each in its own. */
export interface Surroundings {
  readonly config: Config;
  readonly log: Log;
  readonly metrics: Metrics;
  databaseUrl(name: DatabaseName): string;
  openBroker(vhost: Vhost, user: BrokerUser): Promise<Broker>;
}

/** Writes an error down where people and alarms look for it. */
export const reporter =
  ({ log, metrics }: Surroundings, program: string) =>
  (error: unknown, requestId?: string): void => {
    metrics.error(program);
    const fields = { program, error };
    log.event('error', requestId === undefined ? fields : { ...fields, requestId }, 'error');
  };
