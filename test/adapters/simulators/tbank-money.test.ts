import assert from 'node:assert/strict';
import { givenTbank } from './tbank-shop.ts';
import type { TbankShop } from './tbank-shop.ts';

type Fields = Record<string, unknown>;

describe('money at the simulated T-Bank', () => {
  let shop: TbankShop;
  beforeEach(async () => {
    shop = await givenTbank();
  });
  afterEach(() => shop.close());

  // One call after the other, and what is told of it, so that what is told has an order.
  const call = async (method: string, payment: Fields, more: Fields) => {
    const answer = await shop.call(method, { PaymentId: payment['PaymentId'], ...more });
    await shop.timers.advance(0);
    return answer;
  };
  const cancel = (payment: Fields, more: Fields = {}) => call('Cancel', payment, more);
  const confirm = (payment: Fields, more: Fields = {}) => call('Confirm', payment, more);
  const told = async () => (await shop.told()).map(({ Status, Amount }) => [Status, Amount]);

  it('is taken at once in one step', async () => {
    const payment = await shop.init();

    await shop.order({ outcome: 'pay' });

    assert.equal(await shop.stateOf(payment), 'CONFIRMED');
    assert.deepEqual(await told(), [['CONFIRMED', 123_450]]);
    assert.equal((await confirm(payment))['ErrorCode'], '8');
  });

  it('is held and then taken in two steps', async () => {
    const payment = await shop.init({ PayType: 'T' });
    assert.equal((await confirm(payment))['ErrorCode'], '8');

    await shop.order({ outcome: 'pay' });
    assert.equal(await shop.stateOf(payment), 'AUTHORIZED');
    const taken = await confirm(payment);

    assert.deepEqual([taken['Status'], taken['Amount']], ['CONFIRMED', 123_450]);
    assert.deepEqual(await told(), [
      ['AUTHORIZED', 123_450],
      ['CONFIRMED', 123_450],
    ]);
  });

  it('is taken in part, once, and never more than is held', async () => {
    const payment = await shop.init({ PayType: 'T' });
    await shop.order({ outcome: 'pay' });

    const tooMuch = await confirm(payment, { Amount: 123_451 });
    const part = await confirm(payment, { Amount: 100_000 });
    const again = await confirm(payment, { Amount: 23_450 });

    assert.equal(tooMuch['ErrorCode'], '9999');
    assert.deepEqual([part['Status'], part['Amount']], ['CONFIRMED', 100_000]);
    assert.equal(again['ErrorCode'], '8');
    assert.equal((await cancel(payment, { Amount: 100_001 }))['ErrorCode'], '9999');
    assert.equal((await cancel(payment))['OriginalAmount'], 100_000);
  });

  it('is not there yet: an unpaid payment is given up, as a whole', async () => {
    const fresh = await shop.init();
    const seen = await shop.init({ OrderId: 'p2' });
    await fetch(String(seen['PaymentURL']));
    assert.equal(await shop.stateOf(seen), 'FORM_SHOWED');

    assert.equal((await cancel(fresh, { Amount: 1 }))['ErrorCode'], '9999');
    assert.equal((await cancel(fresh))['Status'], 'CANCELED');
    assert.equal((await cancel(seen))['Status'], 'CANCELED');
    assert.equal((await cancel(seen))['ErrorCode'], '8');
    assert.deepEqual(await told(), [
      ['CANCELED', 123_450],
      ['CANCELED', 123_450],
    ]);
  });

  it('is not cancelled while the payer’s bank is asking for its code', async () => {
    const payment = await shop.init();
    await shop.order({ outcome: '3ds' });

    assert.equal(await shop.stateOf(payment), '3DS_CHECKING');
    assert.equal((await cancel(payment))['ErrorCode'], '8');
    await shop.order({ outcome: 'pay' });
    assert.equal(await shop.stateOf(payment), 'CONFIRMED');
  });

  it('is let go where it was held, in parts and then the rest', async () => {
    const payment = await shop.init({ PayType: 'T' });
    await shop.order({ outcome: 'pay' });

    const part = await cancel(payment, { Amount: 23_450 });
    const rest = await cancel(payment);

    const { Status, OriginalAmount, NewAmount } = part;
    assert.deepEqual([Status, OriginalAmount, NewAmount], ['PARTIAL_REVERSED', 123_450, 100_000]);
    assert.deepEqual([rest['Status'], rest['NewAmount']], ['REVERSED', 0]);
    assert.deepEqual(await told(), [
      ['AUTHORIZED', 123_450],
      ['PARTIAL_REVERSED', 100_000],
      ['REVERSED', 123_450],
    ]);
  });

  it('is still there to be taken after a part was let go', async () => {
    const payment = await shop.init({ PayType: 'T' });
    await shop.order({ outcome: 'pay' });
    await cancel(payment, { Amount: 23_450 });

    assert.equal((await confirm(payment, { Amount: 100_001 }))['ErrorCode'], '9999');
    assert.equal((await confirm(payment))['Amount'], 100_000);
  });

  it('is paid back in parts to the last kopeck, and not one more', async () => {
    const payment = await shop.init();
    await shop.order({ outcome: 'pay' });

    const part = await cancel(payment, { Amount: 23_450 });
    const tooMuch = await cancel(payment, { Amount: 100_001 });
    const rest = await cancel(payment, { Amount: 100_000 });
    const more = await cancel(payment, { Amount: 1 });

    const { Status, OriginalAmount, NewAmount } = part;
    assert.deepEqual([Status, OriginalAmount, NewAmount], ['PARTIAL_REFUNDED', 123_450, 100_000]);
    assert.deepEqual([tooMuch['ErrorCode'], more['ErrorCode']], ['9999', '8']);
    assert.deepEqual([rest['Status'], rest['NewAmount']], ['REFUNDED', 0]);
    assert.deepEqual(await told(), [
      ['CONFIRMED', 123_450],
      ['PARTIAL_REFUNDED', 100_000],
      ['REFUNDED', 123_450],
    ]);
  });

  it('is paid back once for one request of the shop, however often it is asked', async () => {
    const payment = await shop.init();
    await shop.order({ outcome: 'pay' });
    const request = { Amount: 10_000, ExternalRequestId: 'r1' };

    const first = await cancel(payment, request);
    const again = await cancel(payment, request);
    const other = await cancel(payment, { ...request, Amount: 20_000 });
    const next = await cancel(payment, { ...request, ExternalRequestId: 'r2' });

    assert.deepEqual(again, first);
    assert.equal(other['ErrorCode'], '9999');
    assert.deepEqual([first['NewAmount'], next['NewAmount']], [113_450, 103_450]);
    const long = await cancel(payment, { ExternalRequestId: 'x'.repeat(256) });
    assert.equal(long['ErrorCode'], '9999');
  });

  it('tries again under the same request what was refused', async () => {
    const payment = await shop.init({ PayType: 'T' });
    await shop.order({ outcome: '3ds' });
    const request = { ExternalRequestId: 'r1' };

    assert.equal((await cancel(payment, request))['ErrorCode'], '8');
    await shop.order({ outcome: 'pay' });
    assert.equal((await cancel(payment, request))['Status'], 'REVERSED');
  });

  describe('when a call goes wrong', () => {
    const trouble = (call: string, fault: string) =>
      shop.control('/control/tbank/next', { call, fault, delayMs: 5_000 });
    const made = async () => {
      const { Payments } = await shop.call('CheckOrder', { OrderId: 'p1' });
      return (Payments as unknown[]).length;
    };

    for (const [fault, status, count] of [
      ['500-before-effect', '500', 0],
      ['500-after-effect', '500', 1],
      ['429', '429', 0],
      ['reset-before-effect', 'failed', 0],
      ['reset-after-effect', 'failed', 1],
    ] as const) {
      it(`makes ${count} by ${fault}`, async () => {
        await trouble('create', fault);

        await assert.rejects(shop.init(), new RegExp(status));

        assert.equal(await made(), count);
        const again = await shop.init();
        assert.equal(again['ErrorCode'], count === 0 ? '0' : '8');
      });
    }

    for (const [fault, before] of [
      ['hang-before-effect', 0],
      ['hang-after-effect', 1],
    ] as const) {
      it(`answers late by ${fault}`, async () => {
        await trouble('create', fault);
        const late = shop.init();
        await until(async () => (await planned()) === 0);

        assert.equal(await made(), before);
        await shop.timers.advance(5_000);

        assert.equal((await late)['Status'], 'NEW');
        assert.equal(await made(), 1);
      });
    }

    it('asks for the right kind of trouble: each call has its own', async () => {
      const payment = await shop.init({ PayType: 'T' });
      await trouble('cancel', '429');
      await shop.order({ outcome: 'pay' });

      await trouble('capture', '429');
      await assert.rejects(confirm(payment), /429/);
      await confirm(payment);
      await trouble('refund', '500-after-effect');
      await assert.rejects(cancel(payment, { ExternalRequestId: 'r' }), /500/);
      assert.equal((await cancel(payment, { ExternalRequestId: 'r' }))['Status'], 'REFUNDED');
      await trouble('query', '500-before-effect');
      await assert.rejects(shop.stateOf(payment), /500/);
      assert.equal(await planned(), 1);

      const second = await shop.init({ OrderId: 'p2' });
      await assert.rejects(cancel(second), /429/);
    });

    it('refuses strangers before anything goes wrong', async () => {
      await trouble('create', '429');
      assert.equal((await shop.init({ Token: 'x' }))['ErrorCode'], '204');
      assert.equal(await planned(), 1);
    });

    const planned = async () => {
      const page = await (await fetch(`${shop.url}/control/tbank`)).text();
      return Number(/calls:\s*(\d+)/.exec(page)?.[1]);
    };
    const until = async (isSo: () => Promise<boolean>) => {
      for (let tries = 0; tries < 500; tries += 1) if (await isSo()) return;
      throw new Error('it did not come to be');
    };
  });
});
