import assert from 'node:assert/strict';
import { sessionLock } from '../../../src/adapters/postgres/session-lock.ts';
import { Outage } from '../../../src/application/ports/outage.ts';
import { waitFor } from '../../support/processes.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';

describe('A lock of one process, by a session of PostgreSQL', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase('lock');
  });
  after(() => database.drop());

  it('is one process’s until it ends, then the next one’s', async () => {
    const [first, second] = [
      sessionLock(database.url, 'posting-turn'),
      sessionLock(database.url, 'posting-turn'),
    ];

    assert.equal(await first.isOurs(), true);
    assert.equal(await second.isOurs(), false);
    assert.deepEqual(await Promise.all([1, 2, 3].map(() => first.isOurs())), [true, true, true]);
    await first.end();
    await waitFor('the turn of the second', () => second.isOurs());
    await second.end();
  });

  it('is never two’s, however many ask and lose their connections', async () => {
    const turns = Array.from({ length: 5 }, () => sessionLock(database.url, 'posting-turn'));
    const had = new Set<number>();
    for (let round = 0; round < 40; round += 1) {
      const answers = await Promise.all(turns.map((turn) => turn.isOurs().catch(() => false)));
      const holders = answers.flatMap((isOurs, n) => (isOurs ? [n] : []));
      assert.ok(holders.length <= 1, `${holders.join(' and ')} at once`);
      for (const holder of holders) had.add(holder);
      await database.cutLockHolders();
    }
    assert.ok(had.size > 1, 'nobody followed anybody');
    await Promise.all(turns.map((turn) => turn.end()));
  });

  it('is over for who lost the connection, before another has it', async () => {
    const [first, second] = [
      sessionLock(database.url, 'posting-turn'),
      sessionLock(database.url, 'posting-turn'),
    ];
    assert.equal(await first.isOurs(), true);
    await database.cutLockHolders();
    await waitFor('the turn of the second', () => second.isOurs());

    assert.equal(await first.isOurs().catch(() => false), false);
    await Promise.all([first.end(), second.end()]);
  });

  it('is nobody’s to tell where the database is away', async () => {
    const away = sessionLock('postgres://127.0.0.1:1/nothing', 'posting-turn');
    await assert.rejects(away.isOurs(), Outage);
    await assert.rejects(away.isOurs(), Outage);
    await away.end();
  });

  it('is asked for over one connection, however many parts of a process ask at once', async () => {
    const first = sessionLock(database.url, 'telling-people');

    assert.deepEqual(await Promise.all([1, 2, 3].map(() => first.isOurs())), [true, true, true]);
    assert.equal(await first.isOurs(), true);

    await first.end();
    const second = sessionLock(database.url, 'telling-people');
    await waitFor('the second to lead', () => second.isOurs());
    await second.end();
  });

  it('is lost with the connection, and can be had again', async () => {
    const [first, second] = [
      sessionLock(database.url, 'telling-people'),
      sessionLock(database.url, 'telling-people'),
    ];
    assert.equal(await first.isOurs(), true);
    await database.cutLockHolders();
    await waitFor('the second to lead', () => second.isOurs());
    await waitFor('the first to know', async () => !(await first.isOurs().catch(() => true)));
    await Promise.all([first.end(), second.end()]);
  });

  it('is had for one thing by one and for another by another', async () => {
    const [posts, tells] = [
      sessionLock(database.url, 'posting-turn'),
      sessionLock(database.url, 'telling-people'),
    ];
    assert.deepEqual([await posts.isOurs(), await tells.isOurs()], [true, true]);
    await Promise.all([posts.end(), tells.end()]);
  });
});
