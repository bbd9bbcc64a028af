import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { OwnLedger } from '../../src/adapters/accounting/own-ledger.ts';
import { PostgresBooks } from '../../src/adapters/postgres/books/postgres-books.ts';
import { openPool } from '../../src/adapters/postgres/pool.ts';
import { systemClock } from '../../src/adapters/system/system-clock.ts';
import type { AccountingSystem } from '../../src/application/ports/accounting-system.ts';
import type { AccountId, CustomerId } from '../../src/domain/ids.ts';
import { usualBudgets } from '../../src/application/budgets/usual-budgets.ts';
import { prepareDatabase } from '../../src/main/database.ts';
import { Started } from '../../src/main/running.ts';
import { dice } from '../support/dice.ts';
import { openGatewayPlace, type GatewayPlace } from '../support/gateway-place.ts';
import { accountChanged, outgoing, randomness, recordPayment } from '../support/gateway-world.ts';
import { ensureRabbitmq } from '../support/rabbitmq.ts';
import { skipUnless } from '../support/skips.ts';

/** How often something is killed: the soak asks for more. */
const isSoak = process.env.GATEWAY_KILLS !== undefined;
const kills = Number(process.env.GATEWAY_KILLS ?? 3);
const commandsAtOnce = 4;
/** Between two commands of one sender: about a hundred a second in all. */
const restMs = 30;
/** Commands that came to the books, and what they credited in units of one payment. */
const countPosted = `SELECT (SELECT count(*)::int FROM inbox) AS payments,
  (SELECT coalesce(sum(amount), 0)::int / 50000 FROM posting WHERE side = 'credit') AS entries`;

/** The real books, where a payment for an account nobody knows is kept in suspense; questions are always answered. */
const booksAt = async (url: string, started: Started): Promise<AccountingSystem> => {
  await prepareDatabase('books', url);
  const pool = openPool(url, 8, 'kills');
  started.add(() => pool.end());
  const ledger = new OwnLedger(new PostgresBooks(pool), systemClock, randomness);
  return {
    recordPayment: (command) => ledger.recordPayment(command),
    recordRefund: (command) => ledger.recordRefund(command),
    readAccount: (accountId, customerId) =>
      Promise.resolve(accountChanged({ accountId, customerId })),
  };
};

describe('kill -9 of gateways and broker under load', function () {
  this.timeout(60_000 + kills * 60_000);
  const seed = Number(process.env.FC_SEED ?? Date.now() % 1_000_000);
  const chance = dice(seed);
  const started = new Started();
  let books = '';
  const askers = Array.from({ length: 64 }, () => ({
    customer: randomness.id() as CustomerId,
    account: randomness.id() as AccountId,
  }));
  let place: GatewayPlace;
  before(async function () {
    skipUnless(this, await ensureRabbitmq());
    const wide = usualBudgets.map(({ operation, ...budget }) => [
      operation,
      { ...budget, customer: { perSecond: 1_000, burst: 1_000 } },
    ]);
    place = await openGatewayPlace({
      accounting: (url) => {
        books = url;
        return booksAt(url, started);
      },
      budgets: Object.fromEntries(wide),
    });
    await place.own(askers.map(({ account, customer }) => [account, customer]));
    await place.startGateway('gateway-2');
    // A broker that dies within two seconds of the declaration of a quorum queue forgets where its log is.
    await pause(3_000);
  });
  after(async () => {
    await started.stop();
    await place?.stop();
  });

  const anybody = () => askers[Math.floor(chance() * askers.length)]!;
  const isAnswered = async (): Promise<boolean> => {
    const { account, customer } = anybody();
    return (await place.portal.ask(account, customer)).outcome === 'fresh';
  };
  /**
   * When answers began to come and went on: twice as many customers in a row as there are shards. In milliseconds,
   * up to the first answer of that row.
   */
  const recovered = async (): Promise<number> => {
    const begin = performance.now();
    let firstMs = 0;
    for (let inRow = 0; inRow < 32;) {
      const isFresh = await isAnswered();
      if (isFresh && inRow === 0) firstMs = performance.now() - begin;
      inRow = isFresh ? inRow + 1 : 0;
      // A refusal may come at once: the connections need a turn too.
      await pause(1);
      assert.ok(performance.now() - begin < 60_000, 'no answers for a minute');
    }
    return firstMs;
  };

  it(`lose no command and do none twice, ${String(kills)} times; questions are answered within seconds`, async () => {
    console.log(`      seed ${String(seed)}`);
    await recovered();
    let [sent, isOver] = [0, false];
    /** As the outbox does: the same command again until the broker has it. */
    const sender = async (): Promise<void> => {
      while (!isOver) {
        const { account, customer } = anybody();
        const data = recordPayment({ accountId: account });
        const command = outgoing('command', 'ledger.record-payment', data, customer);
        for (let taken = false; !taken;) {
          taken = await place.portal.send(command).then(
            () => true,
            () => pause(100).then(() => false),
          );
        }
        sent += 1;
        await pause(restMs);
      }
    };
    const senders = Array.from({ length: commandsAtOnce }, sender);
    const times: string[] = [];
    for (let n = 0; n < kills; n += 1) {
      await pause(200 + chance() * 1_500);
      const what = (['gateway-1', 'gateway-2', 'broker'] as const)[n % 3]!;
      if (what === 'broker') {
        await place.killBroker();
        await place.startBroker();
        times.push(`${what} ${(await recovered()).toFixed(0)}`);
      } else {
        await place.gateway(what)!.kill();
        times.push(`${what} ${(await recovered()).toFixed(0)}`);
        await place.startGateway(what);
      }
    }
    isOver = true;
    await Promise.all(senders);
    const client = new pg.Client({ connectionString: books });
    await client.connect();
    const posted = async (): Promise<{ entries: number; payments: number }> => {
      const { rows } = await client.query<{ entries: number; payments: number }>(countPosted);
      return rows[0]!;
    };
    for (const end = Date.now() + 30_000; (await posted()).payments < sent && Date.now() < end;) {
      await pause(50);
    }
    const { entries, payments } = await posted();
    await client.end();

    console.log(`      ${String(sent)} commands; answered again after ms: ${times.join(', ')}`);
    assert.equal(payments, sent, 'every command was done');
    assert.equal(entries, sent, 'and once');
    // On a machine that is busy with other tests the figure means nothing.
    if (isSoak) for (const time of times) assert.ok(Number(time.split(' ')[1]) < 5_000, time);
  });
});
