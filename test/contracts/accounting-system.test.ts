import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Account } from '../../src/domain/account.ts';
import { OwnLedger } from '../../src/adapters/accounting/own-ledger.ts';
import { MemoryBooks } from '../../src/adapters/memory/memory-books.ts';
import { booksMigrations } from '../../src/adapters/postgres/books/books-migrations.ts';
import { PostgresBooks } from '../../src/adapters/postgres/books/postgres-books.ts';
import { migrateDatabase } from '../../src/adapters/postgres/migrate-database.ts';
import { openPool } from '../../src/adapters/postgres/pool.ts';
import { accountingSystemContract } from './accounting-system-contract.ts';
import { booksLook } from '../support/books-look.ts';
import { testDatabase, type TestDatabase } from '../support/postgres.ts';
import {
  aCommand,
  anAccount,
  clock,
  randomness,
  type LedgerWorld as World,
} from '../support/given-ledger.ts';
/** What our own ledger promises beside: the provider's name of a payment stands for one capture. */
const oneReferenceContract = (world: () => World): void => {
  const paidAs = (account: Account, providerRef: string, change: object = {}) => {
    const command = aCommand(account);
    return { ...command, payment: { ...command.payment, providerRef, ...change } };
  };
  const given = async () => {
    const account = anAccount();
    await world().add(account, 'ru');
    return account;
  };

  it('books one capture for a provider’s reference, and refuses another payment that claims it, for good', async () => {
    const account = await given();
    const { system } = world();
    const [first, second] = [paidAs(account, 'pi_1'), paidAs(account, 'pi_1')];

    assert.equal(await system.recordPayment(first), 'posted');
    assert.equal(await system.recordPayment(second), 'conflict');
    assert.equal(await system.recordPayment(second), 'conflict');
    assert.equal(await system.recordPayment({ ...first, idempotencyKey: 'again' }), 'repeated');
    assert.equal(await system.recordPayment(paidAs(account, 'pi_1, x')), 'posted');
    const elsewhere = paidAs(account, 'pi_1', { provider: 'yookassa' });
    assert.equal(await system.recordPayment(elsewhere), 'posted');

    assert.equal(new Set((await world().ledger()).map(({ key }) => key)).size, 3);
    assert.equal((await world().events()).length, 3);
  });

  it('refuses it where the one is in suspense, too', async () => {
    const account = await given();
    const { system } = world();
    const lost = paidAs(account, 'pi_2', { accountId: randomUUID() });

    assert.equal(await system.recordPayment(lost), 'posted');
    assert.equal(await system.recordPayment(paidAs(account, 'pi_2')), 'conflict');
    assert.equal((await world().ledger()).length, 2);
  });

  it('posts one of many payments that claim a reference at once', async () => {
    const accounts = await Promise.all([given(), given(), given(), given()]);
    const answers = await Promise.all(
      accounts.map((account) => world().system.recordPayment(paidAs(account, 'pi_3'))),
    );

    assert.deepEqual(answers.toSorted(), ['conflict', 'conflict', 'conflict', 'posted']);
    assert.equal((await world().ledger()).length, 2);
  });

  it('posts one capture that comes under many keys at once, and calls the others repeated', async () => {
    const account = await given();
    const lost = paidAs(account, 'pi_4', { accountId: randomUUID() });
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        world().system.recordPayment({ ...lost, idempotencyKey: `key-${n}` }),
      ),
    );

    assert.deepEqual(answers.toSorted(), ['posted', ...Array<string>(9).fill('repeated')]);
  });
};

describe('AccountingSystem: our own ledger in memory', () => {
  let world: World;
  beforeEach(() => {
    const books = new MemoryBooks();
    world = {
      system: new OwnLedger(books, clock, randomness),
      add: async (account, locale) => {
        books.add({ account, locale, isClosed: false });
      },
      ledger: async () =>
        [...books.entries.values()].flatMap(({ key, postings }) =>
          postings.map(({ account, side, amount }) => ({
            key,
            account,
            side,
            minor: amount.minor,
          })),
        ),
      events: async () => books.messages.map(({ body }) => JSON.parse(body)),
    };
  });
  accountingSystemContract(() => world);
  oneReferenceContract(() => world);
});

describe('AccountingSystem: our own ledger on PostgreSQL', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let world: World;
  beforeEach(async () => {
    database = await testDatabase('books', async (url) => {
      await migrateDatabase(url, booksMigrations);
    });
    pool = openPool(database.url, 10, 'test');
    world = postgresWorld(pool);
  });
  afterEach(async () => {
    const { rows } = await pool.query<{ sum: string }>(`SELECT
      coalesce(sum(CASE side WHEN 'debit' THEN amount ELSE -amount END), 0)::text AS sum
      FROM posting`);
    await pool.end();
    await database.drop();
    assert.equal(rows[0]?.sum, '0', 'the ledger is out of balance');
  });
  accountingSystemContract(() => world);
  oneReferenceContract(() => world);

  it('lets nobody change or delete what was posted', async () => {
    const account = anAccount();
    await world.add(account, 'ru');
    await world.system.recordPayment(aCommand(account));

    for (const statement of [
      'UPDATE posting SET amount = 1',
      'DELETE FROM entry',
      'TRUNCATE entry',
    ]) {
      await assert.rejects(pool.query(statement), /append-only/);
    }
  });

  it('commits no entry that is out of balance, has one side only, or is none', async () => {
    const id = randomUUID();
    const entry = `INSERT INTO entry VALUES ('${id}', '${id}', 'k', 'x', now(), now(), '')`;
    const posting = (line: number, side: string, amount: number) =>
      `INSERT INTO posting VALUES ('${id}', '${id}', ${line}, 'bank:RUB', '${side}', ${amount}, 'RUB')`;

    await assert.rejects(pool.query(entry), /out of balance/);
    await assert.rejects(pool.query(posting(1, 'debit', 1)), /without entry/);
    await assert.rejects(
      pool.query([entry, posting(1, 'debit', 2), posting(2, 'credit', 1)].join(';')),
      /out of balance/,
    );
    await pool.query([entry, posting(1, 'debit', 2), posting(2, 'credit', 2)].join(';'));
    await assert.rejects(pool.query(posting(3, 'credit', 1)), /out of balance/);
  });
});

const postgresWorld = (pool: pg.Pool): World => ({
  system: new OwnLedger(new PostgresBooks(pool), clock, randomness),
  ...booksLook(pool),
});
