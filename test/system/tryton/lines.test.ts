import assert from 'node:assert/strict';
import { join } from 'node:path';
import type pg from 'pg';
import { trytonAccounting } from '../../../src/adapters/accounting/tryton/tryton-accounting.ts';
import { trytonLines } from '../../../src/adapters/accounting/tryton/tryton-lines.ts';
import {
  trytonTalk,
  type TrytonCall,
  type TrytonPlace,
} from '../../../src/adapters/accounting/tryton/tryton-talk.ts';
import { booksMigrations } from '../../../src/adapters/postgres/books/books-migrations.ts';
import { PostgresBooks } from '../../../src/adapters/postgres/books/postgres-books.ts';
import { PostgresForeignLines } from '../../../src/adapters/postgres/books/postgres-foreign-lines.ts';
import { migrateDatabase } from '../../../src/adapters/postgres/migrate-database.ts';
import { openPool } from '../../../src/adapters/postgres/pool.ts';
import {
  bringForeignLines,
  type BringForeignLines,
} from '../../../src/application/accounting/bring-foreign-lines.ts';
import { Outage } from '../../../src/application/ports/outage.ts';
import type { Account } from '../../../src/domain/account.ts';
import { booksLook } from '../../support/books-look.ts';
import { aCommand, anAccount, clock, randomness } from '../../support/given-ledger.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';
import { skipUnless } from '../../support/skips.ts';
import { ensureTryton, startTryton, type TestTryton } from '../../support/tryton.ts';
import { trytonBookkeeper } from '../../support/tryton-bookkeeper.ts';

const zone = 'Europe/Moscow';

