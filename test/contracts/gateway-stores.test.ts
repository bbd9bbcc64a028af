import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { MemoryCommandInbox } from '../../src/adapters/memory/memory-command-inbox.ts';
import { MemoryOwnershipStore } from '../../src/adapters/memory/memory-ownership-store.ts';
import { gatewayMigrations } from '../../src/adapters/postgres/gateway/gateway-migrations.ts';
import { PostgresCommandInbox } from '../../src/adapters/postgres/gateway/postgres-command-inbox.ts';
import { PostgresOwnershipStore } from '../../src/adapters/postgres/gateway/postgres-ownership-store.ts';
import { migrateDatabase } from '../../src/adapters/postgres/migrate-database.ts';
import { openPool } from '../../src/adapters/postgres/pool.ts';
import type { CommandInbox } from '../../src/application/ports/command-inbox.ts';
import type { OwnershipStore } from '../../src/application/ports/ownership-store.ts';
import type { AccountId, CustomerId } from '../../src/domain/ids.ts';
import { instant } from '../../src/domain/time.ts';
import { testDatabase, type TestDatabase } from '../support/postgres.ts';

const now = instant(Date.parse('2026-11-22T10:00:00.123Z'));
const ownershipContract = (given: () => OwnershipStore): void => {
  it('knows the owner it was told last, in whatever order it was told', async () => {
    const store = given();
    const accountId = randomUUID() as AccountId;
    const [first, second] = [randomUUID() as CustomerId, randomUUID() as CustomerId];

    assert.equal(await store.ownerOf(accountId, first), undefined);
    await store.learn({ accountId, customerId: second, version: 2 });
    await store.learn({ accountId, customerId: first, version: 1 });
    await store.learn({ accountId, customerId: first, version: 2 });
    assert.equal(await store.ownerOf(accountId, first), second);
    await store.learn({ accountId, customerId: first, version: 3 });

    assert.equal(await store.ownerOf(accountId, first), first);
  });
};

const inboxContract = (given: () => CommandInbox): void => {
  it('tells exactly one of many at once that a command is new', async () => {
    const inbox = given();
    const entry = { source: 'portal', idempotencyKey: randomUUID(), requestHash: 'hash' };

    const answers = await Promise.all(Array.from({ length: 20 }, () => inbox.take(entry, now)));

    assert.equal(answers.filter((answer) => answer === 'new').length, 1);
    assert.equal(answers.filter((answer) => answer === 'repeated').length, 19);
  });

  it('calls other content under a used key a conflict, and goes on to', async () => {
    const inbox = given();
    const entry = { source: 'portal', idempotencyKey: randomUUID(), requestHash: 'hash' };
    await inbox.take(entry, now);

    assert.equal(await inbox.take({ ...entry, requestHash: 'other' }, now), 'conflict');
    assert.equal(await inbox.take({ ...entry, requestHash: 'other' }, now), 'conflict');
    assert.equal(await inbox.take(entry, now), 'repeated');
    assert.equal(await inbox.take({ ...entry, source: 'another' }, now), 'new');
  });

  it('forgets only what came before a moment', async () => {
    const inbox = given();
    const entry = { source: randomUUID(), idempotencyKey: 'old', requestHash: 'hash' };
    await inbox.take(entry, instant(1_000));
    await inbox.take({ ...entry, idempotencyKey: 'new' }, instant(2_000));

    assert.equal(await inbox.forgetBefore(instant(2_000)), 1);
    assert.equal(await inbox.take({ ...entry, idempotencyKey: 'new' }, now), 'repeated');
    assert.equal(await inbox.take(entry, now), 'new');
  });
};

describe('The gateway’s stores in memory', () => {
  ownershipContract(() => new MemoryOwnershipStore());
  inboxContract(() => new MemoryCommandInbox());
});

describe('The gateway’s stores on PostgreSQL', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let pool: pg.Pool;
  before(async () => {
    database = await testDatabase('gateway', async (url) => {
      await migrateDatabase(url, gatewayMigrations);
    });
    pool = openPool(database.url, 5, 'test');
  });
  after(async () => {
    await pool.end();
    await database.drop();
  });

  ownershipContract(() => new PostgresOwnershipStore(pool));
  inboxContract(() => new PostgresCommandInbox(pool));

  it('throws an outage when the database is away', async () => {
    const away = openPool('postgres://nobody@127.0.0.1:1/gateway', 1, 'test');

    await assert.rejects(new PostgresOwnershipStore(away).ownerOf(randomUUID() as AccountId), {
      name: 'Outage',
    });
    await away.end();
  });

  it('passes the database’s own refusals on as they are', async () => {
    await assert.rejects(new PostgresOwnershipStore(pool).ownerOf('no id' as AccountId), {
      code: '22P02',
    });
  });
});
