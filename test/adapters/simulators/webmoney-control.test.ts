import assert from 'node:assert/strict';
import { givenWebmoney } from './webmoney-shop.test.ts';
import type { WebmoneyShop } from './webmoney-shop.test.ts';

describe('the levers of the simulated WebMoney', () => {
  let shop: WebmoneyShop;
  const view = async () => {
    const answer = await fetch(`${shop.url}/control/webmoney/payments/p1`);
    return (await answer.json()) as { items: Record<string, unknown>[]; made: number };
  };
  const stateOf = async () => (await view()).items[0]?.['state'];
  beforeEach(async () => {
    shop = await givenWebmoney();
  });
  afterEach(() => shop.close());

  it('show a payment under the shop’s own id, and take orders by it or by the number', async () => {
    const page = await shop.open();

    const { items, made } = await view();

    assert.equal(made, 1);
    assert.deepEqual(items, [
      {
        paymentId: 'p1',
        ref: '',
        url: page,
        title: 'Счёт 7000001-1 & <b>',
        state: 'open',
        amountMinor: '1465',
        refundedMinor: '0',
        currency: 'USD',
        createdAt: '2026-03-11T09:00:00.000Z',
      },
    ]);
    const { status } = await shop.control('/control/webmoney/payments/1001', { outcome: 'pay' });
    assert.equal(status, 200);
    assert.equal(await stateOf(), 'paid');
    assert.match(String((await view()).items[0]?.['ref']), /^\d+$/);
  });

  it('show a form without the shop’s field under its number, and another field where it is set', async () => {
    await shop.close();
    shop = await givenWebmoney({ paymentIdField: 'order' });
    await shop.open();
    await shop.open({ LMI_PAYMENT_NO: '1002', order: 'p9' });

    const answer = await fetch(`${shop.url}/control/webmoney/payments`);
    const { items } = (await answer.json()) as { items: { paymentId: string }[] };
    assert.deepEqual(
      items.map(({ paymentId }) => paymentId),
      ['p9', '1001'],
    );
  });

  it('answer 404 for a payment nobody has brought, and 400 for a word they do not know', async () => {
    assert.equal((await shop.order({ outcome: 'pay' })).status, 404);
    await shop.open();
    assert.equal((await shop.order({ outcome: 'explode' })).status, 400);
    assert.equal((await shop.order({ outcome: 'pay', forge: 'unknown' })).status, 400);
  });

  it('open the same form once, and a changed one as another payment', async () => {
    assert.equal(await shop.open(), await shop.open());
    assert.equal((await view()).made, 1);
    await shop.open({ LMI_PAYMENT_AMOUNT: '1.00' });
    assert.equal((await view()).made, 2);
  });

  it('let a payer change the sum before paying: the shop is asked about the changed one', async () => {
    await shop.open();
    shop.shopAnswers.push({ status: 200, body: 'the sum is wrong' });

    const stopped = await shop.order({ outcome: 'pay', amountMinor: 5 });

    assert.deepEqual([stopped.status, stopped.json['stopped']], [200, true]);
    const [asked] = stopped.json['notifications'] as Record<string, unknown>[];
    assert.deepEqual([asked?.['kind'], asked?.['body']], ['prerequest', 'the sum is wrong']);
    assert.equal(shop.told()[0]?.['LMI_PAYMENT_AMOUNT'], '0.05');
    assert.deepEqual([shop.notices.length, await stateOf()], [1, 'open']);

    await shop.order({ outcome: 'pay', amountMinor: 5 });
    const amounts = shop.told().map((fields) => fields['LMI_PAYMENT_AMOUNT']);
    assert.deepEqual(amounts, ['0.05', '0.05', '0.05']);
    assert.equal((await shop.status()).one('amount'), '0.05');
    assert.equal((await shop.order({ outcome: 'pay', amountMinor: 5 })).status, 409);
  });

  it('tell the same payment again without asking, and pay a second one of the same form', async () => {
    await shop.open();
    assert.equal((await shop.order({ outcome: 'pay-again' })).status, 409);
    await shop.order({ outcome: 'pay' });

    await shop.order({ outcome: 'pay' });
    await shop.order({ outcome: 'pay-again' });

    const [question, first, again, second] = shop.told();
    assert.equal(shop.notices.length, 4);
    assert.equal(question?.['LMI_PREREQUEST'], '1');
    assert.deepEqual(again, first);
    assert.equal(second?.['LMI_PAYMENT_NO'], '1001');
    assert.notEqual(second['LMI_SYS_TRANS_NO'], first?.['LMI_SYS_TRANS_NO']);
    assert.notEqual(second['LMI_SYS_INVS_NO'], first?.['LMI_SYS_INVS_NO']);
    const { items, made } = await view();
    assert.deepEqual([items.length, made], [2, 2]);
    assert.match((await shop.status()).text, new RegExp(`"${second['LMI_SYS_TRANS_NO']}"`));
  });

  it('let a try fail and the next one succeed', async () => {
    await shop.open();
    await shop.order({ outcome: 'decline' });
    await shop.order({ outcome: 'leave' });
    assert.equal(await stateOf(), 'open');
    await shop.order({ outcome: 'pay' });
    assert.equal(await stateOf(), 'paid');
    assert.equal((await shop.order({ outcome: 'decline' })).status, 409);
  });

  it('end a payment for good when its payer refuses or its page closes', async () => {
    for (const [outcome, state] of [
      ['cancel', 'refused'],
      ['expire', 'expired'],
    ]) {
      await shop.open();
      await shop.order({ outcome });
      assert.equal(await stateOf(), state);
      assert.equal((await shop.order({ outcome: 'pay' })).status, 409);
      assert.equal((await shop.order({ outcome })).status, 409);
    }
    assert.equal(shop.notices.length, 0);
  });

  it('pay back in the purse’s own cabinet, of which nobody tells the shop', async () => {
    await shop.open();
    assert.equal((await shop.order({ outcome: 'refund' })).status, 409);
    await shop.order({ outcome: 'pay' });
    const told = shop.notices.length;

    await shop.order({ outcome: 'refund', amountMinor: 465 });
    assert.equal((await view()).items[0]?.['refundedMinor'], '465');
    assert.equal((await shop.order({ outcome: 'refund', amountMinor: 1001 })).status, 409);
    await shop.order({ outcome: 'refund' });

    assert.equal((await view()).items[0]?.['refundedMinor'], '1465');
    assert.equal((await shop.order({ outcome: 'refund' })).status, 409);
    assert.equal(shop.notices.length, told);
  });

  it('hold notifications back, and the question before a payment never', async () => {
    await shop.open();
    await shop.control('/control/webmoney/notifications', { paused: true });
    await shop.order({ outcome: 'pay' });
    assert.deepEqual([shop.notices.length, await stateOf()], [1, 'paid']);

    await shop.control('/control/webmoney/notifications', { paused: false });
    await shop.timers.advance(0);
    assert.equal(shop.notices.length, 2);
  });

  it('pull from a page for people too, asking the shop as well', async () => {
    await shop.open();
    const root = `${shop.url}/control/webmoney`;
    assert.match(await (await fetch(root)).text(), /forge: shift/);
    const body = new URLSearchParams({ payment: 'p1', order: '{"outcome":"pay"}' });

    const answer = await fetch(root, { method: 'POST', body, redirect: 'manual' });

    assert.equal(answer.status, 303);
    assert.deepEqual([shop.notices.length, await stateOf()], [2, 'paid']);
  });

  it('stop the payment where the shop cannot be reached', async () => {
    await shop.close();
    shop = await givenWebmoney({ notifyUrl: 'http://127.0.0.1:1/' });
    await shop.open();
    const { json } = await shop.order({ outcome: 'pay' });
    const [asked] = json['notifications'] as Record<string, unknown>[];
    assert.deepEqual([json['stopped'], asked?.['status']], [true, 'unreachable']);
    assert.equal(await stateOf(), 'open');
  });

  describe('break the network', () => {
    const next = (call: string, fault: string) =>
      shop.control('/control/webmoney/next', { call, fault, delayMs: 5_000 });

    it('before or after a form was taken', async () => {
      for (const [fault, status, made] of [
        ['500-before-effect', 500, 0],
        ['429', 429, 0],
        ['500-after-effect', 500, 1],
      ] as const) {
        await next('create', fault);
        assert.equal((await shop.form()).status, status, fault);
        assert.equal((await view()).made, made, fault);
      }
      for (const fault of ['reset-before-effect', 'reset-after-effect']) {
        await next('create', fault);
        await assert.rejects(shop.form(), fault);
      }
      for (const fault of ['hang-before-effect', 'hang-after-effect']) {
        await next('create', fault);
        const slow = shop.form();
        await new Promise((resolve) => setTimeout(resolve, 50));
        await shop.timers.advance(5_000);
        assert.equal((await slow).status, 303);
      }
      assert.equal((await view()).made, 1);
    });

    it('before or after money was paid back', async () => {
      await shop.open();
      await shop.order({ outcome: 'pay' });
      const transferNo = shop.told()[1]?.['LMI_SYS_TRANS_NO'] ?? '';
      const refunded = async () => (await view()).items[0]?.['refundedMinor'];

      await next('refund', '500-before-effect');
      assert.equal((await shop.refund(transferNo, '1.00')).status, 500);
      assert.equal(await refunded(), '0');
      await next('refund', '500-after-effect');
      assert.equal((await shop.refund(transferNo, '1.00')).status, 500);
      assert.equal(await refunded(), '100');
      await next('refund', 'reset-after-effect');
      await assert.rejects(shop.refund(transferNo, '1.00'));
      assert.equal(await refunded(), '200');
    });

    it('for questions and the history, but never for a caller without a proof', async () => {
      await next('query', '429');
      assert.equal((await shop.status({ sha256: 'wrong' })).one('retval'), '-100');
      assert.equal((await shop.status()).status, 429);
      assert.equal((await shop.status()).status, 200);
      await next('refund', '429');
      assert.equal((await shop.refund('1', '1.00', { sign: '' })).status, 200);
      assert.equal((await shop.refund('1', '1.00')).status, 429);
    });
  });
});
