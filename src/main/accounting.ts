import type pg from 'pg';
import { eventSender } from '../adapters/amqp/connector-line.ts';
import { keyAnnouncer } from '../adapters/amqp/announce-keys.ts';
import { openKeyRing } from '../adapters/amqp/key-ring.ts';
import { messageReader } from '../adapters/amqp/message-reader.ts';
import { messageWriter } from '../adapters/amqp/message-writer.ts';
import { PostgresLedger } from '../adapters/postgres/books/postgres-ledger.ts';
import { PostgresLedgerSeals } from '../adapters/postgres/books/postgres-ledger-seals.ts';
import { PostgresRealIds } from '../adapters/postgres/books/postgres-real-ids.ts';
import { openPool } from '../adapters/postgres/pool.ts';
import { PostgresOutbox } from '../adapters/postgres/postgres-outbox.ts';
import { PostgresWakeups } from '../adapters/postgres/postgres-wakeups.ts';
import { cryptoRandomness } from '../adapters/system/crypto-randomness.ts';
import { systemClock } from '../adapters/system/system-clock.ts';
import { tendLedger } from '../application/accounting/tend-ledger.ts';
import type { AccountingSystem, CommandOutcome } from '../application/ports/accounting-system.ts';
import type { GatewayBeat } from '../application/ports/inside-messages.ts';
import { publishOutbox } from '../application/publish-outbox.ts';
import { minute, second } from '../domain/time.ts';
import { prepareDatabase } from './database.ts';
import { startDailyExports } from './daily-exports.ts';
import { startGranting } from './inside-budgets.ts';
import { startCanaries } from './inside-canaries.ts';
import { startInsideWatch } from './inside-watch.ts';
import { loop } from './loop.ts';
import { outboxLoop } from './outbox-loop.ts';
import { runAlone } from './run-alone.ts';
import { type Started, starting, type Running } from './running.ts';
import { serveAccounting } from './serve-accounting.ts';
import { reporter, type Surroundings } from './surroundings.ts';

/** The inside end: takes work from the broker, keeps the books, tells what changed. */
export const startAccounting = (around: Surroundings): Promise<Running> =>
  starting(async (started) => {
    const url = around.databaseUrl('books');
    await prepareDatabase('books', url);
    const pool = openPool(url, 10, 'accounting');
    started.add(() => pool.end());
    const wakeups = new PostgresWakeups(url);
    started.add(() => wakeups.close());
    await wakeups.start();
    const broker = await around.openBroker('core', 'connector');
    started.add(() => broker.close());

    const zone = around.config.company.timeZone;
    const clock = systemClock;
    const randomness = cryptoRandomness();
    const ring = openKeyRing(around.config.keysDirectory, 'accounting');
    const writer = messageWriter(ring, 'accounting', clock, randomness);
    const report = reporter(around, 'accounting');
    const reader = messageReader(ring);
    const isHeld = process.env.KABINET_HOLD_AFTER_POSTING === '1';
    await serveAccounting(
      around,
      {
        end: { broker, reader, writer, clock, report },
        ...{ pool, randomness, around: (system) => heldAfterPosting(system, isHeld) },
      },
      started,
    );

    const hear = await startHearing(around, { broker, writer, clock }, pool, started);
    const end = { broker, reader, now: () => clock.now(), report };
    const granting = await startGranting(around.config.budgetsFile, end, writer, hear);
    started.add(() => granting.stop());
    const announce = keyAnnouncer(broker, writer, around.config.keysDirectory, clock);
    const announcing = loop(() => announce().then(() => false), second, report);
    started.add(() => announcing.stop());

    const tend = tendLedger(new PostgresLedger(pool, zone), new PostgresLedgerSeals(pool), clock);
    const tending = loop(() => tend().then(() => false), minute, report);
    started.add(() => tending.stop());

    startDailyExports(around, started);

    const deliver = { event: eventSender(broker, writer) };
    const publish = publishOutbox(new PostgresOutbox(pool), deliver, clock);
    const outbox = outboxLoop(publish, wakeups, report);
    started.add(() => outbox.stop());
    return {};
  });

/** Starts what looks at the gateways' beats beside the granting: who has fallen silent, who has to hear of canaries. */
async function startHearing(
  around: Surroundings,
  end: Parameters<typeof startCanaries>[1],
  pool: pg.Pool,
  started: Started,
): Promise<(beat: GatewayBeat) => void> {
  const report = reporter(around, 'accounting');
  const watch = startInsideWatch(around, end.clock);
  started.add(() => watch.stop());
  const { canariesFile } = around.config;
  const canaries = await startCanaries(canariesFile, end, new PostgresRealIds(pool), report);
  started.add(() => canaries.stop());
  return (beat) => {
    watch.heard(beat.instance);
    canaries.heard(beat);
  };
}

/** For drills: after a posting it falls silent, so that somebody can kill it between commit and acknowledgement. */
function heldAfterPosting(accounting: AccountingSystem, isHeld: boolean): AccountingSystem {
  const held = async (posting: Promise<CommandOutcome>): Promise<CommandOutcome> => {
    const outcome = await posting;
    if (isHeld) await new Promise(() => undefined);
    return outcome;
  };
  return {
    readAccount: (account, customer) => accounting.readAccount(account, customer),
    recordPayment: (command) => held(accounting.recordPayment(command)),
    recordRefund: (command) => held(accounting.recordRefund(command)),
  };
}

if (import.meta.main) await runAlone('accounting', startAccounting);
