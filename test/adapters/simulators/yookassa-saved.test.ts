import assert from 'node:assert/strict';
import { eventAndStatus, givenYookassa, roubles } from './yookassa-shop.ts';
import type { YookassaShop } from './yookassa-shop.ts';

type Fields = Record<string, unknown>;

describe('a method the payer has left with the shop at the simulated YooKassa', () => {
  let shop: YookassaShop;
  let methodId: string;
  beforeEach(async () => {
    shop = await givenYookassa();
    const payment = await shop.create({ save_payment_method: true });
    await shop.order({ outcome: 'pay' });
    const method = (await shop.look(payment))['payment_method'] as Fields;
    assert.equal(method['saved'], true);
    methodId = String(method['id']);
    await shop.told();
    shop.notices.length = 0;
  });
  afterEach(() => shop.close());

  const charge = (more: Fields = {}) =>
    shop.create({
      ...{ amount: roubles('500.00'), payment_method_id: methodId, confirmation: undefined },
      ...{ metadata: { payment_id: 'p2' } },
      ...more,
    });

  it('is charged at once, without its payer', async () => {
    const charged = await charge();

    const { type, id, saved, status } = charged['payment_method'] as Fields;
    assert.deepEqual([charged['status'], charged['paid']], ['succeeded', true]);
    assert.deepEqual([type, id, saved, status], ['bank_card', methodId, true, 'active']);
    assert.equal(charged['confirmation'], undefined);
    assert.deepEqual((await shop.told()).map(eventAndStatus), [['payment.succeeded', 'succeeded']]);
  });

  it('is charged for a hold where the shop wants that, and needs no page', async () => {
    const held = await charge({ capture: false });
    assert.equal(held['status'], 'waiting_for_capture');
  });

  it('is charged once for one key', async () => {
    const body = { amount: roubles('500.00'), capture: true, payment_method_id: methodId };
    const headers = { 'idempotence-key': 'charge-1' };
    const first = await shop.post('/payments', body, headers);
    const again = await shop.post('/payments', body, headers);
    assert.deepEqual([again, (await shop.told()).length], [first, 1]);
  });

  it('is not charged any more once its payer has taken it back', async () => {
    await shop.order({ outcome: 'revoke' });
    const charged = await charge();

    assert.equal(charged['status'], 'canceled');
    assert.deepEqual(charged['cancellation_details'], {
      ...{ party: 'yoo_money', reason: 'permission_revoked' },
    });
    assert.equal((charged['payment_method'] as Fields)['status'], 'inactive');
    assert.deepEqual((await shop.told()).map(eventAndStatus), [['payment.canceled', 'canceled']]);
  });

  it('may have nothing behind it for a while', async () => {
    await shop.order({ outcome: 'run-dry' });
    const dry = await charge();
    await shop.order({ outcome: 'top-up' });
    const wet = await charge();

    assert.deepEqual(dry['cancellation_details'], {
      ...{ party: 'payment_network', reason: 'insufficient_funds' },
    });
    assert.deepEqual([dry['status'], wet['status']], ['canceled', 'succeeded']);
  });

  it('was left only by a payer who paid and was asked to', async () => {
    const refused = async (payment: Fields) => {
      const { status, json } = await shop.post('/payments', {
        ...{ amount: roubles('1.00'), payment_method_id: payment['id'] },
      });
      assert.deepEqual([status, json['parameter']], [400, 'payment_method_id']);
    };
    const unsaved = await shop.create({ metadata: { payment_id: 'p3' } });
    await shop.order({ outcome: 'pay' }, 'p3');
    const unpaid = await shop.create({ save_payment_method: true, metadata: { payment_id: 'p4' } });

    await refused(unsaved);
    await refused(unpaid);
    await refused(await charge());
    assert.equal((await shop.order({ outcome: 'revoke' }, 'p3')).status, 409);
    assert.equal((await shop.order({ outcome: 'revoke' }, 'p4')).status, 409);
  });

  it('is not named together with another one', async () => {
    const { status, json } = await shop.post('/payments', {
      ...{ amount: roubles('1.00'), payment_method_id: methodId },
      payment_method_data: { type: 'bank_card' },
    });
    assert.deepEqual([status, json['parameter']], [400, 'payment_method_id']);
  });
});
