import assert from 'node:assert/strict';
import { qiwi } from '../../../src/adapters/payment/qiwi/qiwi.ts';
import type { PaymentId } from '../../../src/domain/ids.ts';
import { money } from '../../../src/domain/money.ts';
import { freshId } from '../../support/given.ts';
import { asked, givenQiwiDesk, losses, refundOf, rub, value, type QiwiDesk } from './qiwi-desk.ts';

let desk: QiwiDesk;
const unreachable = () => qiwi({ ...desk.settings, apiUrl: 'http://127.0.0.1:1/partner/bill/v1' });
const unknownKey = () => ({ paymentId: freshId<PaymentId>(), ref: undefined });

describe('taking back a bill of QIWI', () => {
  beforeEach(async () => {
    desk = await givenQiwiDesk();
  });
  afterEach(() => desk.close());

  it('closes one that nobody has paid, however often it is done', async () => {
    const key = await desk.create();

    assert.equal(value(await desk.provider.cancel(key)).state, 'canceled');
    assert.equal(value(await desk.provider.cancel(key)).state, 'canceled');
    assert.equal((await desk.claim(key)).state, 'canceled');
  });

  it('of one that is paid or over tells how it stands', async () => {
    for (const [outcome, state] of [
      ['pay', 'paid'],
      ['expire', 'expired'],
    ] as const) {
      const key = await desk.create();
      await desk.act(key.paymentId, outcome);
      const claim = value(await desk.provider.cancel(key));
      assert.deepEqual([claim.state, claim.amount], [state, asked]);
    }
  });

  it('is found out about when the answer is lost', async () => {
    for (const loss of losses) {
      const key = await desk.create();
      await desk.fault('cancel', loss);
      const outcome = await desk.provider.cancel(key);
      if (loss.endsWith('after-effect')) assert.equal(value(outcome).state, 'canceled', loss);
      // Open after a lost answer: the call may still be on its way.
      else assert.equal(outcome.tag, 'unknown', loss);
      assert.equal(value(await desk.provider.cancel(key)).state, 'canceled');
    }
  });

  it('guesses nothing when neither call nor look is answered', async () => {
    const paid = await desk.paid();
    await desk.fault('query', '500-before-effect');
    assert.equal((await desk.provider.cancel(paid)).tag, 'unknown');
    await desk.fault('cancel', '429');
    assert.equal((await desk.provider.cancel(paid)).tag, 'not-attempted');
    assert.equal((await unreachable().cancel?.(paid))?.tag, 'not-attempted');
    assert.equal((await desk.provider.cancel(unknownKey())).tag, 'invalid');
  });
});

describe('paying back through QIWI', () => {
  beforeEach(async () => {
    desk = await givenQiwiDesk();
  });
  afterEach(() => desk.close());

  const refunded = async (id: string) => (await desk.look(id))['refundedMinor'];

  it('happens once, however often the same refund is sent, and a second one beside it', async () => {
    const key = await desk.paid();
    const first = refundOf(key, rub(100_000n));
    for (let n = 0; n < 3; n += 1) {
      const claim = value(await desk.provider.refund(first));
      assert.deepEqual(claim, { state: 'succeeded', ref: first.refundId, amount: rub(100_000n) });
    }
    value(await desk.provider.refund(refundOf(key, rub(23_450n))));

    assert.equal(await refunded(key.paymentId), '123450');
  });

  it('happens once when the answer is lost, before or after the effect', async () => {
    for (const loss of losses) {
      const key = await desk.paid();
      const wish = refundOf(key, rub(500n));
      await desk.fault('refund', loss);
      assert.equal(value(await desk.provider.refund(wish)).state, 'succeeded', loss);

      await desk.fault('refund', loss, 2);
      const second = refundOf(key, rub(700n));
      assert.equal((await desk.provider.refund(second)).tag, 'unknown', loss);
      const known = value(await desk.provider.queryRefund(second));
      if (loss.endsWith('after-effect'))
        assert.ok(known !== 'absent' && known.amount !== undefined);
      else assert.equal(known, 'absent');
      value(await desk.provider.refund(second));
      assert.equal(await refunded(key.paymentId), '1200', loss);
    }
  });

  it('of two at once that are too much together, one goes back', async () => {
    const key = await desk.paid();
    const both = await Promise.all(
      [80_000n, 80_000n].map((minor) => desk.provider.refund(refundOf(key, rub(minor)))),
    );

    assert.deepEqual(both.map(({ tag }) => tag).toSorted(), ['done', 'invalid']);
    assert.equal(await refunded(key.paymentId), '80000');
  });

  it('is refused for what is too much, not paid, not theirs, or in other money', async () => {
    const key = await desk.paid();
    for (const wish of [
      refundOf(key, rub(123_451n)),
      refundOf(key, rub(0n)),
      refundOf(key, money(100n, 'USD')),
      refundOf(key, money(100n, 'KZT')),
      refundOf(await desk.create(), rub(1n)),
      refundOf(unknownKey(), rub(1n)),
    ]) {
      assert.equal((await desk.provider.refund(wish)).tag, 'invalid');
    }
    assert.equal(await refunded(key.paymentId), '0');
  });

  it('never takes a refund of another sum for the one asked for', async () => {
    const key = await desk.paid();
    const wish = refundOf(key, rub(500n));
    value(await desk.provider.refund(wish));

    const other = await desk.provider.refund({ ...wish, amount: rub(600n) });

    assert.equal(other.tag, 'unknown');
    assert.equal(await refunded(key.paymentId), '500');
  });

  it('is found again by our own id, and absent only if QIWI has never heard of it', async () => {
    const key = await desk.paid();
    const wish = refundOf(key, rub(500n));
    assert.equal(value(await desk.provider.queryRefund(wish)), 'absent');
    value(await desk.provider.refund(wish));
    assert.deepEqual(value(await desk.provider.queryRefund(wish)), {
      ...{ state: 'succeeded', ref: wish.refundId, amount: rub(500n) },
    });
    await desk.fault('query', 'reset-before-effect');
    assert.equal((await desk.provider.queryRefund(wish)).tag, 'unknown');
    assert.equal((await unreachable().queryRefund?.(wish))?.tag, 'not-attempted');
  });

  it('waits while it is limited or unheard', async () => {
    const wish = refundOf(await desk.paid(), rub(500n));
    await desk.fault('refund', '429');
    assert.equal((await desk.provider.refund(wish)).tag, 'not-attempted');
    assert.equal((await unreachable().refund?.(wish))?.tag, 'not-attempted');
  });
});
