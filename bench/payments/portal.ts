import { join } from 'node:path';
import type { Container } from 'inversify';
import { openKeyRing } from '../../src/adapters/amqp/key-ring.ts';
import { messageReader } from '../../src/adapters/amqp/message-reader.ts';
import { messageWriter } from '../../src/adapters/amqp/message-writer.ts';
import { commandSender, consumeEvents } from '../../src/adapters/amqp/portal-line.ts';
import { InProcessBrokers } from '../../src/adapters/in-process/in-process-broker.ts';
import { openLog } from '../../src/adapters/system/log.ts';
import type { Broker } from '../../src/application/ports/broker.ts';
import { takeAccountChanged } from '../../src/application/accounts/take-inside-events.ts';
import { publishOutbox } from '../../src/application/publish-outbox.ts';
import { startAccounting } from '../../src/main/accounting.ts';
import { readConfig } from '../../src/main/config.ts';
import { startGateway } from '../../src/main/gateway.ts';
import { keys } from '../../src/main/keys.ts';
import { outboxLoop } from '../../src/main/outbox-loop.ts';
import { Metrics } from '../../src/main/metrics.ts';
import { portalParts } from '../../src/main/portal-parts.ts';
import type { Running, Started } from '../../src/main/running.ts';
import type { Surroundings } from '../../src/main/surroundings.ts';
import type { Place } from './place.ts';
import { startThread, type ThreadSettings } from './inside-thread.ts';
import { benchProvider, type BenchProvider } from './provider.ts';

/** The portal's payments as src/main plugs them, over one provider. */
export interface BenchPortal {
  readonly container: Container;
  readonly provider: BenchProvider;
  readonly around: Surroundings;
  /** What a thread of its own is started with to be the same inside. */
  readonly thread: ThreadSettings;
}

export async function openPortal(
  place: Place,
  env: Readonly<Record<string, string>>,
  started: Started,
): Promise<BenchPortal> {
  const all = {
    ...env,
    KABINET_DATA: place.data,
    PAYMENT_PROVIDERS: 'stripe',
    GATEWAY_CONSOLE_PORT: '0',
  };
  const keysDirectory = join(place.data, 'keys');
  const config = readConfig(all);
  const brokers = new InProcessBrokers();
  const around: Surroundings = {
    config: { ...config, keysDirectory },
    log: openLog('warn', 'bench'),
    metrics: new Metrics(),
    databaseUrl: place.url,
    openBroker: async (vhost, user) => brokers.broker(vhost, user),
  };
  const provider = benchProvider(config.payments.stripe);
  const container = await portalParts(around, 'portal', started);
  container.rebind(keys.guardedProviders).toConstantValue([provider.guard]);
  const { url } = place;
  const databases = { portal: url('portal'), gateway: url('gateway'), books: url('books') };
  return { container, provider, around, thread: { env: all, keysDirectory, databases } };
}

/** Gateway and accounting, and the portal's broker to them. */
export interface Behind extends Running {
  readonly broker: Broker;
}

/**
 * In a thread of its own, as it is a program of its own with a processor to run on; or here, where its statements are to
 * be traced.
 */
export async function startBehind(
  { around, thread }: BenchPortal,
  where: 'here' | 'thread',
): Promise<Behind> {
  // All keys before the first reader: what is signed with one that a reader has not seen yet is no message to it.
  for (const source of ['gateway', 'accounting', 'portal'] as const) {
    openKeyRing(around.config.keysDirectory, source);
  }
  if (where === 'thread') return startThread(thread);
  const parts = [await startAccounting(around), await startGateway(around)];
  const broker = await around.openBroker('portal', 'portal');
  return {
    broker,
    stop: async () => {
      for (const part of parts) await part.stop();
      await broker.close();
    },
  };
}

/** The portal's line to what is behind it while it is open; `shown` counts what came back. */
export interface Inside extends Running {
  readonly shown: () => number;
}

/** Opens the portal's line: its outbox is told, and what comes back is taken into the history. */
export async function openInside(
  { container, around }: BenchPortal,
  { broker }: Behind,
): Promise<Inside> {
  const state = { shown: 0 };
  const report = (error: unknown): void => {
    console.error(error);
  };
  const ring = openKeyRing(around.config.keysDirectory, 'portal');
  const [clock, randomness] = [container.get(keys.clock), container.get(keys.randomness)];
  const take = takeAccountChanged(container.get(keys.accountStore), clock);
  const stopEvents = await consumeEvents(
    broker,
    messageReader(ring),
    {
      customerChanged: async () => undefined,
      accountChanged: async (event) => {
        await take(event);
        state.shown += 1;
      },
    },
    report,
  );
  const command = commandSender(broker, messageWriter(ring, 'portal', clock, randomness));
  const publish = publishOutbox(container.get(keys.outbox), { command }, clock);
  const outbox = outboxLoop(publish, container.get(keys.wakeups), report);
  return {
    shown: () => state.shown,
    stop: async () => {
      await outbox.stop();
      await stopEvents();
    },
  };
}
