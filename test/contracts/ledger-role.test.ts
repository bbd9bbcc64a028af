import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { OwnLedger } from '../../src/adapters/accounting/own-ledger.ts';
import { booksMigrations } from '../../src/adapters/postgres/books/books-migrations.ts';
import { grantBooks } from '../../src/adapters/postgres/books/books-role.ts';
import { PostgresBooks } from '../../src/adapters/postgres/books/postgres-books.ts';
import { PostgresForeignLines } from '../../src/adapters/postgres/books/postgres-foreign-lines.ts';
import { PostgresLedger } from '../../src/adapters/postgres/books/postgres-ledger.ts';
import { PostgresLedgerReports } from '../../src/adapters/postgres/books/postgres-ledger-reports.ts';
import { PostgresLedgerSeals } from '../../src/adapters/postgres/books/postgres-ledger-seals.ts';
import { PostgresToleranceStore } from '../../src/adapters/postgres/books/postgres-tolerance-store.ts';
import { migrateDatabase } from '../../src/adapters/postgres/migrate-database.ts';
import { openCopyPool, openPool } from '../../src/adapters/postgres/pool.ts';
import { PostgresOutbox } from '../../src/adapters/postgres/postgres-outbox.ts';
import { checkLedger } from '../../src/application/accounting/check-ledger.ts';
import { postEvent } from '../../src/application/accounting/post-event.ts';
import { tolerateDifference } from '../../src/application/accounting/tolerate-difference.ts';
import { newHold } from '../../src/domain/ledger/hold.ts';
import { ofAccount } from '../../src/domain/ledger/chart-of-accounts.ts';
import { parseMonth } from '../../src/domain/ledger/period.ts';
import { day, later, type CalendarDay } from '../../src/domain/time.ts';
import { booksLook } from '../support/books-look.ts';
import { aCommand, anAccount, clock, randomness } from '../support/given-ledger.ts';
import { alpha, clearing, posted, rub, told } from '../support/ledger-teller.ts';
import {
  ledgerNow as now,
  postgresLedgerStage,
  type PostgresLedgerStage,
} from '../support/ledger-stage.ts';

describe('A role that keeps the books and owns nothing', function () {
  this.timeout(60_000);
  const role = `books_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  let owner: PostgresLedgerStage;
  let url: string;
  let pool: pg.Pool;
  before(async () => {
    owner = await postgresLedgerStage();
    await owner.pool.query(`CREATE ROLE ${role} LOGIN PASSWORD '${password}'`);
    await grantBooks(owner.url, role);
    const address = new URL(owner.url);
    address.username = role;
    address.password = password;
    url = address.href;
    pool = openPool(url, 5, 'test');
  });
  after(async () => {
    await pool.end();
    await owner.pool.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
    await owner.close();
  });

  it('does everything that accounting does', async () => {
    const ledger = new PostgresLedger(pool);
    const post = postEvent(ledger, clock, randomness);
    const number = await owner.addAccount('RUB');
    const account = anAccount(0n);
    await booksLook(owner.pool).add(account, 'ru');
    const system = new OwnLedger(new PostgresBooks(pool), clock, randomness);

    assert.equal(await system.recordPayment(aCommand(account)), 'posted');
    const amount = rub(5n);
    const expiresAt = later(now, day);
    const [debit, credit] = [clearing, ofAccount('receivable', number)];
    await ledger.open(newHold({ key: 'h', debit, credit, amount, expiresAt }), now);
    const capture = {
      ...alpha,
      type: 'payment-captured',
      paymentId: 'p',
      account: number,
    } as const;
    assert.deepEqual(await post({ ...capture, amount }, { hold: 'h' }), posted);
    const charge = { ...told, type: 'charge-raised', invoiceId: 'i', account: number } as const;
    assert.deepEqual(await post({ ...charge, amount }), posted);
    assert.ok((await ledger.closeAccount(number, 'sold', now)).ok);
    const rules = { dailyLimits: [], zone: 'Europe/Moscow' };
    const say = tolerateDifference(new PostgresToleranceStore(pool), post, rules, clock);
    const asked = { tag: 'ask', provider: 'alpha', amount, reason: 'fee', by: 'Anna' } as const;
    assert.ok((await say('c', asked)).ok);
    assert.ok((await say('c', { tag: 'agree', by: 'Boris' })).ok);
    assert.ok(
      (await ledger.closeMonth(parseMonth('2026-10')!, '2026-11-22' as CalendarDay, now)).ok,
    );
    assert.ok((await new PostgresLedgerSeals(pool).seal(now)) > 0);
    assert.equal(await ledger.expireHolds(now), 0);
    const outbox = new PostgresOutbox(pool);
    const [message, other] = await outbox.take(10, 1_000, later(now, day));
    assert.ok(message && other);
    await outbox.again(other.id, now);
    await outbox.done([message.id]);
    const copies = openCopyPool(url, 1, 'test');
    const { differences } = await checkLedger(new PostgresLedgerReports(copies))({
      begins: () => undefined,
      differs: (check, { place }) => assert.fail(`${check}: ${place}`),
    });
    await copies.end();
    assert.equal(differences, 0);
    const foreign = new PostgresForeignLines(pool);
    await foreign.moveMark('tryton', now);
    await foreign.moveMark('tryton', later(now, 1));
    await foreign.leaveOut('tryton', [{ id: '1', why: 'nobodys' }]);
    const toBe = aCommand(account);
    await new PostgresBooks(pool).intend(toBe, account.id, 'k');
    await new PostgresBooks(pool).refuse(toBe);
    assert.deepEqual(await migrateDatabase(url, booksMigrations), []);
  });

  it('may change, take away or empty nothing of what was posted, sealed or billed', async () => {
    for (const table of [
      'entry',
      'posting',
      'ledger_seal',
      'bill',
      'operation',
      'period_balance',
    ]) {
      const { rows } = await pool.query<{ name: string }>(
        'SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1 LIMIT 1',
        [table],
      );
      const name = rows[0]?.name ?? '';
      for (const statement of [
        `UPDATE ${table} SET ${name} = ${name}`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table}`,
      ]) {
        await assert.rejects(pool.query(statement), /permission denied/, statement);
      }
    }
  });

  it('may not touch the guards, nor any column beside those that change', async () => {
    for (const statement of [
      'ALTER TABLE entry DISABLE TRIGGER entry_append_only',
      'DROP TRIGGER hold_resolved_once ON hold',
      'SET session_replication_role = replica',
      'UPDATE hold SET amount = 1',
      'UPDATE tolerance SET amount = 1',
      "UPDATE account SET number = 'x'",
      'DELETE FROM hold',
      'DELETE FROM closed_ledger_account',
      "INSERT INTO migration (name) VALUES ('x')",
      'CREATE TABLE more (id integer)',
    ]) {
      await assert.rejects(pool.query(statement), /permission denied|must be owner/, statement);
    }
  });

  it('must be there, and be somebody who can be held back', async () => {
    await assert.rejects(grantBooks(owner.url, `no_${randomUUID()}`), /there is no role no_/);
    const mine = new URL(owner.url).username;
    await assert.rejects(grantBooks(owner.url, mine), /owns the books or is a superuser/);
  });
});
