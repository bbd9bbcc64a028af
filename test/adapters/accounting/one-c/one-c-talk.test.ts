import assert from 'node:assert/strict';
import {
  OneCChanged,
  OneCRefusal,
  rowsPerPage,
  troubleOf,
} from '../../../../src/adapters/accounting/one-c/one-c-talk.ts';
import { oneCReader } from '../../../../src/adapters/accounting/one-c/one-c-reader.ts';
import { Outage, TooBusy } from '../../../../src/application/ports/outage.ts';
import { instant } from '../../../../src/domain/time.ts';
import { aRef, givenOneC, type OneCDouble } from '../../../support/given-one-c.ts';

describe('Talking to a double of 1C', () => {
  let oneC: OneCDouble;
  beforeEach(async () => {
    oneC = await givenOneC();
  });
  afterEach(() => {
    oneC.close();
  });

  it('reads every page once, and what has no order in one answer', async () => {
    const many = Array.from({ length: 2 * rowsPerPage + 1 }, (_, n) => ({ Code: String(n) }));
    oneC.base.publish('Catalog_Контрагенты', many);

    for (const question of [{ orderby: 'Ref_Key asc' }, {}]) {
      const rows = await oneC.talk.rows('Catalog_Контрагенты', { ...question, select: ['Code'] });
      assert.deepEqual(
        new Set(rows.map((row) => row['Code'])),
        new Set(many.map(({ Code }) => Code)),
      );
      assert.deepEqual(Object.keys(rows[0]!), ['Code']);
    }
    assert.equal(oneC.calls.length, 4);
  });

  it('is let in by name and password in UTF-8, and says when it is not', async () => {
    assert.equal((await oneC.talk.rows('Catalog_Валюты', {})).length, 2);
    const stranger = await givenOneC('another');
    await assert.rejects(stranger.talk.rows('Catalog_Валюты', {}), /does not let this user/);
    stranger.close();
  });

  it('tells outages from refusals', () => {
    const said = (value: string) =>
      JSON.stringify({ 'odata.error': { code: '0', message: { lang: 'ru', value } } });
    const kinds = [
      [401, '', Outage],
      [403, '', Outage],
      [404, said('Сущность не найдена'), Outage],
      [412, '', OneCChanged],
      [429, '', TooBusy],
      [503, '', TooBusy],
      [500, 'Internal Server Error', Outage],
      [502, said('x'), Outage],
      [400, said('Ошибка разбора'), OneCRefusal],
      [500, said('Не заполнено поле "Контрагент"'), OneCRefusal],
      [500, said('Конфликт блокировок при выполнении транзакции'), TooBusy],
    ] as const;
    for (const [status, body, kind] of kinds) {
      assert.ok(troubleOf(status, body, 'X') instanceof kind, `${String(status)} ${body}`);
    }
  });

  it('does not believe what is no JSON, or no rows', async () => {
    for (const body of [{ nothing: 1 }, { value: [1] }, 'text']) {
      oneC.next('Catalog_Валюты', { status: 200, body });
      await assert.rejects(oneC.talk.rows('Catalog_Валюты', {}), Outage);
    }
    oneC.next('Catalog_Валюты', { status: 200, body: undefined });
    await assert.rejects(oneC.talk.rows('Catalog_Валюты', {}), Outage);
    oneC.next('Catalog_Валюты', 'down');
    await assert.rejects(oneC.talk.rows('Catalog_Валюты', {}), /does not answer/);
  });

  const contract = aRef();
  const reading = () => {
    oneC.base.publish('Catalog_ДоговорыКонтрагентов', [
      { Ref_Key: contract, Номер: 'N-1', ВидДоговора: 'СПокупателем' },
      { Ref_Key: aRef(), Номер: '', ВидДоговора: 'СПокупателем' },
    ]);
    const accounts = oneC.base.sets.get('ChartOfAccounts_Хозрасчетный') ?? [];
    const refs = new Map(accounts.map((row) => [row['Code'], row['Ref_Key']]));
    const reader = oneCReader(oneC.talk, { zone: 'Europe/Moscow', currency: 'RUB' });
    return { refs, reader, at: instant(Date.parse('2026-01-31T20:59:59Z')) };
  };
  const register = 'AccountingRegister_Хозрасчетный';

  it('reads balances: prepayment less debt, of customers only, numbers or text', async () => {
    const { refs, reader, at } = reading();
    const row = (Account_Key: unknown, СуммаBalanceDr: unknown, СуммаBalanceCr: unknown) => ({
      ...{ Account_Key, ExtDimension1: aRef(), ExtDimension2: contract },
      ...{ СуммаBalanceDr, СуммаBalanceCr },
    });
    oneC.base.functions.set(`${register}/Balance`, [
      row(refs.get('62.01'), 1500.1, 0),
      row(refs.get('62.02'), '0', '400.00'),
      row(refs.get('57.03'), 7, 0),
      { ...row(refs.get('62.01'), 9, 0), ExtDimension2: aRef() },
    ]);

    const balances = await reader.balances(at);

    assert.deepEqual([...balances], [['N-1', { minor: -110_010n, currency: 'RUB' }]]);
    assert.ok(oneC.calls.at(-1)?.endsWith(`/Balance(Period=datetime'2026-01-31T23:59:59')`));
    oneC.base.functions.set(`${register}/Balance`, [row(refs.get('62.01'), '0.001', 0)]);
    await assert.rejects(reader.balances(at), /none of RUB/);
  });

  it('reads movements of one account, without those that move nothing for it', async () => {
    const { refs, reader, at } = reading();
    const movement = (line: string, Dr: unknown, Cr: unknown) => ({
      ...{ Recorder: 'r', LineNumber: line, Period: '2026-01-30T10:00:00', Active: true },
      ...{ AccountDr_Key: refs.get(Dr), ExtDimensionDr2: contract },
      ...{ AccountCr_Key: refs.get(Cr), ExtDimensionCr2: contract },
      ...{ Сумма: 10.5, Содержание: 'Оплата' },
    });
    oneC.base.functions.set(`${register}/RecordsWithExtDimensions`, [
      movement('1', '57.03', '62.01'),
      movement('2', '62.01', '57.03'),
      movement('3', '62.02', '62.01'),
      { ...movement('4', '57.03', '62.01'), Active: false },
      { ...movement('5', '57.03', '62.01'), ExtDimensionCr2: aRef() },
    ]);

    const found = await reader.movements('N-1', instant(at - 86_400_000), at);

    assert.deepEqual(
      found.map(({ line, day, amount, text }) => [line, day, amount.minor, text]),
      [
        ['1', '2026-01-30', 1_050n, 'Оплата'],
        ['2', '2026-01-30', -1_050n, 'Оплата'],
      ],
    );
  });
});
