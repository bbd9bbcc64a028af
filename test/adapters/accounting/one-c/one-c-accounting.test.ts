import assert from 'node:assert/strict';
import type pg from 'pg';
import { oneCAccounting } from '../../../../src/adapters/accounting/one-c/one-c-accounting.ts';
import { OneCRefusal } from '../../../../src/adapters/accounting/one-c/one-c-talk.ts';
import { refOf } from '../../../../src/adapters/accounting/one-c/one-c-wire.ts';
import { booksMigrations } from '../../../../src/adapters/postgres/books/books-migrations.ts';
import { PostgresBooks } from '../../../../src/adapters/postgres/books/postgres-books.ts';
import { migrateDatabase } from '../../../../src/adapters/postgres/migrate-database.ts';
import { openPool } from '../../../../src/adapters/postgres/pool.ts';
import type { PaymentCommand } from '../../../../src/application/ports/accounting-system.ts';
import { Outage, TooBusy } from '../../../../src/application/ports/outage.ts';
import { accountingSystemContract } from '../../../contracts/accounting-system-contract.ts';
import { booksLook } from '../../../support/books-look.ts';
import {
  aCommand,
  anAccount,
  clock,
  randomness,
  type LedgerWorld,
} from '../../../support/given-ledger.ts';
import {
  cardDocuments,
  givenOneC,
  taxNumber,
  type OneCDouble,
} from '../../../support/given-one-c.ts';
import { testDatabase, type TestDatabase } from '../../../support/postgres.ts';

