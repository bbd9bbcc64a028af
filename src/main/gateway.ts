import { z } from 'zod';
import { startGatewayRelay } from '../adapters/amqp/gateway-relay.ts';
import { forwarder } from '../adapters/amqp/hop.ts';
import { assertionReader } from '../adapters/amqp/assertion/assertion-reader.ts';
import { type KeyRing, openKeyRing } from '../adapters/amqp/key-ring.ts';
import { messageReader } from '../adapters/amqp/message-reader.ts';
import { type MessageWriter, messageWriter } from '../adapters/amqp/message-writer.ts';
import type { RelayNeeds } from '../adapters/amqp/relay-needs.ts';
import type { KeyBundle } from '../adapters/amqp/schemas/keys-announced.ts';
import { PostgresCommandInbox } from '../adapters/postgres/gateway/postgres-command-inbox.ts';
import { PostgresOwnershipStore } from '../adapters/postgres/gateway/postgres-ownership-store.ts';
import { openPool } from '../adapters/postgres/pool.ts';
import { cryptoRandomness } from '../adapters/system/crypto-randomness.ts';
import { systemClock } from '../adapters/system/system-clock.ts';
import { nonceWindow } from '../domain/protection/nonce-window.ts';
import { admitMessage, nonceSpanMs } from '../application/gateway/admit-message.ts';
import type { BodyKeeper } from '../application/gateway/keep-refused-bodies.ts';
import { lastingConditions } from '../application/gateway/lasting-conditions.ts';
import { learnOwnership } from '../application/gateway/learn-ownership.ts';
import { rememberOwners } from '../application/gateway/remember-owners.ts';
import { vouchForQuery } from '../application/gateway/vouch-for-query.ts';
import type { OwnershipStore } from '../application/ports/ownership-store.ts';
import { day, later, second } from '../domain/time.ts';
import { prepareDatabase } from './database.ts';
import { detectionSettings } from './detectors-file.ts';
import { type GatewayAudit, startAudit } from './gateway-audit.ts';
import { type GatewayBudgets, gatewayBudgets } from './gateway-budgets.ts';
import { startConsole } from './gateway-console.ts';
import { startCurb } from './gateway-curb.ts';
import { startDeadLetterWatch } from './gateway-dead-letters.ts';
import { type Detection, startDetection } from './gateway-detection.ts';
import { startMeasures } from './gateway-measures.ts';
import { gatewayNoticePlace, startNotices } from './gateway-notices.ts';
import { startBodyKeeping } from './gateway-refused-bodies.ts';
import { loop } from './loop.ts';
import { runAlone } from './run-alone.ts';
import { type Started, starting, type Running } from './running.ts';
import { reporter, type Surroundings } from './surroundings.ts';

/** How long a command's key is remembered: a repetition within it has no second effect. */
const keptMs = 30 * day;

/** Stands in the DMZ between the portal and the inside: checks, limits and carries every message. */
export const startGateway = (around: Surroundings): Promise<Running> =>
  starting(async (started) => {
    const places = await openSurroundings(around, started);
    const { pool, core } = places;
    const clock = systemClock;
    const report = reporter(around, 'gateway');
    const ring = openKeyRing(around.config.keysDirectory, 'gateway');
    const audit = startAudit(around, pool, ring, started);
    const noticePlace = gatewayNoticePlace(around, pool, audit, started);
    const notices = startNotices(around, noticePlace, clock);
    started.add(() => notices.stop());
    audit.watchChain(notices.raiseIncident);
    const inbox = new PostgresCommandInbox(pool);
    const ownership = rememberOwners(new PostgresOwnershipStore(pool), clock);
    const now = () => clock.now();
    const instance = around.config.gatewayInstance;
    const settings = detectionSettings(around.config.detectorsFile);
    const curb = startCurb(around, settings, audit.record, started);
    const limits = gatewayBudgets(now, curb, report, audit.record);
    const writer = messageWriter(ring, instance, clock, cryptoRandomness());
    const { raiseIncident } = notices;
    const { record } = audit;
    const measures = await startMeasures(around, pool, settings, record, started);
    const needs = { settings, ownership, curb, measures, raiseIncident, record };
    const detection = startDetection(around, needs, started);
    const bodies = startBodyKeeping(around, pool, started);
    const rules = { inbox, ownership, ring, writer, audit, bodies, limits, detection, report };
    const relay = await startGatewayRelay(relayNeeds(instance, places, rules));
    started.add(() => relay.stop());
    const beats = limits.start(relay, { core, writer, instance, now });
    started.add(() => beats.stop());
    watchConditions(limits, detection, around, started);
    const tell = { raise: detection.raiseIncident, record };
    startDeadLetterWatch(around, places, noticePlace, tell, started);
    const consolePages = await startConsole(around, pool, {
      ...{ notices, limits, detection, clock, record },
    });
    started.add(() => consolePages.stop());
    forgetOldCommands(inbox, report, started);
    return {};
  });

