import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { OwnLedger } from '../../src/adapters/accounting/own-ledger.ts';
import { MemoryAccountingSystem } from '../../src/adapters/memory/memory-accounting-system.ts';
import { booksMigrations } from '../../src/adapters/postgres/books/books-migrations.ts';
import { PostgresBooks } from '../../src/adapters/postgres/books/postgres-books.ts';
import { migrateDatabase } from '../../src/adapters/postgres/migrate-database.ts';
import { openPool } from '../../src/adapters/postgres/pool.ts';
import type { PaymentCommand } from '../../src/application/ports/accounting-system.ts';
import type { Account } from '../../src/domain/account.ts';
import type { CustomerId } from '../../src/domain/ids.ts';
import type { Locale } from '../../src/domain/locale.ts';
import { testDatabase, type TestDatabase } from '../support/postgres.ts';
import {
  aCommand,
  anAccount,
  clock,
  randomness,
  type LedgerLine,
  type LedgerWorld as World,
} from '../support/given-ledger.ts';
const contract = (world: () => World) => {
  const given = async (locale: Locale = 'ru', balanceMinor?: bigint) => {
    const account = anAccount(balanceMinor);
    await world().add(account, locale);
    return account;
  };

  it('posts one balanced entry and tells of it in one event', async () => {
    const account = await given();
    const command = aCommand(account);

    assert.equal(await world().system.recordPayment(command), 'posted');

    const { paymentId } = command.payment;
    const key = `capture:stripe:${paymentId}`;
    assert.deepEqual(await world().ledger(), [
      { key, account: 'clearing:stripe:RUB', side: 'debit', minor: 100_000n },
      { key, account: `receivable:${account.number}`, side: 'credit', minor: 100_000n },
    ]);
    const [event, ...more] = await world().events();
    assert.deepEqual(more, []);
    assert.equal(event?.type, 'ledger.account-changed');
    assert.deepEqual(event.data, {
      customerId: account.customerId,
      accountId: account.id,
      number: account.number,
      title: 'Квартира',
      balance: { minor: '-23450', currency: 'RUB' },
      openedOn: '2024-02-29',
      asOf: '2026-11-22T10:00:00.123Z',
      version: 8,
      operations: [
        {
          id: event.data.operations[0]?.id,
          postedAt: '2026-11-22T10:00:00.123Z',
          kind: 'payment',
          amount: { minor: '100000', currency: 'RUB' },
          description: 'Оплата банковской картой',
          paymentId,
        },
      ],
    });
    const read = await world().system.readAccount(account.id, account.customerId);
    assert.deepEqual(read, event.data);
  });

  it('writes to the customer in the customer’s language', async () => {
    const account = await given('en');

    await world().system.recordPayment(aCommand(account));

    const read = await world().system.readAccount(account.id, account.customerId);
    assert.equal(read?.operations[0]?.description, 'Payment by bank card');
  });

  it('has one effect of twenty identical commands at once', async () => {
    const account = await given();
    const command = aCommand(account);

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => world().system.recordPayment(command)),
    );

    assert.equal(answers.filter((answer) => answer === 'posted').length, 1);
    assert.equal(answers.filter((answer) => answer === 'repeated').length, 19);
    assert.equal((await world().ledger()).length, 2);
    assert.equal((await world().events()).length, 1);
  });

  it('has one effect of one capture that comes under different keys', async () => {
    const account = await given();
    const command = aCommand(account);
    await world().system.recordPayment(command);

    const answers = await Promise.all(
      ['b', 'c', 'd'].map((idempotencyKey) =>
        world().system.recordPayment({ ...command, idempotencyKey }),
      ),
    );

    assert.deepEqual(answers, ['repeated', 'repeated', 'repeated']);
    assert.equal((await world().ledger()).length, 2);
  });

  it('counts every one of many different payments of an account at once', async () => {
    const account = await given('ru', 0n);

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => world().system.recordPayment(aCommand(account))),
    );

    assert.ok(answers.every((answer) => answer === 'posted'));
    const read = await world().system.readAccount(account.id, account.customerId);
    assert.equal(read?.balance.minor, '2000000');
    assert.equal(read.version, 27);
    assert.equal(read.operations.length, 20);
    const versions = (await world().events()).map((event) => event.data.version);
    assert.deepEqual(new Set(versions).size, 20);
  });

  it('refuses the same key with other content, each time, and posts nothing', async () => {
    const account = await given();
    const command = aCommand(account);
    await world().system.recordPayment(command);
    const other = { ...command, requestHash: 'other' };

    assert.equal(await world().system.recordPayment(other), 'conflict');
    assert.equal(await world().system.recordPayment(other), 'conflict');
    const stranger = { ...command, customerId: randomUUID() as CustomerId };
    assert.equal(await world().system.recordPayment(stranger), 'conflict');

    assert.equal((await world().ledger()).length, 2);
  });

  it('refuses one capture told with another sum, each time', async () => {
    const account = await given();
    const command = aCommand(account);
    await world().system.recordPayment(command);
    const amount = { minor: '1', currency: 'RUB' };
    const other = { ...command, idempotencyKey: 'x', payment: { ...command.payment, amount } };

    assert.equal(await world().system.recordPayment(other), 'conflict');
    assert.equal(await world().system.recordPayment(other), 'conflict');

    assert.equal((await world().ledger()).length, 2);
  });

  const strange: Readonly<Record<string, (account: Account) => Partial<PaymentCommand>>> = {
    'an account nobody has': (account) => ({
      payment: { ...aCommand(account).payment, accountId: randomUUID() },
    }),
    'an account that is no id': (account) => ({
      payment: { ...aCommand(account).payment, accountId: 'none' },
    }),
    'an account of somebody else': () => ({ customerId: randomUUID() as CustomerId }),
    'an account in another currency': (account) => ({
      payment: { ...aCommand(account).payment, amount: { minor: '5', currency: 'EUR' } },
    }),
  };
  for (const [title, change] of Object.entries(strange)) {
    it(`keeps money for ${title} in suspense and tells nobody`, async () => {
      const account = await given();

      assert.equal(
        await world().system.recordPayment(aCommand(account, change(account))),
        'posted',
      );

      const [debit, credit] = await world().ledger();
      assert.match(debit!.account, /^clearing:stripe:/);
      assert.match(credit!.account, /^suspense:stripe:/);
      assert.equal(debit!.minor, credit!.minor);
      assert.deepEqual(await world().events(), []);
      const read = await world().system.readAccount(account.id, account.customerId);
      assert.equal(read?.balance.minor, '-123450');
    });
  }

  it('answers nothing of another customer', async () => {
    const account = await given();

    const stranger = randomUUID() as CustomerId;
    assert.equal(await world().system.readAccount(account.id, stranger), undefined);
    assert.equal(await world().system.readAccount('none', account.customerId), undefined);
  });
};

