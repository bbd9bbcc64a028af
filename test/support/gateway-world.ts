import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveInside } from '../../src/adapters/amqp/connector-line.ts';
import { assertionIssuer } from '../../src/adapters/amqp/assertion/assertion-issuer.ts';
import { assertionReader } from '../../src/adapters/amqp/assertion/assertion-reader.ts';
import { startGatewayRelay } from '../../src/adapters/amqp/gateway-relay.ts';
import { forwarder } from '../../src/adapters/amqp/hop.ts';
import { type KeyRing, openKeyRing } from '../../src/adapters/amqp/key-ring.ts';
import { messageReader } from '../../src/adapters/amqp/message-reader.ts';
import { messageWriter } from '../../src/adapters/amqp/message-writer.ts';
import { openOwnKey } from '../../src/adapters/amqp/own-key.ts';
import type { Answers, RelayNeeds } from '../../src/adapters/amqp/relay-needs.ts';
import { openPortalQuestions } from '../../src/adapters/amqp/portal-line.ts';
import type { BrokerUser, Vhost } from '../../src/adapters/amqp/topology.ts';
import { MemoryCommandInbox } from '../../src/adapters/memory/memory-command-inbox.ts';
import { MemoryIncidentStore } from '../../src/adapters/memory/memory-incident-store.ts';
import { MemoryOwnershipStore } from '../../src/adapters/memory/memory-ownership-store.ts';
import { cryptoRandomness } from '../../src/adapters/system/crypto-randomness.ts';
import { systemClock } from '../../src/adapters/system/system-clock.ts';
import {
  type AdmitMessage,
  admitMessage,
  nonceSpanMs,
} from '../../src/application/gateway/admit-message.ts';
import { learnOwnership } from '../../src/application/gateway/learn-ownership.ts';
import { operationBudgets } from '../../src/application/gateway/operation-budgets.ts';
import { queryGate } from '../../src/application/gateway/query-gate.ts';
import { vouchForQuery } from '../../src/application/gateway/vouch-for-query.ts';
import { raiseIncident } from '../../src/application/gateway/raise-incident.ts';
import type { Asking } from '../../src/application/ports/customer-assertions.ts';
import type { Broker } from '../../src/application/ports/broker.ts';
import type { AccountChanged, RecordPayment } from '../../src/application/ports/inside-messages.ts';
import type { TakenMessage } from '../../src/application/ports/outbox.ts';
import type { AccountId, CustomerId } from '../../src/domain/ids.ts';
import type { Grant } from '../../src/domain/protection/grant.ts';
import { keyedRates } from '../../src/domain/protection/keyed-rates.ts';
import { nonceWindow } from '../../src/domain/protection/nonce-window.ts';
import type { Passing } from '../../src/domain/protection/traffic.ts';
import { openSession } from '../../src/domain/session.ts';
import { instant } from '../../src/domain/time.ts';
import { CountingAccounting } from './counting-accounting.ts';

export const anna = '01890000-0000-7000-8000-00000000000a' as CustomerId;
export const boris = '01890000-0000-7000-8000-00000000000b' as CustomerId;
export const annasAccount = '01890000-0000-7000-8000-0000000000a1' as AccountId;

/** A customer who signed in just now. */
export const asking = (customer: CustomerId): Asking => ({
  session: openSession(`session of ${customer}`, customer, systemClock.now()),
  subnet: '192.0.2.0/24',
});

export const randomness = cryptoRandomness();

/** The key rings of the three sources, in a directory of their own. */
export const givenKeyRings = (): {
  readonly portal: KeyRing;
  readonly gateway: KeyRing;
  readonly accounting: KeyRing;
  readonly directory: string;
  discard(): void;
} => {
  const directory = mkdtempSync(join(tmpdir(), 'kabinet-keys-'));
  for (const source of ['portal', 'gateway', 'accounting'] as const) openKeyRing(directory, source);
  return {
    portal: openKeyRing(directory, 'portal'),
    gateway: openKeyRing(directory, 'gateway'),
    accounting: openKeyRing(directory, 'accounting'),
    directory,
    discard: () => {
      rmSync(directory, { recursive: true, force: true });
    },
  };
};

export const grantOf = (operation: string, perSecond: number, concurrency = perSecond): Grant => {
  const rate = { perSecond, burst: perSecond };
  return {
    operation,
    seq: 1,
    rate,
    concurrency,
    cost: 1,
    mode: 'open',
    customer: { perSecond: 1_000, burst: 1_000 },
    expiresAt: instant(Date.now() + 3_600_000),
    safe: { rate, concurrency },
  };
};

export const accountChanged = (more: Partial<AccountChanged> = {}): AccountChanged => ({
  customerId: anna,
  accountId: annasAccount,
  number: '7000001-1',
  title: 'Интернет',
  balance: { minor: '-125050', currency: 'RUB' },
  openedOn: '2024-02-29',
  asOf: '2026-11-22T10:00:00.000Z',
  version: 1,
  operations: [],
  ...more,
});

export const recordPayment = (more: Partial<RecordPayment> = {}): RecordPayment => ({
  paymentId: randomness.id(),
  accountId: annasAccount,
  provider: 'stripe',
  method: 'bank-card',
  amount: { minor: '50000', currency: 'RUB' },
  paidAt: '2026-11-22T10:00:00.000Z',
  ...more,
});

export const outgoing = (
  topic: 'command' | 'event',
  type: string,
  data: unknown,
  customerId: CustomerId = anna,
): TakenMessage => ({
  id: randomness.id(),
  topic,
  customerId,
  body: JSON.stringify({ type, data }),
  createdAt: systemClock.now(),
  attempts: 0,
});

type Watching = Partial<Pick<RelayNeeds, 'noteRefusal' | 'controls'>>;

