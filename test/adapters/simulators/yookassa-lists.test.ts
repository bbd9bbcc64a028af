import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import { givenYookassa, roubles } from './yookassa-shop.ts';
import type { YookassaShop } from './yookassa-shop.ts';

type Fields = Record<string, unknown>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** When the shop opens: noon in Moscow. */
const opening = '2026-03-11T09:00:00.000Z';

describe('the lists of the simulated YooKassa', () => {
  let shop: YookassaShop;
  beforeEach(async () => {
    shop = await givenYookassa();
  });
  afterEach(() => shop.close());

  const started = async (paymentId: string, more: Fields = {}) =>
    shop.create({ metadata: { payment_id: paymentId }, ...more });
  const list = async (query: Record<string, string>, of = 'payments') => {
    const { status, json } = await shop.get(`/${of}?${new URLSearchParams(query).toString()}`);
    assert.equal(status, 200, JSON.stringify(json));
    assert.equal(json['type'], 'list');
    const items = json['items'] as Fields[];
    return { items, next: json['next_cursor'] as string | undefined };
  };
  const names = async (query: Record<string, string>) =>
    (await list(query)).items.map(({ metadata }) => (metadata as Fields)['payment_id']);

  it('show payments newest first, page after page, unmoved by what is made meanwhile', async () => {
    for (const id of ['p1', 'p2', 'p3', 'p4', 'p5']) await started(id);

    const first = await list({ limit: '2' });
    await started('p6');
    const second = await list({ limit: '2', cursor: first.next ?? '' });
    const third = await list({ limit: '2', cursor: second.next ?? '' });

    const ids = [first, second, third].map(({ items }) =>
      items.map(({ metadata }) => (metadata as Fields)['payment_id']),
    );
    assert.deepEqual(ids, [['p5', 'p4'], ['p3', 'p2'], ['p1']]);
    assert.equal(third.next, undefined);
    assert.deepEqual((await list({ limit: '6' })).next, undefined);
  });

  it('go on although what was filtered for has changed between two pages', async () => {
    for (const id of ['p1', 'p2', 'p3']) await started(id);
    const first = await list({ limit: '1', status: 'pending' });
    await shop.order({ outcome: 'pay' }, 'p3');
    assert.deepEqual(await names({ status: 'pending', cursor: first.next ?? '' }), ['p2', 'p1']);
  });

  it('show ten unless asked for more, and a hundred at most', async () => {
    for (let at = 0; at < 11; at += 1) await started(`p${at}`);
    assert.equal((await names({})).length, 10);
    assert.equal((await names({ limit: '100' })).length, 11);
  });

  it('filter by moments, either edge in or out', async () => {
    for (const id of ['p1', 'p2', 'p3']) {
      await started(id);
      await shop.timers.advance(MINUTE);
    }
    const at = (minute: number) => `2026-03-11T09:0${minute}:00.000Z`;

    assert.deepEqual(await names({ 'created_at.gte': at(1) }), ['p3', 'p2']);
    assert.deepEqual(await names({ 'created_at.gt': at(1) }), ['p3']);
    assert.deepEqual(await names({ 'created_at.lte': at(1) }), ['p2', 'p1']);
    assert.deepEqual(await names({ 'created_at.lt': at(1) }), ['p1']);
    assert.deepEqual(await names({ 'created_at.gte': at(1), 'created_at.lt': at(2) }), ['p2']);
    await shop.order({ outcome: 'pay' }, 'p1');
    assert.deepEqual(await names({ 'captured_at.gte': at(3), 'captured_at.lt': at(4) }), ['p1']);
    assert.deepEqual(await names({ 'captured_at.lt': at(3) }), []);
  });

  it('filter by state, method and what the shop sent along', async () => {
    for (const id of ['p1', 'p2', 'p3', 'p4']) {
      await started(id, id === 'p3' ? { payment_method_data: { type: 'yoo_money' } } : {});
    }
    await shop.order({ outcome: 'pay' }, 'p1');
    await shop.order({ outcome: 'decline' }, 'p2');

    assert.deepEqual(await names({ status: 'succeeded' }), ['p1']);
    assert.deepEqual(await names({ status: 'canceled' }), ['p2']);
    assert.deepEqual(await names({ status: 'pending' }), ['p4', 'p3']);
    assert.deepEqual(await names({ payment_method: 'bank_card' }), ['p1']);
    assert.deepEqual(await names({ payment_method: 'yoo_money' }), ['p3']);
    assert.deepEqual(await names({ 'metadata[payment_id]': 'p2' }), ['p2']);
  });

  it('show refunds by payment, state and moment', async () => {
    const [one, other] = [await started('p1'), await started('p2')];
    for (const id of ['p1', 'p2']) await shop.order({ outcome: 'pay' }, id);
    await shop.order({ outcome: 'refund', amountMinor: 100 }, 'p1');
    await shop.order({ outcome: 'refund-waits' }, 'p1');
    await shop.timers.advance(HOUR);
    await shop.order({ outcome: 'refund', amountMinor: 200 }, 'p1');
    await shop.order({ outcome: 'refund', amountMinor: 300 }, 'p2');
    const sums = async (query: Record<string, string>) =>
      (await list(query, 'refunds')).items.map(({ amount }) => (amount as Fields)['value']);

    assert.deepEqual(await sums({}), ['3.00', '2.00', '1.00']);
    assert.deepEqual(await sums({ payment_id: String(one['id']) }), ['2.00', '1.00']);
    assert.deepEqual(await sums({ payment_id: String(other['id']) }), ['3.00']);
    assert.deepEqual(await sums({ status: 'pending' }), ['2.00']);
    assert.deepEqual(await sums({ 'created_at.lte': opening }), ['1.00']);
    assert.deepEqual(await sums({ 'captured_at.gt': opening }), ['3.00']);
    const { next } = await list({ limit: '3' }, 'refunds');
    assert.equal(next, undefined);
    const page = await list({ limit: '1' }, 'refunds');
    assert.deepEqual(await sums({ cursor: page.next ?? '' }), ['2.00', '1.00']);
  });

  it('are asked by known names, each once and with a sense', async () => {
    const bad = [
      ...['limit=0', 'limit=101', 'limit=x', 'limit=', 'status=paid', 'cursor=nobody'],
      ...['payment_method=qiwi', 'created_at.gte=yesterday', 'created_at.gte=2026-03-11'],
      ...['created_at.lt=2026-13-11T09:00:00.000Z', 'created_at.eq=2026-03-11T09:00:00Z'],
      ...['payment_id=x', 'sort=asc', 'limit=1&limit=1'],
    ];
    for (const query of bad) {
      const { status, json } = await shop.get(`/payments?${query}`);
      assert.deepEqual([status, json['code']], [400, 'invalid_request'], query);
      assert.equal(json['parameter'], query.split('=')[0]);
    }
    assert.equal((await shop.get('/refunds?metadata[a]=b')).status, 400);
    assert.equal((await shop.get('/refunds?status=waiting_for_capture')).status, 400);
  });

  it('know of three years', async () => {
    await started('p1');
    await shop.order({ outcome: 'pay' }, 'p1');
    const { items } = await list({});
    // By steps: the watch comes by every half minute of them.
    shop.timers.stop();
    await shop.timers.advance(3 * 365 * DAY - 1);
    assert.deepEqual(await names({}), ['p1']);
    await shop.timers.advance(1);
    assert.deepEqual(await names({}), []);
    const body = { payment_id: items[0]?.['id'], amount: roubles('1.00') };
    assert.equal((await shop.post('/refunds', body)).status, 400);
  });

  describe('for the books: the registry of a day of Moscow', () => {
    const registry = async (query: string, of = 'registry') => {
      const answer = await fetch(`${shop.url}/control/yookassa/${of}.csv?${query}`);
      assert.equal(answer.headers.get('content-type'), 'text/csv; charset=utf-8');
      const text = await answer.text();
      assert.ok(text.endsWith('\r\n'));
      return parse(text, { delimiter: ';', record_delimiter: '\r\n', bom: false });
    };

    it('has each payment that succeeded on that day, with the time it was made', async () => {
      // 23:59 of the 11th in Moscow.
      await shop.timers.advance(12 * HOUR - MINUTE);
      const description = 'Счёт "7"; №\r\n1';
      const late = await started('p1', { description });
      await started('p2');
      await shop.timers.advance(MINUTE - 1);
      await shop.order({ outcome: 'pay' }, 'p2');
      await shop.timers.advance(1);
      await shop.order({ outcome: 'pay' }, 'p1');

      const [headings, ...lines] = await registry('day=2026-03-12');
      assert.deepEqual(headings, [
        ...['Идентификатор платежа', 'Сумма платежа', 'Валюта платежа'],
        ...['Сумма платежа без комиссии', 'Время создания платежа'],
        ...['Идентификатор платёжного средства', 'Описание платежа', 'Код типа платежа'],
        ...['ФИО плательщика', 'Адрес плательщика'],
      ]);
      assert.deepEqual(lines, [
        [
          ...[late['id'], '1234.50', 'RUB', '1191.29', '11.03.2026 23:59:00', '410010000000001'],
          ...[description, 'AC', '', ''],
        ],
      ]);
      assert.equal((await registry('day=2026-03-11')).length, 2);
    });

    it('names whoever pays more than 15 000 roubles from a wallet', async () => {
      for (const value of ['15000.00', '15000.01']) {
        const of = { amount: roubles(value), payment_method_data: { type: 'yoo_money' } };
        await started(value, of);
        await shop.order({ outcome: 'pay' }, value);
      }
      const lines = await registry('day=2026-03-11&lang=en');
      const at = (name: string) => lines.map((line) => line[lines[0]!.indexOf(name)]);

      assert.deepEqual(at('Payment type code').slice(1), ['PC', 'PC']);
      assert.deepEqual(at('Payment instrument ID').slice(1), [
        ...['410011758831136', '410011758831136'],
      ]);
      assert.deepEqual(
        at('Payer name').map((each) => each === ''),
        [false, true, false],
      );
    });

    it('has neither holds nor what was declined, and is empty of an empty day', async () => {
      await started('p1', { capture: false });
      await shop.order({ outcome: 'pay' }, 'p1');
      await started('p2');
      await shop.order({ outcome: 'decline' }, 'p2');
      await started('p3');

      assert.equal((await registry('day=2026-03-11')).length, 1);
      assert.equal((await registry('day=2026-03-10', 'registry-refunds')).length, 1);
    });

    it('has the refunds of the day in a file of their own', async () => {
      const payment = await started('p1');
      await shop.order({ outcome: 'pay' }, 'p1');
      await shop.timers.advance(DAY);
      const body = { payment_id: payment['id'], amount: roubles('1000.00'), description: 'Ошибка' };
      const { json } = await shop.post('/refunds', body);

      const line = [json['id'], payment['id'], '1000.00', 'RUB', '12.03.2026 12:00:00', 'Ошибка'];
      assert.deepEqual(await registry('day=2026-03-12', 'registry-refunds'), [
        [
          ...['Идентификатор возврата', 'Идентификатор платежа', 'Сумма возврата'],
          ...['Валюта возврата', 'Время создания возврата', 'Описание возврата'],
        ],
        line,
      ]);
      const english = await registry('day=2026-03-12&lang=en', 'registry-refunds');
      assert.deepEqual(english[0]?.slice(0, 3), ['Refund ID', 'Payment ID', 'Refund amount']);
      assert.deepEqual(english[1], line);
      assert.equal((await registry('day=2026-03-11', 'registry-refunds')).length, 1);
      assert.equal((await registry('day=2026-03-11')).length, 2);
    });

    it('is asked for by a day there is', async () => {
      for (const query of ['', 'day=11.03.2026', 'day=2026-02-30', 'day=2026-03-11&lang=de']) {
        const answer = await fetch(`${shop.url}/control/yookassa/registry.csv?${query}`);
        assert.equal(answer.status, 400, query);
      }
    });
  });
});
