import assert from 'node:assert/strict';
import pg from 'pg';
import { leadership } from '../../../src/adapters/postgres/gateway/leadership.ts';
import { waitFor } from '../../support/processes.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';

describe('Leadership', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase('leadership');
  });
  after(() => database.drop());

  it('is one process’s until it ends, then the next one’s', async () => {
    const [first, second] = [leadership(database.url), leadership(database.url)];

    assert.equal(await first.isOurs(), true);
    assert.equal(await second.isOurs(), false);
    assert.equal(await first.isOurs(), true);
    await first.end();
    await waitFor('the second to lead', () => second.isOurs());
    await second.end();
  });

  it('is asked for over one connection, however many parts of a process ask at once', async () => {
    const first = leadership(database.url);

    assert.deepEqual(await Promise.all([1, 2, 3].map(() => first.isOurs())), [true, true, true]);
    assert.equal(await first.isOurs(), true);

    await first.end();
    const second = leadership(database.url);
    await waitFor('the second to lead', () => second.isOurs());
    await second.end();
  });

  it('is lost with the connection, and can be had again', async () => {
    const [first, second] = [leadership(database.url), leadership(database.url)];
    assert.equal(await first.isOurs(), true);
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_locks
        WHERE locktype = 'advisory' AND pid <> pg_backend_pid()`,
    );
    await waitFor('the second to lead', () => second.isOurs());
    await waitFor('the first to know', async () => !(await first.isOurs().catch(() => true)));
    await Promise.all([first.end(), second.end(), client.end()]);
  });

  it('throws where the database is away', async () => {
    await assert.rejects(leadership('postgres://127.0.0.1:1/nothing').isOurs());
  });
});
