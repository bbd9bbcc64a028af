import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { booksMigrations } from '../../../src/adapters/postgres/books/books-migrations.ts';
import { migrateDatabase } from '../../../src/adapters/postgres/migrate-database.ts';
import { canariesOptions } from '../../../src/main/commands/canaries-options.ts';
import { runScript, type Ended } from '../../support/run-command.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';

describe('npm run canaries', function () {
  this.timeout(60_000);
  let folder: string;
  let database: TestDatabase;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kabinet-canaries-'));
    database = await testDatabase('books', async (url) => {
      await migrateDatabase(url, booksMigrations);
    });
  });
  after(async () => {
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  const run = (...args: string[]): Promise<Ended> => {
    const places = { KABINET_DATA: folder, BOOKS_DATABASE_URL: database.url };
    return runScript('src/main/commands/canaries.ts', args, places, folder);
  };

  it('makes one up or takes one, lists them with their notes, and takes them off', async () => {
    const made = await run('add', '--note', 'in the CRM');
    assert.equal(made.code, 0, made.err);
    const [, id = ''] = /^([0-9a-f-]{36})$/m.exec(made.out) ?? [];
    const own = randomUUID();
    assert.equal((await run('add', own.toUpperCase())).code, 0);

    const { out } = await run('list');
    assert.match(out, new RegExp(`^${id} {2}in the CRM$\\n^${own}$`, 'm'));
    assert.match(out, /kept in .*canaries\.json/);
    assert.match((await run('add', own)).err, /is a canary already/);
    assert.equal((await run('remove', id)).code, 0);
    const kept = JSON.parse(readFileSync(join(folder, 'canaries.json'), 'utf8')) as unknown;
    assert.deepEqual(kept, { [own]: '' });
    const gone = await run('remove', id);
    assert.equal(gone.code, 1);
    assert.match(gone.err, /is no canary; list shows them/);
  });

  it('refuses a customer and an account that the books have', async () => {
    const [customer, account] = [randomUUID(), randomUUID()];
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(
      `INSERT INTO customer VALUES ($1, 'C-1', 'Anna', '+79990000001', NULL, 'ru', 1)`,
      [customer],
    );
    await client.query(
      `INSERT INTO account VALUES ($1, $2, 'A-1', 'RUB', '', '2024-02-29', 0, 1)`,
      [customer, account],
    );
    await client.end();

    for (const id of [customer, account]) {
      const { code, err } = await run('add', id);
      assert.equal(code, 1);
      assert.match(err, /means a real customer or account/);
    }
    assert.doesNotMatch((await run('list')).out, new RegExp(`${customer}|${account}`));
    assert.match((await run('add', '7000001')).err, /7000001 is no account id/);
  });

  it('says what it takes, and refuses what it cannot mean', async () => {
    assert.match((await run('--help')).out, /^Usage: npm run canaries/);
    for (const args of [
      [],
      ['show'],
      ['list', 'x'],
      ['remove'],
      ['remove', 'x', '--note', 'y'],
      ['add', 'x', 'y'],
      ['add', '--note', 'x'.repeat(201)],
      ['add', '--contract', '7'],
    ]) {
      assert.throws(() => canariesOptions(args), Error, args.join(' '));
    }
  });
});
