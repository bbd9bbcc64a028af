import assert from 'node:assert/strict';
import { join } from 'node:path';
import type pg from 'pg';
import { trytonAccounting } from '../../src/adapters/accounting/tryton/tryton-accounting.ts';
import { rows } from '../../src/adapters/accounting/tryton/tryton-chart.ts';
import { dayOf, toDate } from '../../src/adapters/accounting/tryton/tryton-wire.ts';
import { trytonTalk, type TrytonCall } from '../../src/adapters/accounting/tryton/tryton-talk.ts';
import { booksMigrations } from '../../src/adapters/postgres/books/books-migrations.ts';
import { PostgresBooks } from '../../src/adapters/postgres/books/postgres-books.ts';
import { migrateDatabase } from '../../src/adapters/postgres/migrate-database.ts';
import { openPool } from '../../src/adapters/postgres/pool.ts';
import { Outage } from '../../src/application/ports/outage.ts';
import type { CalendarDay } from '../../src/domain/time.ts';
import { accountingSystemContract } from '../contracts/accounting-system-contract.ts';
import { booksLook } from '../support/books-look.ts';
import {
  aCommand,
  anAccount,
  clock,
  randomness,
  type LedgerWorld,
} from '../support/given-ledger.ts';
import { testDatabase, type TestDatabase } from '../support/postgres.ts';
import { skipUnless } from '../support/skips.ts';
import { ensureTryton, startTryton, type TestTryton } from '../support/tryton.ts';
import { trytonLedger } from '../support/tryton-look.ts';

describe('AccountingSystem: Tryton', function () {
  this.timeout(60_000);
  let tryton: TestTryton | undefined;
  let call: TrytonCall;
  let database: TestDatabase;
  let pool: pg.Pool;
  let world: LedgerWorld;

  before(async function () {
    this.timeout(400_000);
    skipUnless(this, await ensureTryton());
    const directory = join(import.meta.dirname, '../../.kabinet-test/tryton');
    tryton = await startTryton({ directory });
    call = trytonTalk(await tryton.freshBook('tests'));
  });
  after(() => tryton?.stop());

  const systemOver = (through: TrytonCall) =>
    trytonAccounting(through, {
      ...{ books: new PostgresBooks(pool), clock, randomness },
      zone: 'Europe/Moscow',
    });

  beforeEach(async () => {
    database = await testDatabase('books', async (url) => {
      await migrateDatabase(url, booksMigrations);
    });
    pool = openPool(database.url, 10, 'test');
    const ledger = await trytonLedger(call);
    world = { ...booksLook(pool), system: systemOver(call), ledger };
  });
  afterEach(async () => {
    await pool.end();
    await database.drop();
  });

  accountingSystemContract(() => world);

  /** Every call that changes something, cut off before it is made or after it was done, when its answer is lost. */
  for (const method of ['model.account.move.create', 'model.account.move.post']) {
    for (const moment of ['before', 'after'] as const) {
      it(`posts once when it dies ${moment} ${method}, and is told again`, async () => {
        const account = anAccount();
        await world.add(account, 'ru');
        const command = aCommand(account);
        const dying: TrytonCall = async (asked, ...params) => {
          if (asked === method && moment === 'before') throw new Outage('cut off');
          const answer = await call(asked, ...params);
          if (asked === method) throw new Outage('the answer was lost');
          return answer;
        };
        await assert.rejects(systemOver(dying).recordPayment(command), Outage);
        assert.deepEqual(await world.events(), []);

        assert.equal(await systemOver(call).recordPayment(command), 'posted');

        assert.equal((await world.ledger()).length, 2);
        assert.equal((await world.events()).length, 1);
        const domain = [['description', '=', `capture:stripe:${command.payment.paymentId}`]];
        const moves = await rows(call, 'account.move', domain, ['state']);
        assert.deepEqual(
          moves.map(({ state }) => state),
          ['posted'],
        );
      });
    }
  }

  it('refuses other content under a key whose first telling was cut short', async () => {
    const account = anAccount();
    await world.add(account, 'ru');
    const command = aCommand(account);
    const dying: TrytonCall = () => Promise.reject(new Outage('cut off'));
    await assert.rejects(systemOver(dying).recordPayment(command), Outage);

    const other = { ...command, requestHash: 'other' };
    assert.equal(await world.system.recordPayment(other), 'conflict');
    assert.deepEqual(await world.ledger(), []);
  });

  it('posts two drafts of one key once', async () => {
    const account = anAccount();
    await world.add(account, 'ru');
    const command = aCommand(account);
    const twice: TrytonCall = async (method, ...params) => {
      if (method === 'model.account.move.create') await call(method, ...params);
      return call(method, ...params);
    };

    assert.equal(await systemOver(twice).recordPayment(command), 'posted');
    assert.equal(await world.system.recordPayment(command), 'repeated');

    assert.equal((await world.ledger()).length, 2);
  });

  it('books a late fact on the first day that is open', async () => {
    const account = anAccount();
    await world.add(account, 'ru');
    const january = [['start_date', '=', toDate('2024-01-01' as CalendarDay)]];
    const [period] = await rows(call, 'account.period', january, []);
    await call('model.account.period.close', [period!.id]);
    const command = aCommand(account);
    const payment = { ...command.payment, paidAt: '2024-01-15T12:00:00.000Z' };

    assert.equal(await world.system.recordPayment({ ...command, payment }), 'posted');

    const domain = [['description', '=', `capture:stripe:${payment.paymentId}`]];
    const [move] = await rows(call, 'account.move', domain, ['date', 'state']);
    assert.equal(move?.['state'], 'posted');
    assert.equal(dayOf(move['date']), '2024-02-01');
  });

  it('posts a refund and its coming back', async () => {
    const account = anAccount();
    await world.add(account, 'ru');
    const command = aCommand(account);
    const { paymentId, amount } = command.payment;
    await world.system.recordPayment(command);
    for (const kind of ['debit', 'reversal'] as const) {
      const refund = {
        ...{ refundId: 'r-1', paymentId, accountId: account.id, provider: 'stripe', kind },
        ...{ amount, returned: amount, at: '2026-11-22T09:59:59.000Z' },
      };
      const { source, requestHash, customerId } = command;
      const facts = { source, requestHash, customerId, idempotencyKey: `${paymentId} ${kind}` };

      assert.equal(await world.system.recordRefund({ ...facts, refund }), 'posted');
      assert.equal(await world.system.recordRefund({ ...facts, refund }), 'repeated');
    }
    assert.equal((await world.ledger()).length, 6);
    const read = await world.system.readAccount(account.id, account.customerId);
    assert.equal(read?.balance.minor, '-23450');
  });
});
