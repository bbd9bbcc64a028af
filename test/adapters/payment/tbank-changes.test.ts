import assert from 'node:assert/strict';
import { tbank } from '../../../src/adapters/payment/tbank/tbank.ts';
import type { PaymentKey, RefundCommand } from '../../../src/application/ports/payment-provider.ts';
import {
  asked,
  givenTbankDesk,
  losses,
  newId,
  newRefundId,
  rub,
  value,
  type TbankDesk,
} from './tbank-desk.ts';

const statesOf = (outcomes: readonly { readonly tag: string }[]) => outcomes.map(({ tag }) => tag);

describe('money held at T-Bank', () => {
  let desk: TbankDesk;
  beforeEach(async () => (desk = await givenTbankDesk()));
  afterEach(() => desk.close());
  const held = () => desk.paid({ holds: true });
  const bankState = async ({ paymentId }: PaymentKey) => (await desk.look(paymentId))['state'];

  it('is told as held, and taken as a whole or in part, once', async () => {
    const [whole, part] = [await held(), await held()];
    const before = await desk.claim(whole);

    const claims = [
      value(await desk.provider.capture(whole, asked)),
      value(await desk.provider.capture(part, rub(50_000n))),
      value(await desk.provider.capture(part, asked)),
      await desk.claim(part),
    ];

    assert.deepEqual([before.state, before.amount], ['held', asked]);
    assert.deepEqual(
      claims.map(({ state, amount, ref }) => [state, amount, ref]),
      [
        ['paid', asked, whole.ref],
        ...Array.from({ length: 3 }, () => ['paid', rub(50_000n), part.ref]),
      ],
    );
  });

  it('is not taken above what is held, nor in another currency; then the right sum still is', async () => {
    const key = await held();

    const refused = [
      await desk.provider.capture(key, rub(123_451n)),
      await desk.provider.capture(key, { minor: 1n, currency: 'USD' }),
      await desk.provider.capture({ paymentId: newId(), ref: '1' }, asked),
    ];

    assert.deepEqual(statesOf(refused), ['invalid', 'invalid', 'invalid']);
    assert.equal(value(await desk.provider.capture(key, asked)).state, 'paid');
  });

  for (const fault of losses) {
    it(`is taken, or let go, once although the answer is lost: ${fault}`, async () => {
      const [one, two] = [await held(), await held()];
      await desk.fault('capture', fault);
      await desk.fault('cancel', fault);

      const taken = value(await desk.provider.capture(one, rub(50_000n)));
      const released = value(await desk.provider.cancel(two));

      assert.deepEqual([taken.state, taken.amount], ['paid', rub(50_000n)]);
      assert.equal(released.state, 'canceled');
      assert.equal((await desk.readings()).length, 2);
    });
  }

  it('stays as it is, and unknown, while every answer is lost', async () => {
    const key = await held();
    await desk.fault('capture', 'reset-before-effect', 100);
    await desk.fault('cancel', '500-before-effect', 100);

    const outcomes = [await desk.provider.capture(key, asked), await desk.provider.cancel(key)];

    assert.deepEqual(statesOf(outcomes), ['unknown', 'unknown']);
    assert.equal(await bankState(key), 'AUTHORIZED');
  });

  it('is surely not touched when the rate is limited or the terminal is not ours', async () => {
    const key = await held();
    const stranger = tbank({ ...desk.settings, passwords: ['wrong'] });
    await desk.fault('capture', '429');
    await desk.fault('cancel', '429');

    const outcomes = [
      await desk.provider.capture(key, asked),
      await desk.provider.cancel(key),
      await stranger.capture?.(key, asked),
      await stranger.cancel?.(key),
    ];

    assert.deepEqual([...new Set(outcomes.map((each) => each?.tag))], ['not-attempted']);
    assert.equal(await bankState(key), 'AUTHORIZED');
  });
});

