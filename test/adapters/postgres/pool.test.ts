import assert from 'node:assert/strict';
import type pg from 'pg';
import { inTransaction, openPool, together } from '../../../src/adapters/postgres/pool.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';

describe('A transaction whose statements are sent together', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let pool: pg.Pool;
  before(async () => {
    database = await testDatabase('pool');
    pool = openPool(database.url, 1, 'test');
    await pool.query('CREATE TABLE kept (n integer PRIMARY KEY)');
  });
  beforeEach(() => pool.query('TRUNCATE kept'));
  after(async () => {
    await pool.end();
    await database.drop();
  });
  const keep = (client: pg.ClientBase, n: number) =>
    client.query('INSERT INTO kept VALUES ($1)', [n]);
  const kept = async () => (await pool.query<{ n: number }>('SELECT n FROM kept')).rows;
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  it('gives each its own answer, in the order in which they were asked for', async () => {
    const answers = await inTransaction(pool, (client) =>
      together(keep(client, 1), client.query('SELECT n FROM kept'), 'as it is'),
    );
    assert.deepEqual([answers[1].rows, answers[2]], [[{ n: 1 }], 'as it is']);
  });

  it('leaves nothing when one of them fails, not even what the others do after that', async () => {
    const late = async (client: pg.ClientBase) => {
      await keep(client, 1);
      await wait(50);
      await keep(client, 2);
    };
    const work = inTransaction(pool, (client) =>
      together(late(client), client.query('SELECT 1 / 0')),
    );
    await assert.rejects(work, /current transaction is aborted|division by zero/);
    await wait(100);
    assert.deepEqual(await kept(), []);
    await inTransaction(pool, (client) => keep(client, 3));
    assert.deepEqual(await kept(), [{ n: 3 }]);
  });

  it('leaves nothing when the work itself fails', async () => {
    const work = inTransaction(pool, async (client) => {
      await keep(client, 1);
      throw new Error('no more');
    });
    await assert.rejects(work, /no more/);
    assert.deepEqual(await kept(), []);
  });
});
