import assert from 'node:assert/strict';
import type pg from 'pg';
import { MemoryBooks } from '../../src/adapters/memory/memory-books.ts';
import { booksMigrations } from '../../src/adapters/postgres/books/books-migrations.ts';
import { PostgresBooks } from '../../src/adapters/postgres/books/postgres-books.ts';
import { PostgresForeignLines } from '../../src/adapters/postgres/books/postgres-foreign-lines.ts';
import { migrateDatabase } from '../../src/adapters/postgres/migrate-database.ts';
import { openPool } from '../../src/adapters/postgres/pool.ts';
import { paymentEntryKey, postPayment } from '../../src/application/accounting/payment-posting.ts';
import type { PaymentCommand } from '../../src/application/ports/accounting-system.ts';
import type { Books, BooksAccount } from '../../src/application/ports/books.ts';
import type { ForeignLine, ForeignLineStore } from '../../src/application/ports/foreign-lines.ts';
import { instant } from '../../src/domain/time.ts';
import { booksLook } from '../support/books-look.ts';
import { aLine } from '../support/given-foreign-lines.ts';
import { aCommand, anAccount, ledgerNow, randomness } from '../support/given-ledger.ts';
import { testDatabase, type TestDatabase } from '../support/postgres.ts';

interface World {
  readonly books: Books;
  readonly store: ForeignLineStore;
  add(account: BooksAccount): Promise<void>;
  close(account: BooksAccount): Promise<void>;
}

const contract = (world: () => World): void => {
  const given = async (): Promise<BooksAccount> => {
    const account: BooksAccount = { account: anAccount(), locale: 'ru', isClosed: false };
    await world().add(account);
    return account;
  };
  const placed = async (line: ForeignLine) =>
    (await world().store.place('tryton', [line])).get(line.id);
  const posting = (command: PaymentCommand, proof?: { provider: string; ref: string }) =>
    world().books.post(command, command.payment.accountId, (found) => {
      const moment = { entryId: randomness.id(), messageId: randomness.id(), now: ledgerNow };
      const made = postPayment(command, found, moment);
      return { ...made, entry: { ...made.entry, ...(proof !== undefined && { proof }) } };
    });

  it('keeps a mark that never goes back, for each system its own', async () => {
    const { store } = world();
    assert.equal(await store.mark('tryton'), undefined);
    await store.leaveOut('tryton', [], instant(5_000));
    await store.moveMark('tryton', instant(7_001));
    await store.moveMark('tryton', instant(6_000));

    assert.equal(await store.mark('tryton'), 7_001);
    assert.equal(await store.mark('1c'), undefined);
  });

  it('finds whose account a line is on, and that it is closed', async () => {
    const open = await given();
    const { id, customerId, number } = open.account;
    const line = aLine({ account: number });
    const expected = {
      tag: 'of',
      customerId,
      accountId: id,
      currency: 'RUB',
      isClosed: false,
    } as const;
    assert.deepEqual(await placed(line), expected);

    await world().close(open);
    assert.deepEqual(await placed(line), { ...expected, isClosed: true });
    assert.deepEqual(await placed(aLine({ account: 'none' })), { tag: 'nobodys' });
  });

  it('answers for many lines at once, each by its id', async () => {
    const { account } = await given();
    const { store } = world();
    await store.leaveOut('tryton', [{ id: '3', why: 'before' }]);
    const lines = [
      aLine({ id: '2', account: account.number }),
      aLine({ id: '3', account: account.number }),
      aLine({ id: '1', account: 'none' }),
    ];

    const places = await store.place('tryton', lines);

    assert.deepEqual(
      lines.map(({ id }) => places.get(id)?.tag),
      ['of', 'known', 'nobodys'],
    );
    assert.deepEqual((await store.place('1c', [lines[1]!])).get('3')?.tag, 'of');
    assert.equal((await store.place('tryton', [])).size, 0);
  });

  it('knows a line that was posted, and one that was left out twice', async () => {
    const { account } = await given();
    const line = aLine({ id: '77', account: account.number });
    const command = { ...aCommand(account), source: 'tryton', idempotencyKey: 'line:77' };
    await posting(command);
    const { store } = world();
    await store.leaveOut('tryton', [{ id: '78', why: 'unfit' }]);
    await store.leaveOut('tryton', [{ id: '78', why: 'nobodys' }]);

    assert.deepEqual(await placed(line), { tag: 'known' });
    assert.deepEqual(await placed(aLine({ id: '78' })), { tag: 'known' });
  });

  it('waits for a command that is under way, and tells our move from a copy of it', async () => {
    const { account } = await given();
    const command = aCommand(account);
    const key = paymentEntryKey(command);
    const line = aLine({ key, move: '5', account: account.number });
    assert.equal((await placed(line))?.tag, 'of');

    await world().books.intend(command, account.id, key);
    assert.deepEqual(await placed(line), { tag: 'pending' });
    assert.equal((await placed({ ...line, key: undefined }))?.tag, 'of');

    await posting(command, { provider: 'tryton', ref: 'move:5' });
    assert.deepEqual(await placed(line), { tag: 'ours' });
    assert.equal((await placed({ ...line, move: '6' }))?.tag, 'of');
    assert.equal((await placed({ ...line, key: undefined }))?.tag, 'of');
  });

  it('takes every move of an entry that names none for ours', async () => {
    const { account } = await given();
    const command = aCommand(account);
    await posting(command);

    const line = aLine({ key: paymentEntryKey(command), account: account.number });
    assert.deepEqual(await placed(line), { tag: 'ours' });
  });

  it('waits no more for a command that was refused, which it stays', async () => {
    const { account } = await given();
    const command = aCommand(account);
    const key = paymentEntryKey(command);
    const { books } = world();
    await books.intend(command, account.id, key);
    await books.refuse(command);

    assert.equal((await placed(aLine({ key, account: account.number })))?.tag, 'of');
    assert.equal((await books.intend(command, account.id, key)).outcome, 'conflict');
    assert.equal(await posting(command), 'conflict');
  });

  it('refuses nothing that was posted', async () => {
    const { account } = await given();
    const command = aCommand(account);
    await posting(command);
    await world().books.refuse(command);

    assert.equal(await posting(command), 'repeated');
    const { outcome } = await world().books.intend(command, account.id, paymentEntryKey(command));
    assert.equal(outcome, 'repeated');
  });
};

describe('ForeignLineStore in memory', () => {
  let world: World;
  beforeEach(() => {
    const books = new MemoryBooks();
    world = {
      ...{ books, store: books },
      add: async (account) => {
        books.add(account);
      },
      close: async (account) => {
        books.add({ ...account, isClosed: true });
      },
    };
  });
  contract(() => world);
});

describe('ForeignLineStore on PostgreSQL', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let world: World;
  beforeEach(async () => {
    database = await testDatabase('books', async (url) => {
      await migrateDatabase(url, booksMigrations);
    });
    pool = openPool(database.url, 4, 'test');
    world = {
      books: new PostgresBooks(pool),
      store: new PostgresForeignLines(pool),
      add: ({ account, locale }) => booksLook(pool).add(account, locale),
      close: async ({ account }) => {
        const statement = 'INSERT INTO closed_ledger_account VALUES ($1, now())';
        await pool.query(statement, [`receivable:${account.number}`]);
      },
    };
  });
  afterEach(async () => {
    await pool.end();
    await database.drop();
  });
  contract(() => world);
});
