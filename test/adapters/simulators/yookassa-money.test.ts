import assert from 'node:assert/strict';
import { eventAndStatus, givenYookassa, roubles } from './yookassa-shop.ts';
import type { YookassaShop } from './yookassa-shop.ts';

type Fields = Record<string, unknown>;

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

describe('the money at the simulated YooKassa', () => {
  let shop: YookassaShop;
  beforeEach(async () => {
    shop = await givenYookassa();
  });
  afterEach(() => shop.close());

  const events = async () => (await shop.told()).map(eventAndStatus);
  const ended = async (payment: Fields): Promise<Fields> => {
    const { status, paid, cancellation_details } = await shop.look(payment);
    return { status, paid, ...(cancellation_details as Fields | undefined) };
  };
  const capture = ({ id }: Fields, body: unknown) =>
    shop.post(`/payments/${String(id)}/capture`, body);
  const cancel = ({ id }: Fields, body: unknown = {}) =>
    shop.post(`/payments/${String(id)}/cancel`, body);
  const refund = ({ id }: Fields, value: string, more: Fields = {}) =>
    shop.post('/refunds', { payment_id: id, amount: roubles(value), ...more });

  it('is taken at once when the shop wants that', async () => {
    const payment = await shop.create();
    await shop.timers.advance(1_000);
    await shop.order({ outcome: 'pay' });

    const paid = await shop.look(payment);
    assert.deepEqual(
      [paid['status'], paid['paid'], paid['refundable'], paid['captured_at']],
      ['succeeded', true, true, '2026-03-11T09:00:01.000Z'],
    );
    // 3.5 % of 1234.50 are 43.2075.
    assert.deepEqual(paid['income_amount'], roubles('1191.29'));
    assert.deepEqual(paid['refunded_amount'], roubles('0.00'));
    assert.deepEqual([paid['confirmation'], paid['expires_at']], [undefined, undefined]);
    assert.deepEqual(paid['authorization_details'], {
      rrn: '603668680243',
      auth_code: '062467',
      three_d_secure: { applied: true },
    });
    const method = paid['payment_method'] as Fields;
    assert.deepEqual(
      [method['type'], method['id'], method['saved'], method['title']],
      ['bank_card', payment['id'], false, 'Bank card *0004'],
    );
    assert.equal((method['card'] as Fields)['last4'], '0004');
  });

  it('comes less a fee rounded half up', async () => {
    const incomes: unknown[] = [];
    for (const value of ['1.00', '1.14', '1.15', '100.00']) {
      const payment = await shop.create({ amount: roubles(value) });
      await shop.order({ outcome: 'pay' });
      incomes.push(((await shop.look(payment))['income_amount'] as Fields)['value']);
    }
    // Fees of 3.5, 3.99, 4.025 and 350 kopecks.
    assert.deepEqual(incomes, ['0.96', '1.10', '1.11', '96.50']);
  });

  it('waits an hour for the payer, to the millisecond, and the shop is told', async () => {
    const payment = await shop.create();

    await shop.timers.advance(HOUR - 1);
    const before = await ended(payment);
    await shop.timers.advance(1);
    const after = await ended(payment);

    assert.deepEqual(before, { status: 'pending', paid: false });
    assert.deepEqual(after, {
      ...{ status: 'canceled', paid: false, party: 'yoo_money' },
      reason: 'expired_on_confirmation',
    });
    assert.deepEqual(await events(), [['payment.canceled', 'canceled']]);
    assert.equal((await shop.order({ outcome: 'pay' })).status, 409);
  });

  it('expires for nobody to see, too: the watch tells of it', async () => {
    await shop.create();
    await shop.timers.advance(HOUR + 30_000);
    assert.equal(shop.notices.length, 1);
    await shop.timers.advance(DAY);
    assert.equal(shop.notices.length, 1);
  });

  it('is held for seven days where the shop does not say otherwise, and then let go', async () => {
    const payment = await shop.create({ capture: undefined });
    await shop.order({ outcome: 'pay' });
    const held = await shop.look(payment);

    await shop.timers.advance(7 * DAY - 1);
    const before = await ended(payment);
    await shop.timers.advance(1);
    const after = await ended(payment);

    assert.deepEqual(
      [held['status'], held['paid'], held['expires_at'], held['captured_at'], held['refundable']],
      ['waiting_for_capture', true, '2026-03-18T09:00:00.000Z', undefined, false],
    );
    assert.deepEqual(before, { status: 'waiting_for_capture', paid: true });
    assert.deepEqual(after, {
      ...{ status: 'canceled', paid: false, party: 'yoo_money', reason: 'expired_on_capture' },
    });
    assert.deepEqual(await events(), [
      ['payment.waiting_for_capture', 'waiting_for_capture'],
      ['payment.canceled', 'canceled'],
    ]);
    assert.equal((await capture(payment, {})).status, 400);
  });

  it('is taken from a hold in full, or in part and the rest let go', async () => {
    const whole = await shop.create({ capture: false });
    await shop.order({ outcome: 'pay' });
    const full = await capture(whole, {});
    const partly = await shop.create({ capture: false });
    await shop.order({ outcome: 'pay' });
    const { json } = await capture(partly, { amount: roubles('1000.00') });

    assert.deepEqual([full.status, full.json['status']], [200, 'succeeded']);
    assert.deepEqual(full.json['amount'], roubles('1234.50'));
    assert.deepEqual([json['status'], json['amount']], ['succeeded', roubles('1000.00')]);
    assert.deepEqual(json['income_amount'], roubles('965.00'));
    assert.equal((await refund(partly, '1000.01')).status, 400);
    assert.equal((await refund(partly, '1000.00')).status, 200);
  });

  it('is not let go any more once it was taken', async () => {
    const payment = await shop.create({ capture: false });
    await shop.order({ outcome: 'pay' });
    const { json } = await capture(payment, {});
    await shop.timers.advance(7 * DAY);

    assert.equal(json['expires_at'], undefined);
    assert.equal((await shop.look(payment))['status'], 'succeeded');
  });

  it('is let go when the shop cancels the hold', async () => {
    const payment = await shop.create({ capture: false });
    await shop.order({ outcome: 'pay' });

    assert.equal((await cancel(payment)).status, 200);

    assert.deepEqual(await ended(payment), {
      ...{ status: 'canceled', paid: false, party: 'merchant', reason: 'canceled_by_merchant' },
    });
    assert.deepEqual((await events()).at(-1), ['payment.canceled', 'canceled']);
  });

  it('is neither taken nor let go unless it is held, nor more than that', async () => {
    const payment = await shop.create({ capture: false });
    const early = [(await capture(payment, {})).status, (await cancel(payment)).status];
    await shop.order({ outcome: 'pay' });
    const wrong = [
      await capture(payment, { amount: roubles('1234.51') }),
      await capture(payment, { amount: roubles('0.00') }),
      await capture(payment, { amount: { value: '1.00', currency: 'USD' } }),
      await capture(payment, { sum: '1.00' }),
      await cancel(payment, { reason: 'none' }),
    ];
    const states = (await shop.look(payment))['status'];
    await capture(payment, {});
    const late = [(await capture(payment, {})).status, (await cancel(payment)).status];

    assert.deepEqual(
      [early, late],
      [
        [400, 400],
        [400, 400],
      ],
    );
    assert.deepEqual(
      wrong.map(({ json }) => json['parameter']),
      ['amount', 'amount.value', 'amount.currency', 'sum', 'reason'],
    );
    assert.equal(states, 'waiting_for_capture');
  });

  it('can be taken and let go in the shop’s cabinet', async () => {
    const one = await shop.create({ capture: false });
    await shop.order({ outcome: 'pay' });
    assert.equal((await shop.order({ outcome: 'capture', amountMinor: 123_451 })).status, 409);
    await shop.order({ outcome: 'capture', amountMinor: 100_000 });
    const other = await shop.create({ capture: false });
    assert.equal((await shop.order({ outcome: 'release' })).status, 409);
    await shop.order({ outcome: 'pay' });
    await shop.order({ outcome: 'release' });

    assert.deepEqual((await shop.look(one))['amount'], roubles('1000.00'));
    assert.equal((await ended(other))['party'], 'merchant');
  });
});
