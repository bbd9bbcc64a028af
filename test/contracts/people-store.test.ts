import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { MemoryPeopleStore } from '../../src/adapters/memory/memory-people-store.ts';
import { gatewayMigrations } from '../../src/adapters/postgres/gateway/gateway-migrations.ts';
import { postgresWatcherStore } from '../../src/adapters/postgres/gateway/postgres-watcher-store.ts';
import { migrateDatabase } from '../../src/adapters/postgres/migrate-database.ts';
import { openPool } from '../../src/adapters/postgres/pool.ts';
import type { PeopleStore } from '../../src/application/ports/people-store.ts';
import { type DeskPerson, openDeskSession } from '../../src/domain/desk-session.ts';
import type { StaffId } from '../../src/domain/ids.ts';
import type { Watcher, WatcherId } from '../../src/domain/protection/watcher.ts';
import type { Staff } from '../../src/domain/staff.ts';
import { later, minute } from '../../src/domain/time.ts';
import { morning } from '../support/any-incident.ts';
import { onEveryStore } from '../support/portal-stores.ts';
import { testDatabase, type TestDatabase } from '../support/postgres.ts';

/** `named` makes somebody of the desk whose login nobody else has. */
const peopleContract = <Person extends DeskPerson<string>>(
  given: () => PeopleStore<Person>,
  named: (login: string) => Person,
): void => {
  const people = async (store: PeopleStore<Person>) => {
    const [igor, anna] = [named('igor'), named('anna')];
    for (const one of [igor, anna]) assert.equal(await store.add(credential(one)), 'added');
    return { igor, anna };
  };
  const credential = (person: Person) => ({
    person,
    passwordHash: 'hash',
    sealedSecret: 'sealed',
  });
  const session = (of: Person, at = morning) => openDeskSession(randomUUID(), of.id, at);

  it('keeps people with what they sign in with, in the order of their logins', async () => {
    const store = given();
    const { igor, anna } = await people(store);

    assert.deepEqual(await store.findCredential(igor.login), credential(igor));
    assert.equal(await store.findCredential('nobody'), undefined);
    const ours = (await store.list()).filter(({ id }) => id === igor.id || id === anna.id);
    assert.deepEqual(ours, [anna, igor]);
  });

  it('gives a login to one person for ever, also after they left', async () => {
    const store = given();
    const { igor } = await people(store);
    const other = { ...igor, id: randomUUID() };

    assert.equal(await store.add(credential(other)), 'login-taken');
    await store.disable(igor.login);
    assert.equal(await store.add(credential(other)), 'login-taken');
  });

  it('opens one session by the step of a code, also under parallel calls', async () => {
    const store = given();
    const { igor, anna } = await people(store);
    const many = Array.from({ length: 5 }, () => session(igor));

    const opened = await Promise.all(many.map((one) => store.openSession(one, 7)));

    assert.equal(opened.filter(Boolean).length, 1);
    assert.equal(await store.openSession(session(igor), 7), false);
    assert.equal(await store.openSession(session(igor), 6), false);
    assert.equal(await store.openSession(session(igor), 8), true);
    assert.equal(await store.openSession(session(anna), 7), true);
    const refusedOne = many[opened.indexOf(false)]!;
    assert.equal(await store.findSession(refusedOne.tokenHash), undefined);
  });

  it('finds a session with whose it is, remembers when they were last there, and ends it', async () => {
    const store = given();
    const { igor } = await people(store);
    const one = session(igor);
    await store.openSession(one, 1);

    await store.touchSession(one.tokenHash, later(morning, minute));

    assert.deepEqual(await store.findSession(one.tokenHash), {
      session: { ...one, lastSeenAt: later(morning, minute) },
      person: igor,
    });
    await store.endSession(one.tokenHash);
    assert.equal(await store.findSession(one.tokenHash), undefined);
  });

  it('leaves whoever is disabled no session and no way to sign in, yet their name', async () => {
    const store = given();
    const { igor, anna } = await people(store);
    const [one, another] = [session(igor), session(anna)];
    await store.openSession(one, 1);
    await store.openSession(another, 1);

    assert.equal(await store.disable(igor.login), true);

    assert.equal(await store.findSession(one.tokenHash), undefined);
    assert.equal(await store.findCredential(igor.login), undefined);
    assert.equal(await store.openSession(session(igor), 2), false);
    assert.ok(await store.findSession(another.tokenHash));
    const listed = (await store.list()).find(({ id }) => id === igor.id);
    assert.deepEqual(listed, { ...igor, isActive: false });
    assert.equal(await store.disable('nobody'), false);
  });

  it('forgets only sessions nobody was seen in since a moment', async () => {
    const store = given();
    const { igor } = await people(store);
    const [old, fresh] = [session(igor), session(igor, later(morning, minute))];
    await store.openSession(old, 1);
    await store.openSession(fresh, 2);

    await store.forgetSessionsBefore(later(morning, minute));

    assert.equal(await store.findSession(old.tokenHash), undefined);
    assert.ok(await store.findSession(fresh.tokenHash));
  });
};

const person = (login: string) => ({
  ...{ login: `${login}-${randomUUID().slice(0, 8)}`, name: login, isActive: true },
});
const watcher = (login: string): Watcher => ({
  ...person(login),
  id: randomUUID() as WatcherId,
});
const staff = (login: string): Staff => ({
  ...person(login),
  id: randomUUID() as StaffId,
  roles: ['cashier', 'approver'],
});

describe('The store of who watches the gateway, in memory', () => {
  peopleContract(() => new MemoryPeopleStore<Watcher>(), watcher);
});

describe('The store of who watches the gateway, on PostgreSQL', function () {
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
  peopleContract(() => postgresWatcherStore(pool), watcher);
});

onEveryStore('the staff store', (stores) => {
  peopleContract(() => stores().staff, staff);
});
