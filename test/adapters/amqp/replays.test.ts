import assert from 'node:assert/strict';
import type pg from 'pg';
import { messageReader } from '../../../src/adapters/amqp/message-reader.ts';
import { messageWriter } from '../../../src/adapters/amqp/message-writer.ts';
import { places } from '../../../src/adapters/amqp/places.ts';
import { requestHash } from '../../../src/adapters/amqp/request-hash.ts';
import { MemoryOwnershipStore } from '../../../src/adapters/memory/memory-ownership-store.ts';
import { gatewayMigrations } from '../../../src/adapters/postgres/gateway/gateway-migrations.ts';
import { PostgresCommandInbox } from '../../../src/adapters/postgres/gateway/postgres-command-inbox.ts';
import { migrateDatabase } from '../../../src/adapters/postgres/migrate-database.ts';
import { openPool } from '../../../src/adapters/postgres/pool.ts';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';
import {
  type AdmitMessage,
  admitMessage,
  nonceSpanMs,
} from '../../../src/application/gateway/admit-message.ts';
import type { CommandInbox } from '../../../src/application/ports/command-inbox.ts';
import type { Envelope } from '../../../src/application/ports/envelope.ts';
import { type NonceWindow, nonceWindow } from '../../../src/domain/protection/nonce-window.ts';
import { later, second, type Instant } from '../../../src/domain/time.ts';
import {
  anna,
  annasAccount,
  givenKeyRings,
  randomness,
  recordPayment,
} from '../../support/gateway-world.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';

const queries = 400;
const queryReplays = 80_000;
const commands = 200;
const commandReplays = 20_000;

