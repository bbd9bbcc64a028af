import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { MemoryRealIds } from '../../src/adapters/memory/memory-real-ids.ts';
import { booksMigrations } from '../../src/adapters/postgres/books/books-migrations.ts';
import { PostgresRealIds } from '../../src/adapters/postgres/books/postgres-real-ids.ts';
import { migrateDatabase } from '../../src/adapters/postgres/migrate-database.ts';
import { openPool } from '../../src/adapters/postgres/pool.ts';
import { Outage } from '../../src/application/ports/outage.ts';
import type { RealIds } from '../../src/application/ports/real-ids.ts';
import { testDatabase, type TestDatabase } from '../support/postgres.ts';

const [customer, account] = [randomUUID(), randomUUID()];

const idsContract = (given: () => RealIds): void => {
  it('knows customers and accounts from ids that nobody has, in their order', async () => {
    const [nobody, noAccount] = [randomUUID(), randomUUID()];

    assert.deepEqual(await given().among([nobody, account, noAccount, customer]), [
      account,
      customer,
    ]);
    assert.deepEqual(await given().among([nobody]), []);
    assert.deepEqual(await given().among([]), []);
  });
};

describe('Real ids in memory', () => {
  idsContract(() => new MemoryRealIds([customer, account]));
});

describe('Real ids of the books', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let pool: pg.Pool;
  before(async () => {
    database = await testDatabase('books', async (url) => {
      await migrateDatabase(url, booksMigrations);
    });
    pool = openPool(database.url, 2, 'test');
    await pool.query(
      `INSERT INTO customer VALUES ($1, 'C-1', 'Anna', '+79990000001', NULL, 'ru', 1)`,
      [customer],
    );
    await pool.query(`INSERT INTO account VALUES ($1, $2, 'A-1', 'RUB', '', '2024-02-29', 0, 1)`, [
      customer,
      account,
    ]);
  });
  after(async () => {
    await pool.end();
    await database.drop();
  });
  idsContract(() => new PostgresRealIds(pool));

  it('say that they do not know where the books are down, never that nobody is meant', async () => {
    const gone = openPool('postgres://127.0.0.1:1/none', 1, 'test');

    await assert.rejects(new PostgresRealIds(gone).among([account]), Outage);
    await gone.end();
  });
});
