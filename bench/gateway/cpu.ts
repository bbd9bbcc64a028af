import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../load.ts';
import { gateTurns } from '../../src/adapters/amqp/gate-turns.ts';
import { assertionIssuer } from '../../src/adapters/amqp/assertion/assertion-issuer.ts';
import { assertionReader } from '../../src/adapters/amqp/assertion/assertion-reader.ts';
import { forwarder } from '../../src/adapters/amqp/hop.ts';
import { openKeyRing } from '../../src/adapters/amqp/key-ring.ts';
import { messageReader } from '../../src/adapters/amqp/message-reader.ts';
import { messageWriter } from '../../src/adapters/amqp/message-writer.ts';
import { openQueries } from '../../src/adapters/amqp/open-queries.ts';
import { openOwnKey } from '../../src/adapters/amqp/own-key.ts';
import { places } from '../../src/adapters/amqp/places.ts';
import { relayQueries } from '../../src/adapters/amqp/relay-queries.ts';
import { relayReplies } from '../../src/adapters/amqp/relay-replies.ts';
import { isSignedFor, signFor } from '../../src/adapters/amqp/signing.ts';
import { MemoryCommandInbox } from '../../src/adapters/memory/memory-command-inbox.ts';
import { MemoryOwnershipStore } from '../../src/adapters/memory/memory-ownership-store.ts';
import { cryptoRandomness } from '../../src/adapters/system/crypto-randomness.ts';
import { systemClock } from '../../src/adapters/system/system-clock.ts';
import { admitMessage, nonceSpanMs } from '../../src/application/gateway/admit-message.ts';
import { learnOwnership } from '../../src/application/gateway/learn-ownership.ts';
import { operationBudgets } from '../../src/application/gateway/operation-budgets.ts';
import { vouchForQuery } from '../../src/application/gateway/vouch-for-query.ts';
import { openSession } from '../../src/domain/session.ts';
import { queryGate } from '../../src/application/gateway/query-gate.ts';
import type { Broker, WireMessage } from '../../src/application/ports/broker.ts';
import { keyedRates } from '../../src/domain/protection/keyed-rates.ts';
import { nonceWindow } from '../../src/domain/protection/nonce-window.ts';
import { instant } from '../../src/domain/time.ts';
import { wideGrant } from '../../test/support/any-grant.ts';
import { accountOf } from './connector.ts';
import { type Asker, crowd, quantile } from './crowd.ts';

const messages = 4_000;

/** Prints the processor time of one message at the gateway: a question let through, its answer, one turned away. */
export async function cpuOfMessages({ rounds }: { readonly rounds: number }): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'kabinet-bench-keys-'));
  for (const source of ['portal', 'gateway', 'accounting'] as const) openKeyRing(directory, source);
  const found = new Map<string, number[][]>();
  const note = (name: string, times: number[]): void => {
    found.set(name, [...(found.get(name) ?? []), times]);
  };
  // The first round warms up.
  for (let round = 0; round <= rounds; round += 1) {
    const gateway = await givenGateway(directory);
    const { there, back } = await gateway.letThrough();
    const away = await gateway.turnAway();
    const bare = await gateway.bareSignatures();
    if (round === 0) continue;
    note('any message let through', [...there, ...back]);
    note('  a question', there);
    note('  its answer', back);
    note('a question turned away', away);
    note('bare: a check and a signature', bare);
  }
  rmSync(directory, { recursive: true });

  console.log(`\nprocessor ms of a message at the gateway, ${messages} each; median of rounds`);
  console.log(`${''.padEnd(36)}       p50       p99`);
  for (const [name, times] of found) {
    const cells = [0.5, 0.99].map((share) => median(times.map((one) => quantile(one, share))));
    console.log(`${name.padEnd(36)}${cells.map((cell) => cell.toFixed(3).padStart(10)).join('')}`);
  }
  console.log(
    [
      'Every fourth question comes with an assertion the gateway has not seen yet. It is the time of all threads of the',
      'process. No network and no database: brokers and stores are in memory.',
    ].join('\n'),
  );
}

/** Processor time of all threads since the reading. */
const msSince = (before: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};