describe('What people post in Tryton', function () {
  this.timeout(60_000);
  let tryton: TestTryton | undefined;
  let place: TrytonPlace;
  let call: TrytonCall;
  let database: TestDatabase;
  let pool: pg.Pool;

  before(async function () {
    this.timeout(400_000);
    skipUnless(this, await ensureTryton());
    const directory = join(import.meta.dirname, '../../../.kabinet-test/tryton');
    tryton = await startTryton({ directory });
    place = await tryton.freshBook('lines');
    call = trytonTalk(place);
  });
  after(() => tryton?.stop());

  beforeEach(async () => {
    database = await testDatabase('books', async (url) => {
      await migrateDatabase(url, booksMigrations);
    });
    pool = openPool(database.url, 10, 'test');
  });
  afterEach(async () => {
    await pool.end();
    await database.drop();
  });

  const roundOver = (through: TrytonCall): BringForeignLines => {
    const around = { books: new PostgresBooks(pool), lines: new PostgresForeignLines(pool), zone };
    return bringForeignLines(trytonLines(through), around, clock, randomness);
  };
  const systemOver = (through: TrytonCall) =>
    trytonAccounting(through, { books: new PostgresBooks(pool), clock, randomness, zone });
  const given = async (balanceMinor = 0n): Promise<Account> => {
    const account = anAccount(balanceMinor);
    await booksLook(pool).add(account, 'ru');
    return account;
  };
  const read = async (account: Account) => {
    const found = await systemOver(call).readAccount(account.id, account.customerId);
    return {
      balance: found?.balance.minor,
      operations: found?.operations.map(({ kind, amount, description }) =>
        [kind, amount.minor, description].join(' '),
      ),
    };
  };
  const eventsOf = async (account: Account) =>
    (await booksLook(pool).events()).filter(({ data }) => data.accountId === account.id);
  const begun = async () => {
    const round = roundOver(call);
    await round();
    return round;
  };

  it('reaches the customer once: charge, payment, correction, and what takes them back', async () => {
    const account = await given();
    const bookkeeper = trytonBookkeeper(place);
    const { number } = account;
    const round = await begun();
    const line = { account: number };
    const charge = await bookkeeper.posts({
      ...{ journal: 'REV', description: 'Отопление за октябрь', day: '2026-10-31' },
      lines: [{ ...line, roubles: '1500.10' }],
    });
    await bookkeeper.posts({
      journal: 'CASH',
      lines: [{ ...line, roubles: '-500.00', text: 'Касса, чек 17' }],
    });
    await bookkeeper.posts({ journal: 'STO', lines: [{ ...line, roubles: '0.01' }] });
    await bookkeeper.draft({ journal: 'REV', lines: [{ ...line, roubles: '9999' }] });
    await bookkeeper.cancels(charge);

    assert.equal((await round()).brought, 4);
    assert.equal((await round()).brought, 0);
    assert.equal((await roundOver(call)()).brought, 0);

    assert.deepEqual((await read(account)).operations?.toSorted(), [
      'charge -150010 Отопление за октябрь',
      'correction -1 Корректировка',
      'correction 150010 Отмена',
      'payment 50000 Касса, чек 17',
    ]);
    assert.equal((await read(account)).balance, '49999');
    assert.equal(await bookkeeper.owes(number), -49_999n);
    assert.equal((await eventsOf(account)).length, 4);
    const { rows: days } = await pool.query<{ day: string }>(
      `SELECT booked_on AS day FROM entry WHERE kind = 'charge'`,
    );
    assert.deepEqual(days, [{ day: '2026-10-31' }]);
  });

  it('is told from what we posted, also when somebody takes that back or copies it', async () => {
    const account = await given();
    const bookkeeper = trytonBookkeeper(place);
    const round = await begun();
    const command = aCommand(account);
    assert.equal(await systemOver(call).recordPayment(command), 'posted');
    assert.equal((await round()).brought, 0);

    const key = `capture:stripe:${command.payment.paymentId}`;
    const [ours] = (await call('model.account.move.search', [
      ['description', '=', key],
    ])) as number[];
    await bookkeeper.cancels(ours!);
    const [copy] = (await call('model.account.move.copy', [ours])) as [number];
    await bookkeeper.post(copy);
    assert.equal((await round()).brought, 2);

    assert.equal(await systemOver(call).recordPayment(command), 'repeated');
    assert.deepEqual((await read(account)).operations?.toSorted(), [
      'correction -100000 Отмена: Оплата банковской картой',
      'payment 100000 Оплата банковской картой',
      'payment 100000 Оплата банковской картой',
    ]);
    assert.equal((await read(account)).balance, '100000');
    assert.equal(await bookkeeper.owes(account.number), -100_000n);
  });

  it('waits while a posting of ours is cut short, and is not taken for a stranger’s', async () => {
    const account = await given();
    const round = await begun();
    const command = aCommand(account);
    const dying: TrytonCall = async (method, ...params) => {
      const answer = await call(method, ...params);
      if (method === 'model.account.move.post') throw new Outage('the answer was lost');
      return answer;
    };
    await assert.rejects(systemOver(dying).recordPayment(command), Outage);

    assert.equal((await round()).pending, 1);
    assert.deepEqual((await read(account)).operations, []);
    assert.equal(await systemOver(call).recordPayment(command), 'posted');
    assert.deepEqual(await round(), { brought: 0, leftOut: 0, pending: 0, conflicts: [] });
    assert.equal((await read(account)).balance, '100000');
  });

  it('comes although its transaction began long before others that came already', async () => {
    const account = await given();
    const bookkeeper = trytonBookkeeper(place);
    const round = await begun();
    const lines = [{ account: account.number, roubles: '1.00' }];
    const late = await bookkeeper.posts({ journal: 'REV', lines });
    await bookkeeper.posts({ journal: 'REV', lines });
    // As if the first had not been committed yet: hidden from the first round.
    const hiding: TrytonCall = async (method, ...params) => {
      const answer = await call(method, ...params);
      if (!method.endsWith('.line.search')) return answer;
      const own = (await call('model.account.move.line.search', [['move', '=', late]])) as number[];
      return (answer as number[]).filter((id) => !own.includes(id));
    };
    assert.equal((await roundOver(hiding)()).brought, 1);

    assert.equal((await round()).brought, 1);
    assert.equal((await read(account)).balance, '-200');
  });

  it('goes on after an outage where it was, with few calls for many lines', async () => {
    const account = await given();
    const other = await given();
    const bookkeeper = trytonBookkeeper(place);
    const round = await begun();
    const lines = Array.from({ length: 40 }, (_, n) => ({
      account: n % 2 === 0 ? account.number : other.number,
      roubles: '0.10',
    }));
    await bookkeeper.posts({
      journal: 'REV',
      lines: [...lines, { account: 'nobody', roubles: '1' }],
    });
    const away: TrytonCall = () => Promise.reject(new Outage('Tryton is away'));
    await assert.rejects(roundOver(away)(), Outage);
    const calls: string[] = [];
    const counting: TrytonCall = (method, ...params) => {
      calls.push(method);
      return call(method, ...params);
    };

    const found = await roundOver(counting)();

    assert.deepEqual(found, { brought: 40, leftOut: 1, pending: 0, conflicts: [] });
    const perRound = calls.filter((method) => method.includes('move.line'));
    assert.deepEqual(perRound, ['model.account.move.line.search', 'model.account.move.line.read']);
    assert.equal((await read(account)).balance, '-200');
    assert.equal((await read(other)).balance, '-200');
    assert.equal((await round()).brought, 0);
  });
});
