import assert from 'node:assert/strict';
import pg from 'pg';
import { postgresTurn } from '../../../src/adapters/postgres/books/postgres-turn.ts';
import { Outage } from '../../../src/application/ports/outage.ts';
import { waitFor } from '../../support/processes.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';

describe('PostingTurn on PostgreSQL', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase('turn');
  });
  after(() => database.drop());

  it('is one process’s until it ends, then the next one’s', async () => {
    const [first, second] = [postgresTurn(database.url), postgresTurn(database.url)];

    assert.equal(await first.isOurs(), true);
    assert.equal(await second.isOurs(), false);
    assert.deepEqual(await Promise.all([1, 2, 3].map(() => first.isOurs())), [true, true, true]);
    await first.end();
    await waitFor('the turn of the second', () => second.isOurs());
    await second.end();
  });

  it('is never two’s, however many ask and lose their connections', async () => {
    const turns = Array.from({ length: 5 }, () => postgresTurn(database.url));
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const had = new Set<number>();
    for (let round = 0; round < 40; round += 1) {
      const answers = await Promise.all(turns.map((turn) => turn.isOurs().catch(() => false)));
      const holders = answers.flatMap((isOurs, n) => (isOurs ? [n] : []));
      assert.ok(holders.length <= 1, `${holders.join(' and ')} at once`);
      for (const holder of holders) had.add(holder);
      await client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_locks
          WHERE locktype = 'advisory' AND pid <> pg_backend_pid()`,
      );
    }
    assert.ok(had.size > 1, 'nobody followed anybody');
    await Promise.all([...turns.map((turn) => turn.end()), client.end()]);
  });

  it('is over for who lost the connection, before another has it', async () => {
    const [first, second] = [postgresTurn(database.url), postgresTurn(database.url)];
    assert.equal(await first.isOurs(), true);
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_locks
        WHERE locktype = 'advisory' AND pid <> pg_backend_pid()`,
    );
    await waitFor('the turn of the second', () => second.isOurs());

    assert.equal(await first.isOurs().catch(() => false), false);
    await Promise.all([first.end(), second.end(), client.end()]);
  });

  it('is nobody’s to tell where the database is away', async () => {
    const away = postgresTurn('postgres://127.0.0.1:1/nothing');
    await assert.rejects(away.isOurs(), Outage);
    await assert.rejects(away.isOurs(), Outage);
    await away.end();
  });
});
