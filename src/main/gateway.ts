import { z } from 'zod';
import { startGatewayRelay } from '../adapters/amqp/gateway-relay.ts';
import { forwarder } from '../adapters/amqp/hop.ts';
import { assertionReader } from '../adapters/amqp/assertion/assertion-reader.ts';
import { openKeyRing } from '../adapters/amqp/key-ring.ts';
import { messageReader } from '../adapters/amqp/message-reader.ts';
import { messageWriter } from '../adapters/amqp/message-writer.ts';
import type { KeyBundle } from '../adapters/amqp/schemas/keys-announced.ts';
import { PostgresCommandInbox } from '../adapters/postgres/gateway/postgres-command-inbox.ts';
import { PostgresIncidentStore } from '../adapters/postgres/gateway/postgres-incident-store.ts';
import { PostgresOwnershipStore } from '../adapters/postgres/gateway/postgres-ownership-store.ts';
import { openPool } from '../adapters/postgres/pool.ts';
import { cryptoRandomness } from '../adapters/system/crypto-randomness.ts';
import { systemClock } from '../adapters/system/system-clock.ts';
import { nonceWindow } from '../domain/protection/nonce-window.ts';
import { admitMessage, nonceSpanMs } from '../application/gateway/admit-message.ts';
import { firstGrants } from '../application/gateway/first-grants.ts';
import { learnOwnership } from '../application/gateway/learn-ownership.ts';
import { operationBudgets } from '../application/gateway/operation-budgets.ts';
import { raiseIncident } from '../application/gateway/raise-incident.ts';
import { vouchForQuery } from '../application/gateway/vouch-for-query.ts';
import { day, later } from '../domain/time.ts';
import { prepareDatabase } from './database.ts';
import { loop } from './loop.ts';
import { runAlone } from './run-alone.ts';
import { starting, type Running } from './running.ts';
import { reporter, type Surroundings } from './surroundings.ts';

/** How long a command's key is remembered: a repetition within it has no second effect. */
const keptMs = 30 * day;

/** Stands in the DMZ between the portal and the inside: checks, limits and carries every message. */
export const startGateway = (around: Surroundings): Promise<Running> =>
  starting(async (started) => {
    const url = around.databaseUrl('gateway');
    await prepareDatabase('gateway', url);
    const pool = openPool(url, 10, 'gateway');
    started.add(() => pool.end());
    const portal = await around.openBroker('portal', 'gateway');
    started.add(() => portal.close());
    const core = await around.openBroker('core', 'gateway');
    started.add(() => core.close());

    const clock = systemClock;
    const ring = openKeyRing(around.config.keysDirectory, 'gateway');
    const inbox = new PostgresCommandInbox(pool);
    const ownership = new PostgresOwnershipStore(pool);
    const nonces = nonceWindow(nonceSpanMs, clock.now());
    const budgets = operationBudgets(firstGrants(clock.now()));
    const relay = await startGatewayRelay({
      portal,
      core,
      reader: messageReader(ring),
      writer: messageWriter(ring, 'gateway', clock, cryptoRandomness()),
      forward: forwarder(ring, clock),
      admit: admitMessage(ownership, inbox, nonces, budgets, clock),
      vouch: vouchForQuery(assertionReader(ring), clock),
      raiseIncident: raiseIncident(new PostgresIncidentStore(pool), clock),
      learnOwnership: learnOwnership(ownership),
      controls: {
        // The reader has held the data against the schema of the type.
        'gateway.keys-announced': ({ data }) => void ring.take(data as KeyBundle),
      },
      now: () => clock.now(),
      watch: () => undefined,
      report: reporter(around, 'gateway'),
    });
    started.add(() => relay.stop());
    const forgetting = loop(
      async () => {
        await inbox.forgetBefore(later(clock.now(), -keptMs));
        return false;
      },
      day,
      reporter(around, 'gateway'),
    );
    started.add(() => forgetting.stop());
    return {};
  });

if (import.meta.main) {
  // In the DMZ no code is made from strings, not even from our own schemas.
  z.config({ jitless: true });
  await runAlone('gateway', startGateway);
}
