import { join } from 'node:path';
import type { Container } from 'inversify';
import { openKeyRing } from '../../src/adapters/amqp/key-ring.ts';
import { messageReader } from '../../src/adapters/amqp/message-reader.ts';
import { messageWriter } from '../../src/adapters/amqp/message-writer.ts';
import { commandSender, consumeEvents } from '../../src/adapters/amqp/portal-line.ts';
import { InProcessBrokers } from '../../src/adapters/in-process/in-process-broker.ts';
import { openLog } from '../../src/adapters/system/log.ts';
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
import { benchProvider, type BenchProvider } from './provider.ts';

/** The portal's payments as src/main plugs them, over one provider. */
export interface BenchPortal {
  readonly container: Container;
  readonly provider: BenchProvider;
  readonly around: Surroundings;
}

export async function openPortal(
  place: Place,
  env: Readonly<Record<string, string>>,
  started: Started,
): Promise<BenchPortal> {
  const config = readConfig({
    ...env,
    KABINET_DATA: place.data,
    PAYMENT_PROVIDERS: 'stripe',
    GATEWAY_CONSOLE_PORT: '0',
  });
  const brokers = new InProcessBrokers();
  const around: Surroundings = {
    config: { ...config, keysDirectory: join(place.data, 'keys') },
    log: openLog('warn', 'bench'),
    metrics: new Metrics(),
    databaseUrl: place.url,
    openBroker: async (vhost, user) => brokers.broker(vhost, user),
  };
  const provider = benchProvider(config.payments.stripe);
  const container = await portalParts(around, 'portal', started);
  container.rebind(keys.guardedProviders).toConstantValue([provider.guard]);
  return { container, provider, around };
}

/** What lies behind the portal: outbox, gateway, accounting and the way back; `shown` counts what came back. */
export interface Inside extends Running {
  readonly shown: () => number;
}

export async function startInside({ container, around }: BenchPortal): Promise<Inside> {
  const state = { shown: 0 };
  const report = (error: unknown): void => {
    console.error(error);
  };
  const { keysDirectory } = around.config;
  // All keys before the first reader: what is signed with one that a reader has not seen yet is no message to it.
  for (const source of ['gateway', 'accounting'] as const) openKeyRing(keysDirectory, source);
  const ring = openKeyRing(keysDirectory, 'portal');
  const parts = [await startAccounting(around), await startGateway(around)];
  const [clock, randomness] = [container.get(keys.clock), container.get(keys.randomness)];
  const broker = await around.openBroker('portal', 'portal');
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
      for (const part of parts) await part.stop();
      await stopEvents();
      await broker.close();
    },
  };
}