interface Rules {
  readonly inbox: PostgresCommandInbox;
  readonly ownership: OwnershipStore;
  readonly ring: KeyRing;
  readonly writer: MessageWriter;
  readonly audit: GatewayAudit;
  readonly bodies: Pick<BodyKeeper, 'keep'>;
  readonly limits: GatewayBudgets;
  readonly detection: Detection;
  readonly report: (error: unknown) => void;
}

/** All that the relay goes by. */
function relayNeeds(
  instance: string,
  { portal, core }: Awaited<ReturnType<typeof openSurroundings>>,
  { inbox, ownership, ring, writer, audit, bodies, limits, detection, report }: Rules,
): RelayNeeds {
  const clock = systemClock;
  const nonces = nonceWindow(nonceSpanMs, clock.now());
  return {
    ...{ instance, portal, core, writer, report },
    reader: messageReader(ring),
    forward: forwarder(ring, instance, clock),
    admit: audit.admitting(detection.guard(admitMessage(ownership, inbox, nonces, clock))),
    vouch: vouchForQuery(assertionReader(ring), clock),
    budgets: limits.budgets,
    gate: limits.gate,
    raiseIncident: detection.raiseIncident,
    keepBody: bodies.keep,
    noteRefusal: audit.noting(detection.noteRefusal),
    learnOwnership: learnOwnership(ownership),
    controls: {
      ...detection.controls,
      ...limits.controls,
      // The reader has held the data against the schema of the type.
      'gateway.keys-announced': ({ data }) => {
        takeKeys(ring, data as KeyBundle, audit);
      },
    },
    answers: detection.answers,
    now: () => clock.now(),
    tookOver: () => {
      nonces.beginAgain(clock.now());
    },
    watch: (seen) => {
      limits.counts.see(seen);
      detection.watch(seen);
    },
  };
}

function takeKeys(ring: KeyRing, bundle: KeyBundle, { record }: GatewayAudit): void {
  if (ring.take(bundle)) record('keys', 'inside', `bundle ${bundle.seq}`);
}

/** The gateway's database, and its two sides of the broker. */
async function openSurroundings(around: Surroundings, started: Started) {
  const url = around.databaseUrl('gateway');
  await prepareDatabase('gateway', url);
  const pool = openPool(url, 10, 'gateway');
  started.add(() => pool.end());
  const portal = await around.openBroker('portal', 'gateway');
  started.add(() => portal.close());
  const core = await around.openBroker('core', 'gateway');
  started.add(() => core.close());
  return { pool, portal, core };
}

/** Tells the watch once a second of trouble of our own, and the metrics of the load. */
function watchConditions(
  { budgets, gate, counts, grantedAt }: GatewayBudgets,
  detection: Detection,
  around: Surroundings,
  started: Started,
): void {
  const look = (): Promise<boolean> => {
    const now = systemClock.now();
    const states = budgets.states(now);
    for (const event of lastingConditions(states, grantedAt(), now)) detection.note(event);
    for (const { grant, underWay, places } of states) {
      const { operation } = grant;
      const load = { underWay, places, waiting: gate.waiting(operation) };
      around.metrics.gatewayLoad(operation, { ...load, ...counts.of(operation) });
    }
    return Promise.resolve(false);
  };
  const looking = loop(look, second, reporter(around, 'gateway'));
  started.add(() => looking.stop());
}

function forgetOldCommands(
  inbox: PostgresCommandInbox,
  report: (error: unknown) => void,
  started: Started,
): void {
  const forget = async (): Promise<boolean> => {
    await inbox.forgetBefore(later(systemClock.now(), -keptMs));
    return false;
  };
  const forgetting = loop(forget, day, report);
  started.add(() => forgetting.stop());
}

if (import.meta.main) {
  // In the DMZ no code is made from strings, not even from our own schemas.
  z.config({ jitless: true });
  await runAlone('gateway', startGateway);
}