describe('A hundred thousand replays', function () {
  this.timeout(120_000);
  const rings = givenKeyRings();
  const writer = messageWriter(rings.portal, 'portal-1', systemClock, randomness);
  const reader = messageReader(rings.gateway);
  let began: Instant = systemClock.now();
  let now: Instant = began;
  let database: TestDatabase;
  let pool: pg.Pool;
  let inbox: PostgresCommandInbox;
  const ownership = new MemoryOwnershipStore();

  before(async () => {
    database = await testDatabase('gateway', async (url) => {
      await migrateDatabase(url, gatewayMigrations);
    });
    pool = openPool(database.url, 8, 'replays');
    inbox = new PostgresCommandInbox(pool);
    await ownership.learn({ accountId: annasAccount, customerId: anna, version: 1 });
  });
  after(async () => {
    await pool.end();
    await database.drop();
    rings.discard();
  });

  beforeEach(() => {
    began = systemClock.now();
    now = began;
  });

  const read = (message: Parameters<typeof reader.read>[0]): Envelope => {
    const opened = reader.read(message);
    assert.ok(opened.ok);
    return opened.value;
  };
  const query = (): Envelope => {
    const draft = {
      type: 'ledger.read-account',
      subject: anna,
      assertion: 'not.looked.at',
      data: { accountId: annasAccount },
    } as const;
    return read(writer.write(draft, places.query(anna)));
  };
  /** The same command every time it is sent anew by the outbox: another id and nonce under one key. */
  const command = (idempotencyKey: string, data: unknown): Envelope => {
    const draft = { type: 'ledger.record-payment', subject: anna, idempotencyKey, data } as const;
    return read(writer.write(draft, places.command(anna)));
  };
  /** A gateway that starts now, with nothing in its memory. */
  const gateway = (
    commandInbox: CommandInbox = inbox,
    window: NonceWindow = nonceWindow(nonceSpanMs, now),
  ): AdmitMessage => admitMessage(ownership, commandInbox, window, { now: () => now });
  const verdict = async (admit: AdmitMessage, envelope: Envelope): Promise<string> => {
    const admitted = await admit({ envelope, requestHash: requestHash(envelope) });
    if (!admitted.ok) return admitted.refusal.reason;
    return 'admitted';
  };
  const count = async (
    work: readonly (() => Promise<string>)[],
  ): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {};
    for (const one of work) {
      const reason = await one();
      counts[reason] = (counts[reason] ?? 0) + 1;
    }
    return counts;
  };

  it('of questions: none is admitted, in the same gateway, after its restart or in another one', async () => {
    const first = gateway();
    const asked = Array.from({ length: queries }, query);
    const once = await count(asked.map((envelope) => () => verdict(first, envelope)));
    assert.deepEqual(once, { admitted: queries });

    const replays = (admit: AdmitMessage, times: number) =>
      Array.from({ length: times }, (_, n) => () => verdict(admit, asked[(n * 7) % queries]!));
    const same = await count(replays(first, queryReplays / 2));
    now = later(began, 2 * second + 1_000);
    const restarted = await count(replays(gateway(), queryReplays / 4));
    const other = gateway();
    const failedOver = await count(replays(other, queryReplays / 8));
    now = later(began, 70 * second);
    const late = await count(replays(first, queryReplays / 8));

    assert.deepEqual(same, { replayed: queryReplays / 2 });
    assert.deepEqual(restarted, { 'issued-before-start': queryReplays / 4 });
    assert.deepEqual(failedOver, { 'issued-before-start': queryReplays / 8 });
    assert.deepEqual(late, { expired: queryReplays / 8 });
  });

  it('of questions: none is admitted by a gateway that stood by and takes over', async () => {
    const window = nonceWindow(nonceSpanMs, now);
    const standby = gateway(inbox, window);
    const first = gateway();
    now = later(began, 500);
    const asked = Array.from({ length: queries }, query);
    now = later(began, 2 * second + 500);
    const once = await count(asked.map((envelope) => () => verdict(first, envelope)));
    window.beginAgain(now);
    const taken = await count(asked.map((envelope) => () => verdict(standby, envelope)));
    const fresh = { ...query(), issuedAt: now, expiresAt: later(now, 3 * second) };

    assert.deepEqual(once, { admitted: queries });
    assert.deepEqual(taken, { 'issued-before-start': queries });
    assert.equal(await verdict(standby, fresh), 'admitted');
  });

  it('of a question from a clock that is ahead: it is remembered as long as it is good', async () => {
    const admit = gateway();
    const ahead = {
      ...query(),
      issuedAt: later(began, 29 * second),
      expiresAt: later(began, 32 * second),
    };
    assert.equal(await verdict(admit, ahead), 'admitted');
    const seen = [];
    for (let at = 0; at < 70; at += 1) {
      now = later(began, at * second);
      seen.push(await verdict(admit, ahead));
    }

    assert.deepEqual(new Set(seen), new Set(['replayed', 'expired']));
  });

  it('of commands: each counts as new once, in any number of gateways at the same time', async () => {
    const news = { new: 0, repeated: 0, conflict: 0 };
    const counting: CommandInbox = {
      take: async (entry, at) => {
        const taken = await inbox.take(entry, at);
        news[taken] += 1;
        return taken;
      },
      forgetBefore: (moment) => inbox.forgetBefore(moment),
    };
    const keys = Array.from({ length: commands }, () => randomness.id());
    const payments = keys.map(() => recordPayment());
    const sent = keys.map((key, n) => command(key, payments[n]));
    const sentAgain = keys.map((key, n) => command(key, payments[n]));
    const changed = keys.map((key) => command(key, recordPayment()));
    const gateways = [gateway(counting), gateway(counting), gateway(counting)];
    const admitted = { same: 0, changed: 0 };
    const worker = async (from: number): Promise<void> => {
      for (let n = from; n < commandReplays; n += 8) {
        const which = (n * 7) % commands;
        const isChanged = n >= commands && n % 4 === 3;
        const envelope = (isChanged ? changed : n % 2 === 0 ? sent : sentAgain)[which]!;
        const answer = await verdict(gateways[n % 3]!, envelope);
        if (answer === 'admitted') admitted[isChanged ? 'changed' : 'same'] += 1;
        else assert.equal(answer, 'key-conflict');
      }
    };

    await Promise.all(Array.from({ length: 8 }, (_, n) => worker(n)));

    assert.equal(news.new, commands);
    assert.equal(news.new + news.repeated + news.conflict, commandReplays);
    assert.equal(admitted.changed, 0);
    assert.ok(news.conflict > 4_000);
    console.log(`      ${JSON.stringify({ queryReplays, ...news })}`);
  });
});