/** A gateway's relay, and what it saw pass. */
const givenRelay = async (
  instance: string,
  [portal, core]: readonly [Broker, Broker],
  shared: {
    readonly ring: KeyRing;
    readonly ownership: MemoryOwnershipStore;
    readonly incidents: MemoryIncidentStore;
    readonly kept: string[];
    readonly grants: readonly Grant[];
    readonly report: (error: unknown) => void;
    readonly answers: Answers;
    readonly guard: (admit: AdmitMessage) => AdmitMessage;
    readonly watching: Watching;
  },
) => {
  const { ring, ownership, incidents, grants, report, answers, guard, watching } = shared;
  const budgets = operationBudgets(grants);
  const nonces = nonceWindow(nonceSpanMs, systemClock.now());
  const seen: Passing[] = [];
  const relay = await startGatewayRelay({
    instance,
    portal,
    core,
    reader: messageReader(ring),
    writer: messageWriter(ring, instance, systemClock, randomness),
    forward: forwarder(ring, instance, systemClock),
    admit: guard(admitMessage(ownership, new MemoryCommandInbox(), nonces, systemClock)),
    vouch: vouchForQuery(assertionReader(ring), systemClock),
    budgets,
    gate: queryGate(budgets, keyedRates(instant(0))),
    raiseIncident: raiseIncident(incidents, systemClock),
    keepBody: ({ body }, key) => shared.kept.push(`${key} ${String(body.length)}`),
    learnOwnership: learnOwnership(ownership),
    ...{ noteRefusal: () => undefined, controls: {}, ...watching },
    answers,
    now: () => systemClock.now(),
    tookOver: () => void nonces.beginAgain(systemClock.now()),
    watch: (passing) => void seen.push(passing),
    report,
  });
  return { relay, budgets, seen };
};

/** All three programs' ends of the line, between brokers that are given. */
export const givenLine = async (
  openBroker: (vhost: Vhost, user: BrokerUser) => Promise<Broker>,
  grants: readonly Grant[],
  answers: Answers = { 'gateway.report-edge': () => ({ measures: [] }) },
  guard: (admit: AdmitMessage) => AdmitMessage = (admit) => admit,
  watching: Watching = {},
) => {
  const rings = givenKeyRings();
  const trouble: unknown[] = [];
  const report = (error: unknown): void => void trouble.push(error);
  const [portal, gatewayOut, gatewayIn, inside] = await Promise.all([
    openBroker('portal', 'portal'),
    openBroker('portal', 'gateway'),
    openBroker('core', 'gateway'),
    openBroker('core', 'connector'),
  ]);
  // One that stays open tries for ever to reach a server that is gone.
  const brokers = [portal, gatewayOut, gatewayIn, inside];
  const ownership = new MemoryOwnershipStore();
  const [incidents, kept] = [new MemoryIncidentStore(), [] as string[]];
  const shared = {
    ring: rings.gateway,
    ownership,
    incidents,
    kept,
    grants,
    report,
    answers,
    guard,
    watching,
  };
  const { relay, budgets, seen } = await givenRelay('gateway-1', [gatewayOut, gatewayIn], shared);
  const accounting = new CountingAccounting((account, customer) =>
    account === annasAccount && customer === anna ? accountChanged() : undefined,
  );
  const stopServing = await serveInside({
    broker: inside,
    reader: messageReader(rings.accounting),
    writer: messageWriter(rings.accounting, 'accounting', systemClock, randomness),
    accounting,
    clock: systemClock,
    report,
  });
  let isServed = true;
  const stopInside = async (): Promise<void> => {
    if (isServed) await stopServing();
    isServed = false;
  };
  const portalReader = messageReader(rings.portal);
  const claimed: AccountId[] = [annasAccount];
  const assertions = assertionIssuer(
    openOwnKey(rings.directory, 'identity'),
    () => Promise.resolve(claimed),
    systemClock,
  );
  const portalWriter = messageWriter(rings.portal, 'portal-1', systemClock, randomness);
  const questions = await openPortalQuestions({
    broker: portal,
    reader: portalReader,
    writer: portalWriter,
    assertions,
    clock: systemClock,
    instance: 'portal-1',
  });
  return {
    brokers: { portal, gatewayOut, gatewayIn, inside },
    rings,
    trouble,
    ownership,
    incidents,
    budgets,
    underWay: (operation: string) => budgets.state(operation, systemClock.now())?.underWay,
    seen,
    /** Bodies that were kept: of which incident, and how long. */
    kept,
    relay,
    /** One more gateway on the same line. */
    another: async (instance: string) => {
      const its = [await openBroker('portal', 'gateway'), await openBroker('core', 'gateway')];
      brokers.push(...its);
      const [out = gatewayOut, into = gatewayIn] = its;
      return givenRelay(instance, [out, into], shared);
    },
    accounting,
    portalReader,
    portalWriter,
    insideWriter: messageWriter(rings.accounting, 'accounting', systemClock, randomness),
    questions,
    /** Leaves the inside to somebody else. */
    stopInside,
    /** What every customer is said to own, by the part that signs customers in. */
    claimed,
    assertionFor: (customer: CustomerId, account = annasAccount) =>
      assertions.assertionFor(asking(customer), account),
    close: async () => {
      await questions.close();
      await relay.stop();
      await stopInside();
      await Promise.all(brokers.map((broker) => broker.close()));
      rings.discard();
    },
  };
};
export type Line = Awaited<ReturnType<typeof givenLine>>;

/** What looks like an attack, newest first: without the dead letters that may come of it. */
export const signsOf = async ({ incidents }: Pick<Line, 'incidents'>) =>
  (await incidents.list(20)).filter(({ detector }) => detector !== 'dead-letter');