async function givenGateway(directory: string) {
  const [portalRing, gatewayRing, insideRing] = (['portal', 'gateway', 'accounting'] as const).map(
    (source) => openKeyRing(directory, source),
  ) as [
    ReturnType<typeof openKeyRing>,
    ReturnType<typeof openKeyRing>,
    ReturnType<typeof openKeyRing>,
  ];
  const randomness = cryptoRandomness();
  const portal = messageWriter(portalRing, 'portal-1', systemClock, randomness);
  const inside = messageWriter(insideRing, 'accounting', systemClock, randomness);
  const insideReader = messageReader(insideRing);
  const askers = crowd(1_000);
  const ownership = new MemoryOwnershipStore();
  for (const { account, customer } of askers) {
    await learnOwnership(ownership)({ accountId: account, customerId: customer, version: 1 });
  }
  const budgets = operationBudgets([wideGrant({ operation: 'ledger.read-account' })]);
  const now = () => systemClock.now();
  const gate = queryGate(budgets, keyedRates(instant(0)));
  let sent: WireMessage | undefined;
  const broker: Broker = {
    publish: (message) => {
      sent = message;
      return Promise.resolve('taken');
    },
    consume: () => Promise.reject(new Error('nobody consumes here')),
    waiting: () => Promise.resolve(0),
    close: () => Promise.resolve(),
  };
  const needs = {
    ...{ instance: 'gateway-1', portal: broker, core: broker, budgets, gate, now },
    reader: messageReader(gatewayRing),
    writer: messageWriter(gatewayRing, 'gateway-1', systemClock, randomness),
    forward: forwarder(gatewayRing, 'gateway-1', systemClock),
    admit: admitMessage(
      ownership,
      new MemoryCommandInbox(),
      nonceWindow(nonceSpanMs, instant(0)),
      systemClock,
    ),
    raiseIncident: () => Promise.reject(new Error('nothing is suspicious here')),
    learnOwnership: learnOwnership(ownership),
    vouch: vouchForQuery(assertionReader(gatewayRing), systemClock),
    keepBody: () => undefined,
    noteRefusal: () => undefined,
    answers: { 'gateway.report-edge': () => undefined },
    controls: {},
    tookOver: () => undefined,
    watch: () => undefined,
    report: (error: unknown) => {
      throw error;
    },
  };
  const open = openQueries();
  const query = relayQueries(needs, gateTurns(gate, now), open);
  const reply = relayReplies(needs, open);
  const assertions = assertionIssuer(
    openOwnKey(directory, 'identity'),
    (of) =>
      Promise.resolve(askers.flatMap(({ customer, account }) => (customer === of ? account : []))),
    systemClock,
  );
  const sessions = new Map(
    askers.map(({ customer }) => [customer, openSession(customer, customer, now())]),
  );
  const question = async ({ customer, account }: Asker): Promise<WireMessage> => {
    const asking = { session: sessions.get(customer)!, subnet: '192.0.2.0/24' };
    const assertion = await assertions.assertionFor(asking, account);
    const data = { accountId: account };
    const draft = { type: 'ledger.read-account', subject: customer, assertion, data } as const;
    return portal.write(draft, places.query(customer));
  };
  const each = async <Times>(one: (asker: Asker) => Promise<Times>): Promise<Times[]> => {
    const times: Times[] = [];
    for (let n = 0; n < messages; n += 1) times.push(await one(askers[n % askers.length]!));
    return times;
  };
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const before = process.cpuUsage();
    await work();
    return msSince(before);
  };
  const answerOf = (asked: WireMessage, asker: Asker): WireMessage => {
    const read = insideReader.read(asked);
    if (!read.ok) throw new Error(`the inside does not believe it: ${read.refusal.why}`);
    const data = accountOf(asker.account, asker.customer);
    return inside.reply(read.value, { status: 'OK', data }, places.replyInside('gateway-1'));
  };
  return {
    letThrough: async () => {
      const times = await each(async (asker) => {
        const message = await question(asker);
        const there = await timed(() => query(message));
        const answer = answerOf(sent!, asker);
        return { there, back: await timed(() => reply(answer)) };
      });
      return { there: times.map(({ there }) => there), back: times.map(({ back }) => back) };
    },
    turnAway: () => {
      budgets.grant(wideGrant({ operation: 'ledger.read-account', seq: 2, mode: 'closed' }));
      return each(async (asker) => {
        const message = await question(asker);
        return timed(() => query(message));
      });
    },
    bareSignatures: async (): Promise<number[]> => {
      const { body } = await question(askers[0]!);
      const at = { context: 'kabinet-message-1', exchange: 'a', routingKey: 'b' } as const;
      const { privateKey } = portalRing.own;
      const key = gatewayRing.find(portalRing.own.kid)!.publicKey;
      const signature = signFor(privateKey, at, body);
      return Array.from({ length: messages }, () => {
        const before = process.cpuUsage();
        isSignedFor(key, at, body, signature);
        signFor(privateKey, at, body);
        return msSince(before);
      });
    },
  };
}
