import assert from 'node:assert/strict';
import { eventAndStatus, givenYookassa, roubles } from './yookassa-shop.ts';
import type { YookassaShop } from './yookassa-shop.ts';

type Fields = Record<string, unknown>;

const DAY = 24 * 60 * 60_000;

describe('money that goes back through the simulated YooKassa', () => {
  let shop: YookassaShop;
  beforeEach(async () => {
    shop = await givenYookassa();
  });
  afterEach(() => shop.close());

  const events = async () => (await shop.told()).map(eventAndStatus);
  const refund = ({ id }: Fields, value: string, more: Fields = {}) =>
    shop.post('/refunds', { payment_id: id, amount: roubles(value), ...more });

  it('goes back in parts, up to what was taken and not a kopeck more', async () => {
    const payment = await shop.create();
    assert.equal((await refund(payment, '1.00')).status, 400);
    await shop.order({ outcome: 'pay' });

    const part = await refund(payment, '234.50', { description: 'Ошибка', metadata: { a: 'b' } });
    const tooMuch = await refund(payment, '1000.01');
    const between = await shop.look(payment);
    const rest = await refund(payment, '1000.00');
    const after = await shop.look(payment);

    const { id, ...fields } = part.json;
    assert.deepEqual(fields, {
      ...{ payment_id: payment['id'], status: 'succeeded', amount: roubles('234.50') },
      ...{ created_at: '2026-03-11T09:00:00.000Z', description: 'Ошибка', metadata: { a: 'b' } },
    });
    assert.deepEqual((await shop.get(`/refunds/${String(id)}`)).json, part.json);
    assert.deepEqual([tooMuch.status, tooMuch.json['parameter']], [400, 'amount']);
    assert.equal(rest.status, 200);
    const shown = ({ status, refundable, refunded_amount }: Fields) => [
      ...[status, refundable, (refunded_amount as Fields)['value']],
    ];
    assert.deepEqual(shown(between), ['succeeded', true, '234.50']);
    assert.deepEqual(shown(after), ['succeeded', false, '1234.50']);
    assert.equal((await refund(payment, '0.01')).status, 400);
    assert.deepEqual((await events()).slice(1), [
      ['refund.succeeded', 'succeeded'],
      ['refund.succeeded', 'succeeded'],
    ]);
  });

  it('refuses a refund of an unknown payment, in another currency or with a field too long', async () => {
    const payment = await shop.create();
    await shop.order({ outcome: 'pay' });
    const unknown = await refund({ id: 'nobody' }, '1.00');
    const bad: [unknown, Fields][] = [
      ['amount.currency', { amount: { value: '1.00', currency: 'USD' } }],
      ['amount.value', { amount: roubles('-1.00') }],
      ['amount', { amount: undefined }],
      ['description', { description: 'x'.repeat(251) }],
      ['reason', { reason: 'none' }],
    ];

    assert.deepEqual([unknown.status, unknown.json['code']], [404, 'not_found']);
    for (const [parameter, more] of bad) {
      const { status, json } = await refund(payment, '1.00', more);
      assert.deepEqual([status, json['parameter']], [400, parameter]);
    }
    assert.equal((await refund(payment, '1.00', { description: 'x'.repeat(250) })).status, 200);
  });

  it('is refunded once for one key', async () => {
    const payment = await shop.create();
    await shop.order({ outcome: 'pay' });
    const body = { payment_id: payment['id'], amount: roubles('1000.00') };
    const headers = { 'idempotence-key': 'refund-1' };

    const first = await shop.post('/refunds', body, headers);
    const again = await shop.post('/refunds', body, headers);

    assert.deepEqual(again, first);
    assert.deepEqual((await shop.look(payment))['refunded_amount'], roubles('1000.00'));
  });

  it('may take a while to go back, and may not arrive: then nobody tells', async () => {
    const payment = await shop.create();
    for (const outcome of ['pay', 'refund-waits']) await shop.order({ outcome });
    const first = (await refund(payment, '1234.50')).json;
    const tooMuch = (await refund(payment, '0.01')).status;
    const waiting = await shop.look(payment);
    await shop.order({ outcome: 'refund-fails' });
    const second = (await refund(payment, '1000.00')).json;
    await shop.order({ outcome: 'refund-succeeds' });

    assert.deepEqual([first['status'], tooMuch, waiting['refundable']], ['pending', 400, false]);
    assert.deepEqual(waiting['refunded_amount'], roubles('0.00'));
    const failed = (await shop.get(`/refunds/${String(first['id'])}`)).json;
    assert.equal(failed['status'], 'canceled');
    assert.deepEqual(failed['cancellation_details'], {
      ...{ party: 'yoo_money', reason: 'insufficient_funds' },
    });
    const done = (await shop.get(`/refunds/${String(second['id'])}`)).json;
    assert.deepEqual([second['status'], done['status']], ['pending', 'succeeded']);
    const told = await shop.told();
    assert.deepEqual(told.map(eventAndStatus).slice(1), [['refund.succeeded', 'succeeded']]);
    assert.equal((told[1]?.['object'] as Fields)['id'], second['id']);
    assert.equal((await shop.order({ outcome: 'refund-succeeds' })).status, 409);
    assert.equal((await shop.order({ outcome: 'refund-rejected' })).status, 409);
  });

  it('goes back after a while where refunds take their time', async () => {
    const slow = await givenYookassa({ refundPendingMs: DAY });
    const payment = await slow.create();
    await slow.order({ outcome: 'pay' });
    await slow.post('/refunds', { payment_id: payment['id'], amount: roubles('1.00') });
    await slow.timers.advance(DAY - 1);
    const before = slow.notices.length;
    await slow.timers.advance(1);
    const told = (await slow.told()).map(eventAndStatus);
    await slow.close();

    assert.deepEqual([before, told.at(-1)], [1, ['refund.succeeded', 'succeeded']]);
  });

  it('can be refunded in the shop’s cabinet', async () => {
    const payment = await shop.create();
    assert.equal((await shop.order({ outcome: 'refund' })).status, 409);
    await shop.order({ outcome: 'pay' });
    await shop.order({ outcome: 'refund', amountMinor: 100_000 });
    assert.equal((await shop.order({ outcome: 'refund', amountMinor: 100_000 })).status, 409);
    await shop.order({ outcome: 'refund' });
    assert.equal((await shop.order({ outcome: 'refund' })).status, 409);

    assert.deepEqual((await shop.look(payment))['refunded_amount'], roubles('1234.50'));
    assert.equal((await events()).length, 3);
  });
});
