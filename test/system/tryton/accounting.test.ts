import assert from 'node:assert/strict';
import { join } from 'node:path';
import type pg from 'pg';
import { trytonAccounting } from '../../../src/adapters/accounting/tryton/tryton-accounting.ts';
import type { MayPost } from '../../../src/adapters/accounting/posted-elsewhere.ts';
import { rows } from '../../../src/adapters/accounting/tryton/tryton-chart.ts';
import { dayOf, toDate } from '../../../src/adapters/accounting/tryton/tryton-wire.ts';
import {
  trytonTalk,
  type TrytonCall,
} from '../../../src/adapters/accounting/tryton/tryton-talk.ts';
import { booksMigrations } from '../../../src/adapters/postgres/books/books-migrations.ts';
import { sessionLock } from '../../../src/adapters/postgres/session-lock.ts';
import { PostgresBooks } from '../../../src/adapters/postgres/books/postgres-books.ts';
import { migrateDatabase } from '../../../src/adapters/postgres/migrate-database.ts';
import { openPool } from '../../../src/adapters/postgres/pool.ts';
import type { PaymentCommand } from '../../../src/application/ports/accounting-system.ts';
import { Outage, TooBusy } from '../../../src/application/ports/outage.ts';
import type { CalendarDay } from '../../../src/domain/time.ts';
import { accountingSystemContract } from '../../contracts/accounting-system-contract.ts';
import { booksLook } from '../../support/books-look.ts';
import {
  aCommand,
  anAccount,
  clock,
  randomness,
  type LedgerWorld,
} from '../../support/given-ledger.ts';
import { waitFor } from '../../support/processes.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';
import { skipUnless } from '../../support/skips.ts';
import { ensureTryton, startTryton, type TestTryton } from '../../support/tryton.ts';
import { trytonLedger } from '../../support/tryton-look.ts';

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
    const directory = join(import.meta.dirname, '../../../.kabinet-test/tryton');
    tryton = await startTryton({ directory });
    call = trytonTalk(await tryton.freshBook('tests'));
  });
  after(() => tryton?.stop());

  const systemOver = (through: TrytonCall, mayPost?: MayPost) =>
    trytonAccounting(through, {
      ...{ books: new PostgresBooks(pool), clock, randomness },
      zone: 'Europe/Moscow',
      ...(mayPost !== undefined && { mayPost }),
    });
  /** A process that posts when it has the turn, by a connection of its own. */
  const processOver = (through: TrytonCall) => {
    const turn = sessionLock(database.url, 'posting-turn');
    const system = systemOver(through, async () => {
      if (!(await turn.isOurs())) throw new TooBusy('another process has the turn', 1);
    });
    return { turn, system };
  };
  const movesOf = (commands: readonly PaymentCommand[]) => {
    const keys = commands.map(({ payment }) => `capture:stripe:${payment.paymentId}`);
    return rows(call, 'account.move', [['description', 'in', keys]], ['description', 'state']);
  };

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

  it('is posted to by one of two processes: the other may not, until it has the turn', async () => {
    const account = anAccount(0n);
    await world.add(account, 'ru');
    const commands = Array.from({ length: 8 }, () => aCommand(account));
    const [one, two] = [processOver(call), processOver(call)];
    assert.equal(await one.turn.isOurs(), true);

    const told = commands.flatMap((command) => [
      one.system.recordPayment(command),
      two.system.recordPayment(command).catch((error: unknown) => error),
    ]);
    const answers = await Promise.all(told);

    assert.equal(answers.filter((answer) => answer === 'posted').length, commands.length);
    const refusals = answers.filter((answer) => answer instanceof Error);
    assert.ok(refusals.length > 0 && refusals.every((error) => error instanceof TooBusy));
    await one.turn.end();
    const again = commands.map((command) => two.system.recordPayment(command));
    assert.ok((await Promise.all(again)).every((answer) => answer === 'repeated'));
    assert.equal((await movesOf(commands)).length, commands.length);
    assert.equal((await world.events()).length, commands.length);
    await two.turn.end();
  });

  it('is left by a process that loses the turn in the middle, and the next one posts what it made', async () => {
    const account = anAccount(0n);
    await world.add(account, 'ru');
    const command = aCommand(account);
    const two = processOver(call);
    const cut: TrytonCall = async (method, ...params) => {
      const answer = await call(method, ...params);
      if (method !== 'model.account.move.create') return answer;
      await database.cutLockHolders();
      await waitFor('the turn of the other', () => two.turn.isOurs());
      return answer;
    };
    const one = processOver(cut);

    await assert.rejects(one.system.recordPayment(command), TooBusy);
    assert.deepEqual(
      (await movesOf([command])).map(({ state }) => state),
      ['draft'],
    );
    assert.equal(await two.system.recordPayment(command), 'posted');
    assert.equal(await one.system.recordPayment(command), 'repeated');

    assert.deepEqual(
      (await movesOf([command])).map(({ state }) => state),
      ['posted'],
    );
    assert.equal((await world.events()).length, 1);
    await Promise.all([one.turn.end(), two.turn.end()]);
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
