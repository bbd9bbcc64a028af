import assert from 'node:assert/strict';
import pg from 'pg';
import {
  ensureDatabase,
  migrateDatabase,
} from '../../../src/adapters/postgres/migrate-database.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';

const first = { name: '1-first', up: 'CREATE TABLE a (id int); CREATE TABLE b (id int);' };
const second = { name: '2-second', up: 'ALTER TABLE a ADD name text' };

describe('Migrating a database', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await testDatabase('migrate');
  });
  afterEach(() => database.drop());

  it('applies what is missing, in order, once', async () => {
    assert.deepEqual(await migrateDatabase(database.url, [first]), ['1-first']);
    assert.deepEqual(await migrateDatabase(database.url, [first, second]), ['2-second']);
    assert.deepEqual(await migrateDatabase(database.url, [first, second]), []);
  });

  it('is done by one of several programs that start at once', async () => {
    const pool = new pg.Pool({ connectionString: database.url });

    const applied = await Promise.all(
      Array.from({ length: 8 }, () => migrateDatabase(pool, [first, second])),
    );
    await pool.end();

    assert.deepEqual(applied.flat(), ['1-first', '2-second']);
  });

  it('names the migration that fails, keeps those before it and nothing of it', async () => {
    const broken = { name: '2-broken', up: 'CREATE TABLE c (id int); SELECT nonsense' };

    await assert.rejects(migrateDatabase(database.url, [first, broken]), /2-broken failed: column/);

    assert.deepEqual(
      await migrateDatabase(database.url, [first, { name: '2-c', up: 'CREATE TABLE c (id int)' }]),
      ['2-c'],
    );
  });

  it('makes a database that is not there, also when several ask at once', async () => {
    const url = new URL(database.url);
    url.pathname += '_"new"';

    await Promise.all(Array.from({ length: 4 }, () => ensureDatabase(url.href)));
    await ensureDatabase(url.href);
    assert.deepEqual(await migrateDatabase(url.href, [first]), ['1-first']);

    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const name = decodeURIComponent(url.pathname.slice(1));
    await client.query(`DROP DATABASE ${pg.escapeIdentifier(name)} WITH (FORCE)`);
    await client.end();
  });

  it('says where it cannot go, without the password', async () => {
    const url = 'postgres://me:secret@127.0.0.1:1/x';
    for (const ask of [ensureDatabase, (to: string) => migrateDatabase(to, [])]) {
      await assert.rejects(ask(url), (error: Error) => {
        assert.match(error.message, /^cannot open the database at 127\.0\.0\.1:1\/x: /);
        assert.ok(!error.message.includes('secret'));
        return true;
      });
    }
  });
});