describe('an unpaid payment at T-Bank', () => {
  let desk: TbankDesk;
  beforeEach(async () => (desk = await givenTbankDesk()));
  afterEach(() => desk.close());

  it('is given up, by its number or by our id alone, and then cannot be paid', async () => {
    const [one, two] = [await desk.create(), await desk.create()];

    const claims = [
      value(await desk.provider.cancel(one)),
      value(await desk.provider.cancel(one)),
      value(await desk.provider.cancel({ ...two, ref: undefined })),
    ];

    assert.deepEqual([...new Set(claims.map(({ state }) => state))], ['canceled']);
    assert.equal((await desk.provider.cancel({ paymentId: newId(), ref: '1' })).tag, 'invalid');
  });

  it('is left alone while its payer is at the own bank, and answered as paid once it is', async () => {
    const key = await desk.create();
    await desk.act(key.paymentId, '3ds');

    const during = value(await desk.provider.cancel(key));
    await desk.act(key.paymentId, 'pay');
    const after = value(await desk.provider.cancel(key));

    assert.deepEqual([during.state, after.state, after.amount], ['open', 'paid', asked]);
    assert.equal((await desk.look(key.paymentId))['refundedMinor'], '0');
  });

  for (const fault of losses) {
    it(`is given up although the answer is lost: ${fault}`, async () => {
      const key = await desk.create();
      await desk.fault('cancel', fault);

      assert.equal(value(await desk.provider.cancel(key)).state, 'canceled');
    });
  }
});

describe('money that goes back through T-Bank', () => {
  let desk: TbankDesk;
  beforeEach(async () => (desk = await givenTbankDesk()));
  afterEach(() => desk.close());
  const wish = (payment: PaymentKey, over: Partial<RefundCommand> = {}): RefundCommand => ({
    ...{ refundId: newRefundId(), payment, captured: asked, paidBack: rub(0n) },
    ...{ amount: rub(23_450n), reason: '' },
    ...over,
  });
  const refunded = async ({ paymentId }: PaymentKey) =>
    (await desk.look(paymentId))['refundedMinor'];

  it('goes back once for one refund of ours, however often it is asked', async () => {
    const key = await desk.paid();
    const command = wish(key);

    const claims = [
      value(await desk.provider.refund(command)),
      value(await desk.provider.refund(command)),
      value(await desk.provider.refund({ ...command, payment: { ...key, ref: undefined } })),
    ];

    for (const claim of claims) {
      assert.deepEqual(claim, { state: 'succeeded', ref: undefined, amount: rub(23_450n) });
    }
    assert.equal(await refunded(key), '23450');
  });

  it('goes back in parts to the last kopeck, and a whole refund is told as the total', async () => {
    const key = await desk.paid();

    const first = value(await desk.provider.refund(wish(key, { amount: rub(100_000n) })));
    const between = await desk.claim(key);
    const second = value(await desk.provider.refund(wish(key)));
    const after = await desk.claim(key);

    assert.deepEqual([first.amount, second.amount], [rub(100_000n), rub(23_450n)]);
    assert.deepEqual(
      [between.state, between.amount, between.refundedTotal],
      ['paid', undefined, undefined],
    );
    assert.deepEqual([after.state, after.refundedTotal], ['paid', asked]);
  });

  for (const fault of losses) {
    it(`goes back once although the answer is lost: ${fault}`, async () => {
      const key = await desk.paid();
      await desk.fault('refund', fault);

      value(await desk.provider.refund(wish(key)));

      assert.equal(await refunded(key), '23450');
    });
  }

  it('stays unknown while every answer is lost; the same call later finds out', async () => {
    const key = await desk.paid();
    const command = wish(key);
    await desk.fault('refund', 'reset-after-effect', 2);

    const lost = await desk.provider.refund(command);
    const later = value(await desk.provider.refund(command));

    assert.equal(lost.tag, 'unknown');
    assert.deepEqual([later.state, later.amount], ['succeeded', rub(23_450n)]);
    assert.equal(await refunded(key), '23450');
  });

  it('is refused for sure while all of it is there; after a part went back a no is not believed', async () => {
    const key = await desk.paid();
    const tooMuch = wish(key, { amount: rub(123_451n) });

    const sure = await desk.provider.refund(tooMuch);
    value(await desk.provider.refund(wish(key)));
    const unsure = await desk.provider.refund({ ...tooMuch, refundId: newRefundId() });

    assert.deepEqual([sure.tag, unsure.tag], ['invalid', 'unknown']);
  });

  it('is nothing for a payment nobody has heard of, or in another currency', async () => {
    const key = await desk.paid();
    const stranger = { paymentId: newId(), ref: undefined };

    const outcomes = [
      await desk.provider.refund(wish(stranger)),
      await desk.provider.refund(wish(key, { amount: { minor: 1n, currency: 'USD' } })),
      await desk.provider.refund(wish(key, { captured: { minor: 1n, currency: 'USD' } })),
    ];

    assert.deepEqual(statesOf(outcomes), ['invalid', 'invalid', 'invalid']);
  });

  it('is surely not touched while the rate is limited', async () => {
    const key = await desk.paid();
    await desk.fault('refund', '429');

    assert.equal((await desk.provider.refund(wish(key))).tag, 'not-attempted');
    assert.equal(await refunded(key), '0');
  });
});
