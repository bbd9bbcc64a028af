import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { OwnLedger } from '../../src/adapters/accounting/own-ledger.ts';
import { PostgresBooks } from '../../src/adapters/postgres/books/postgres-books.ts';
import type {
  AccountChanged,
  CustomerChanged,
} from '../../src/application/ports/inside-messages.ts';
import type { CustomerId } from '../../src/domain/ids.ts';
import {
  companyWorld,
  filesOf,
  importedAt,
  smallCompany,
  type CompanyWorld,
} from '../support/given-company.ts';

type Told =
  | { type: 'ledger.customer-changed'; data: CustomerChanged }
  | { type: 'ledger.account-changed'; data: AccountChanged };

describe('Loading a company into the books', () => {
  let world: CompanyWorld;
  beforeEach(async () => {
    world = await companyWorld();
  });
  afterEach(() => world.close());

  const told = async (): Promise<Told[]> => {
    const { rows } = await world.pool.query<{ body: string }>(
      'SELECT body FROM outbox ORDER BY created_at, id',
    );
    return rows.map(({ body }) => JSON.parse(body));
  };
  const accountsTold = async () =>
    (await told()).flatMap((one) => (one.type === 'ledger.account-changed' ? [one.data] : []));

  it('posts every operation and tells of customers, then of accounts', async () => {
    const report = await world.load(filesOf(smallCompany));

    assert.deepEqual(world.rejected, []);
    assert.deepEqual(report, {
      read: { customers: 2, accounts: 3, operations: 4 },
      rejected: 0,
      loaded: { customers: 2, accounts: 3, operations: 4, messages: 5 },
    });
    const messages = await told();
    assert.deepEqual(
      messages.map(({ type }) => type.slice(7)),
      [
        'customer-changed',
        'customer-changed',
        'account-changed',
        'account-changed',
        'account-changed',
      ],
    );
    const customers = messages.flatMap((one) =>
      one.type === 'ledger.customer-changed' ? [one.data] : [],
    );
    const anna = customers.find(({ contract }) => contract === 'C1');
    assert.deepEqual(anna, {
      customerId: anna?.customerId,
      contract: 'C1',
      name: 'Анна "Аня" Петрова',
      phone: '+79990000001',
      email: 'anna@example.org',
      locale: 'ru',
      version: 1,
    });
    const smith = customers.find(({ contract }) => contract === 'C2');
    assert.equal(smith?.name, 'Smith, Jones\nand Co');
    assert.ok(!('email' in smith));
  });

  it('tells of an account exactly what its history reads back', async () => {
    await world.load(filesOf(smallCompany));

    const flat = (await accountsTold()).find(({ number }) => number === 'A1')!;
    const [first, second] = flat.operations;
    assert.deepEqual(flat, {
      customerId: flat.customerId,
      accountId: flat.accountId,
      number: 'A1',
      title: 'Квартира',
      balance: { minor: '-23450', currency: 'RUB' },
      openedOn: '2024-02-29',
      asOf: '2026-11-22T10:00:00.500Z',
      version: 1,
      operations: [
        {
          id: first!.id,
          postedAt: '2026-01-01T06:00:00.000Z',
          kind: 'charge',
          amount: { minor: '-123450', currency: 'RUB' },
          description: 'Вода, холодная',
          counterparty: 'ООО «Ромашка»',
        },
        {
          id: second!.id,
          postedAt: '2026-01-02T06:00:00.125Z',
          kind: 'payment',
          amount: { minor: '100000', currency: 'RUB' },
          description: 'Оплата "по счёту"',
        },
      ],
    });
    const ledger = new OwnLedger(
      new PostgresBooks(world.pool),
      { now: () => importedAt },
      { id: () => randomUUID(), digits: () => '', token: () => '', bytes: () => new Uint8Array() },
    );
    for (const account of await accountsTold()) {
      const read = await ledger.readAccount(account.accountId, account.customerId as CustomerId);
      assert.deepEqual(read, { ...account, operations: account.operations.toReversed() });
    }
  });

  it('keeps special characters as they were written', async () => {
    await world.load(filesOf(smallCompany));

    const yen = (await accountsTold()).find(({ number }) => number === 'A2')!;
    assert.equal(yen.title, 'Yen\t\\N');
    assert.equal(yen.operations[0]?.description, 'two\nlines\\');
    assert.equal(yen.balance.minor, '7');
  });

  it('writes balanced double entries, contra accounts by kind', async () => {
    await world.load(filesOf(smallCompany));

    const { rows } = await world.pool.query<{ text: string }>(`
      SELECT e.key || ' ' || p.side || ' ' || p.ledger_account || ' ' || p.amount AS text
      FROM entry e JOIN posting p ON p.customer_id = e.customer_id AND p.entry_id = e.id
      ORDER BY e.key, p.side`);
    assert.deepEqual(
      rows.map(({ text }) => text),
      [
        'operation:O1 credit income:RUB 123450',
        'operation:O1 debit receivable:A1 123450',
        'operation:O2 credit receivable:A1 100000',
        'operation:O2 debit bank:RUB 100000',
        'operation:O3 credit prepayment:A2 7',
        'operation:O3 debit differences:JPY 7',
        'operation:O4 credit income:KWD 1',
        'operation:O4 debit receivable:A3 1',
      ],
    );
  });

  it('changes nothing when it is repeated', async () => {
    await world.load(filesOf(smallCompany));
    const before = await world.content();

    const again = await world.load(filesOf(smallCompany));

    assert.deepEqual(again.loaded, { customers: 0, accounts: 0, operations: 0, messages: 0 });
    assert.deepEqual(world.rejected, []);
    assert.equal(await world.content(), before);
  });

  it('adds only what is new, and tells of the new balance', async () => {
    await world.load(filesOf(smallCompany));
    const next = ['O5', 'A1', '2026-02-01T06:00:00Z', 'payment', '234.50', 'Rest', ''];

    const report = await world.load(filesOf({ operations: [...smallCompany.operations, next] }));

    assert.deepEqual(report.loaded, { customers: 0, accounts: 0, operations: 1, messages: 1 });
    const last = (await accountsTold()).find(({ version }) => version === 2)!;
    assert.equal(last.balance.minor, '0');
    assert.deepEqual(
      last.operations.map(({ description }) => description),
      ['Rest'],
    );
  });

  it('cuts a long history into messages of at most 150 operations, versions rising', async () => {
    const operations = Array.from({ length: 301 }, (_, n) => [
      `L${n}`,
      'A1',
      new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString(),
      'charge',
      '-0.01',
      `line ${n}`,
      '',
    ]);

    await world.load(filesOf({ ...smallCompany, operations }));

    const parts = (await accountsTold()).filter(({ number }) => number === 'A1');
    assert.deepEqual(
      parts.map(({ version, operations: part, balance }) => [version, part.length, balance.minor]),
      [
        [1, 150, '-301'],
        [2, 150, '-301'],
        [3, 1, '-301'],
      ],
    );
    const texts = parts.flatMap((part) => part.operations.map(({ description }) => description));
    assert.deepEqual(
      texts,
      operations.map((cells) => cells[5]),
    );
  });
});
