import assert from 'node:assert/strict';
import type pg from 'pg';
import type { Limiter } from '../../src/application/ports/limiter.ts';
import { Outage } from '../../src/application/ports/outage.ts';
import { MemoryLimiter } from '../../src/adapters/memory/memory-limiter.ts';
import { openPool } from '../../src/adapters/postgres/pool.ts';
import {
  limiterTable,
  PostgresLimiter,
} from '../../src/adapters/postgres/portal/postgres-limiter.ts';
import { usualLimits } from '../../src/adapters/system/usual-limits.ts';
import { testDatabase, type TestDatabase } from '../support/postgres.ts';

const short = { ...usualLimits, 'receipt-check-address': { tries: 2, windowMs: 1_000 } };

function keepsThePromises(given: (limits: typeof usualLimits) => Limiter): void {
  for (const [name, { tries, windowMs }] of Object.entries(usualLimits)) {
    it(`allows ${tries} tries for ${name} and says when to come again`, async () => {
      const limiter = given(usualLimits);
      const limit = name as keyof typeof usualLimits;

      const allowed = [];
      for (let n = 0; n < tries; n += 1) allowed.push(await limiter.spend(limit, 'a'));
      const next = await limiter.spend(limit, 'a');

      assert.ok(allowed.every((answer) => answer.allowed));
      assert.ok(!next.allowed && next.retryAfterMs > 0 && next.retryAfterMs <= windowMs);
    });
  }

  it('counts exactly under parallel calls', async () => {
    const limiter = given(usualLimits);

    const answers = await Promise.all(
      Array.from({ length: 60 }, () => limiter.spend('sign-in-login', 'parallel')),
    );

    assert.equal(answers.filter(({ allowed }) => allowed).length, 10);
  });

  it('counts each key and each limit apart, however long the key', async () => {
    const limiter = given(short);
    const long = 'x'.repeat(10_000);

    for (let n = 0; n < 3; n += 1) await limiter.spend('receipt-check-address', long);

    assert.equal((await limiter.spend('receipt-check-address', long)).allowed, false);
    assert.equal((await limiter.spend('receipt-check-address', `${long}y`)).allowed, true);
    assert.equal((await limiter.spend('sms-login', long)).allowed, true);
  });

  it('begins anew when the window is over, however often it was refused', async () => {
    const limiter = given(short);
    for (let n = 0; n < 5; n += 1) await limiter.spend('receipt-check-address', 'b');

    const refused = await limiter.spend('receipt-check-address', 'b');
    await new Promise((resolve) => setTimeout(resolve, 1_100));

    assert.equal(refused.allowed, false);
    assert.equal((await limiter.spend('receipt-check-address', 'b')).allowed, true);
  });
}

describe('the limiter in memory', () => {
  keepsThePromises((limits) => new MemoryLimiter(limits));
});

describe('the limiter on PostgreSQL', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let pool: pg.Pool;
  before(async () => {
    database = await testDatabase('limiter');
    pool = openPool(database.url, 4, 'test');
    await pool.query(limiterTable);
  });
  beforeEach(() => pool.query('TRUNCATE limiter'));
  after(async () => {
    await pool.end();
    await database.drop();
  });

  keepsThePromises((limits) => new PostgresLimiter(pool, limits));

  it('goes on counting in another process', async () => {
    for (let n = 0; n < 6; n += 1)
      await new PostgresLimiter(pool, usualLimits).spend('sms-login', 'c');

    const other = await new PostgresLimiter(pool, usualLimits).spend('sms-login', 'c');

    assert.equal(other.allowed, false);
  });

  it('keeps no login or address in the table', async () => {
    await new PostgresLimiter(pool, usualLimits).spend('sign-in-login', '7000001');

    const { rows } = await pool.query<{ key: string }>('SELECT key FROM limiter');
    assert.doesNotMatch(JSON.stringify(rows), /7000001/);
  });

  it('throws Outage when it cannot count, and so lets nobody through', async () => {
    const gone = openPool('postgres://nobody@127.0.0.1:1/none', 1, 'test');

    await assert.rejects(new PostgresLimiter(gone, usualLimits).spend('sms-login', 'd'), Outage);
    await gone.end();
  });
});