describe('AccountingSystem: 1C over a double of its REST interface', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let oneC: OneCDouble;
  let world: LedgerWorld;

  beforeEach(async () => {
    database = await testDatabase('books', async (url) => {
      await migrateDatabase(url, booksMigrations);
    });
    pool = openPool(database.url, 10, 'test');
    oneC = await givenOneC();
    world = { ...booksLook(pool), system: system(), ledger: oneC.ledger };
  });
  afterEach(async () => {
    oneC.close();
    await pool.end();
    await database.drop();
  });

  const system = (mayPost = async (): Promise<void> => undefined) =>
    oneCAccounting(oneC.talk, taxNumber, {
      ...{ books: new PostgresBooks(pool), clock, randomness, mayPost },
      zone: 'Europe/Moscow',
    });
  const given = async () => {
    const account = anAccount();
    await world.add(account, 'ru');
    return aCommand(account);
  };
  const refFor = ({ payment }: PaymentCommand) => refOf(`capture:stripe:${payment.paymentId}`);
  const documents = () => oneC.base.sets.get(cardDocuments) ?? [];

  accountingSystemContract(() => world);

  it('writes a document with its accounts, contract, sum and key, at the infobase’s own time', async () => {
    const command = await given();
    await world.system.recordPayment(command);

    const [document, ...more] = documents();
    assert.deepEqual(more, []);
    const {
      Date: date,
      Комментарий,
      ВидОперации,
      Posted,
      Ref_Key,
    } = document as {
      [field: string]: unknown;
    };
    assert.deepEqual(
      { date, Комментарий, ВидОперации, Posted, Ref_Key },
      {
        date: '2026-11-22T12:59:58',
        Комментарий: `capture:stripe:${command.payment.paymentId}`,
        ВидОперации: 'ОплатаПокупателя',
        Posted: true,
        Ref_Key: refFor(command),
      },
    );
    const codeOf = (ref: unknown) =>
      oneC.base.sets.get('ChartOfAccounts_Хозрасчетный')?.find((row) => row['Ref_Key'] === ref)?.[
        'Code'
      ];
    const [line] = document!['РасшифровкаПлатежа'] as Record<string, unknown>[];
    assert.equal(codeOf(document!['СчетКасса_Key']), '57.03');
    assert.equal(codeOf(line!['СчетУчетаРасчетовСКонтрагентом_Key']), '62.01');
    assert.equal(codeOf(line!['СчетУчетаРасчетовПоАвансам_Key']), '62.02');
    const { rows } = await pool.query('SELECT provider, provider_ref AS ref FROM entry');
    assert.deepEqual(rows, [{ provider: '1c', ref: `document:${refFor(command)}` }]);
  });

  /** Every call that changes something, cut off before it arrives or when its answer is lost. */
  const changing = [
    ...['Catalog_Контрагенты', 'Catalog_ДоговорыКонтрагентов', 'Catalog_ВидыОплатОрганизаций'],
    ...[cardDocuments, '/Post'],
  ];
  for (const part of changing) {
    for (const trouble of ['down', 'lost'] as const) {
      it(`posts once when POST ${part} is ${trouble}, and it is told again`, async () => {
        const command = await given();
        oneC.next(part === '/Post' ? part : `POST /odata/standard.odata/${part}`, trouble);
        await assert.rejects(world.system.recordPayment(command), Outage);
        assert.deepEqual(await world.events(), []);

        assert.equal(await system().recordPayment(command), 'posted');

        assert.equal(documents().length, 1);
        assert.equal((await world.ledger()).length, 2);
        assert.equal((await world.events()).length, 1);
        assert.equal(oneC.base.sets.get('Catalog_ДоговорыКонтрагентов')?.length, 1);
        assert.equal(oneC.base.sets.get('Catalog_Контрагенты')?.length, 1);
      });
    }
  }

  it('writes nothing twice: what it finds is not written again', async () => {
    const command = await given();
    oneC.next(`POST /odata/standard.odata/${cardDocuments}`, 'lost');
    await assert.rejects(world.system.recordPayment(command), Outage);
    await world.system.recordPayment(command);
    const another = { ...command, idempotencyKey: 'told under another key' };

    assert.equal(await system().recordPayment(another), 'repeated');

    const written = oneC.calls.filter((call) => call.startsWith('POST'));
    assert.equal(new Set(written).size, written.length, written.join('\n'));
  });

  it('posts once when two processes are told at the same moment', async () => {
    const command = await given();

    const answers = await Promise.allSettled([
      system().recordPayment(command),
      system().recordPayment(command),
    ]);

    const again = await system().recordPayment(command);
    assert.ok(['posted', 'repeated'].includes(again));
    assert.equal(documents().length, 1);
    assert.equal((await world.events()).length, 1);
    assert.ok(answers.some(({ status }) => status === 'fulfilled'));
  });

  it('changes nothing there when another process has the turn', async () => {
    const command = await given();
    const waiting = system(async () => {
      throw new TooBusy('another process has the turn', 1);
    });

    await assert.rejects(waiting.recordPayment(command), TooBusy);

    assert.deepEqual(
      oneC.calls.filter((call) => call.startsWith('POST')),
      [],
    );
  });

  it('looks again when somebody changed the document before it was posted', async () => {
    const command = await given();
    oneC.next('/Post', 'down');
    await assert.rejects(world.system.recordPayment(command), Outage);
    const changed = { status: 412, body: undefined };
    oneC.next('/Post', changed);

    assert.equal(await world.system.recordPayment(command), 'posted');

    const posts = oneC.calls.filter((call) => call.endsWith('/Post'));
    assert.equal(posts.length, 3);
  });

  it('leaves a document that somebody changed or struck out, until people have decided', async () => {
    for (const change of [{ СуммаДокумента: 1 }, { DeletionMark: true }]) {
      const command = await given();
      oneC.next('/Post', 'down');
      await assert.rejects(world.system.recordPayment(command), Outage);
      const before = documents().find((row) => row['Ref_Key'] === refFor(command));
      oneC.base.change(cardDocuments, refFor(command), change);
      assert.equal(await world.system.recordPayment(command), 'conflict');
      oneC.base.change(cardDocuments, refFor(command), { ...before });

      assert.equal(await world.system.recordPayment(command), 'posted');
    }
  });

  it('throws what 1C’s own rules refuse, and posts when they do not any more', async () => {
    const command = await given();
    oneC.base.rule = 'Период закрыт для изменений';
    await assert.rejects(world.system.recordPayment(command), (error: unknown) => {
      assert.ok(error instanceof OneCRefusal);
      assert.match(error.message, /Период закрыт/);
      return true;
    });
    oneC.base.rule = undefined;

    assert.equal(await world.system.recordPayment(command), 'posted');
    assert.equal(documents().length, 1);
  });

  it('uses the contract that people made, and not one that was struck out', async () => {
    const command = await given();
    const { rows } = await pool.query<{ number: string }>('SELECT number FROM account');
    const owner = '11111111-1111-4111-8111-111111111111';
    const contract = { Номер: rows[0]!.number, Owner_Key: owner };
    oneC.base.publish('Catalog_ДоговорыКонтрагентов', [
      { ...contract, Ref_Key: '00000000-0000-4000-8000-000000000001', DeletionMark: true },
      { ...contract, Ref_Key: '00000000-0000-4000-8000-000000000002' },
    ]);

    await world.system.recordPayment(command);

    const [document] = documents();
    const [line] = document!['РасшифровкаПлатежа'] as Record<string, unknown>[];
    assert.equal(line!['ДоговорКонтрагента_Key'], '00000000-0000-4000-8000-000000000002');
    assert.equal(document!['Контрагент_Key'], owner);
    assert.equal(oneC.base.sets.get('Catalog_Контрагенты')?.length, 0);
  });

  it('posts a refund and its coming back, and nothing where only a fee came back', async () => {
    const command = await given();
    const { paymentId, amount, accountId } = command.payment;
    await world.system.recordPayment(command);
    const tell = (kind: 'debit' | 'reversal', sum: typeof amount, refundId: string) => {
      const facts = { refundId, paymentId, accountId, provider: 'stripe', kind } as const;
      const refund = { ...facts, amount: sum, returned: amount, at: '2026-11-22T09:59:59.000Z' };
      const { source, requestHash, customerId } = command;
      const key = { source, requestHash, customerId, idempotencyKey: `${refundId} ${kind}` };
      return world.system.recordRefund({ ...key, refund });
    };

    assert.equal(await tell('debit', amount, 'r-1'), 'posted');
    assert.equal(await tell('reversal', amount, 'r-1'), 'posted');
    assert.equal(await tell('debit', { minor: '0', currency: 'RUB' }, 'r-2'), 'posted');

    assert.deepEqual(
      documents().map((row) => row['ВидОперации']),
      ['ОплатаПокупателя', 'ВозвратПокупателю', 'ОплатаПокупателя'],
    );
  });

  it('says what is missing: the organisation, or a set that is not published', async () => {
    const command = await given();
    oneC.base.publish('Catalog_Организации');
    await assert.rejects(
      world.system.recordPayment(command),
      /no Catalog_Организации whose ИНН is 77/,
    );
    oneC.base.publish('Catalog_Организации', [{ ИНН: taxNumber }]);
    oneC.base.sets.delete(cardDocuments);
    await assert.rejects(world.system.recordPayment(command), /does not publish .*tick it/);
    oneC.base.publish(cardDocuments);

    assert.equal(await world.system.recordPayment(command), 'posted');
  });
});