describe('AccountingSystem in memory', () => {
  let world: World;
  beforeEach(() => {
    const system = new MemoryAccountingSystem(clock, randomness);
    world = {
      system,
      add: async (account, locale) => {
        system.add({ account, locale, isClosed: false });
      },
      ledger: async () =>
        [...system.entries.values()].flatMap(({ key, postings }) =>
          postings.map(({ account, side, amount }) => ({
            key,
            account,
            side,
            minor: amount.minor,
          })),
        ),
      events: async () => system.messages.map(({ body }) => JSON.parse(body)),
    };
  });
  contract(() => world);
});

describe('AccountingSystem: our own ledger on PostgreSQL', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let world: World;
  beforeEach(async () => {
    database = await testDatabase('books', async (url) => {
      await migrateDatabase(url, booksMigrations);
    });
    pool = openPool(database.url, 10, 'test');
    world = postgresWorld(pool);
  });
  afterEach(async () => {
    const { rows } = await pool.query<{ sum: string }>(`SELECT
      coalesce(sum(CASE side WHEN 'debit' THEN amount ELSE -amount END), 0)::text AS sum
      FROM posting`);
    await pool.end();
    await database.drop();
    assert.equal(rows[0]?.sum, '0', 'the ledger is out of balance');
  });
  contract(() => world);

  it('lets nobody change or delete what was posted', async () => {
    const account = anAccount();
    await world.add(account, 'ru');
    await world.system.recordPayment(aCommand(account));

    for (const statement of [
      'UPDATE posting SET amount = 1',
      'DELETE FROM entry',
      'TRUNCATE entry',
    ]) {
      await assert.rejects(pool.query(statement), /append-only/);
    }
  });

  it('commits no entry that is out of balance, has one side only, or is none', async () => {
    const id = randomUUID();
    const entry = `INSERT INTO entry VALUES ('${id}', '${id}', 'k', 'x', now(), now(), '')`;
    const posting = (line: number, side: string, amount: number) =>
      `INSERT INTO posting VALUES ('${id}', '${id}', ${line}, 'bank:RUB', '${side}', ${amount}, 'RUB')`;

    await assert.rejects(pool.query(entry), /out of balance/);
    await assert.rejects(pool.query(posting(1, 'debit', 1)), /without entry/);
    await assert.rejects(
      pool.query([entry, posting(1, 'debit', 2), posting(2, 'credit', 1)].join(';')),
      /out of balance/,
    );
    await pool.query([entry, posting(1, 'debit', 2), posting(2, 'credit', 2)].join(';'));
    await assert.rejects(pool.query(posting(3, 'credit', 1)), /out of balance/);
  });
});

const postgresWorld = (pool: pg.Pool): World => ({
  system: new OwnLedger(new PostgresBooks(pool), clock, randomness),
  add: async (account, locale) => {
    await pool.query(`INSERT INTO customer VALUES ($1, $2, 'Anna', '+79990000001', NULL, $3, 1)`, [
      account.customerId,
      account.number,
      locale,
    ]);
    await pool.query('INSERT INTO account VALUES ($1, $2, $3, $4, $5, $6, $7, $8)', [
      account.customerId,
      account.id,
      account.number,
      account.balance.currency,
      account.title,
      account.openedOn,
      account.balance.minor,
      account.version,
    ]);
  },
  ledger: async () => {
    const { rows } = await pool.query<LedgerLine>(`SELECT e.key, p.ledger_account AS account,
        p.side, p.amount AS minor
      FROM entry e JOIN posting p ON p.customer_id = e.customer_id AND p.entry_id = e.id
      ORDER BY e.key, p.line`);
    return rows;
  },
  events: async () => {
    const { rows } = await pool.query<{ body: string }>(
      'SELECT body FROM outbox ORDER BY created_at, id',
    );
    return rows.map(({ body }) => JSON.parse(body));
  },
});
