import assert from 'node:assert/strict';
import Stripe from 'stripe';
import { givenStripe } from './stripe-orders.ts';
import type { StripeShop } from './stripe-orders.ts';

const DAY = 24 * 60 * 60_000;

describe('money that goes back through the simulated card acquirer', () => {
  let shop: StripeShop;
  beforeEach(async () => {
    shop = await givenStripe();
  });
  afterEach(() => shop.close());

  const told = async () => (await shop.events()).map(({ type, data }) => [type, sumIn(data)]);

  it('is paid back once for one key, with the shop’s own words on it', async () => {
    const payment_intent = await shop.paid();
    const params = { payment_intent, amount: 23_450, metadata: { refund_id: 'r1' } };
    const options = { idempotencyKey: 'r1' };

    const first = await shop.stripe.refunds.create(params, options);
    const again = await shop.stripe.refunds.create(params, options);

    assert.equal(again.id, first.id);
    assert.deepEqual([first.status, first.metadata], ['succeeded', { refund_id: 'r1' }]);
    assert.equal(
      first.charge,
      (await shop.stripe.paymentIntents.retrieve(payment_intent)).latest_charge,
    );
    await assert.rejects(
      shop.stripe.refunds.create({ ...params, amount: 1 }, options),
      Stripe.errors.StripeIdempotencyError,
    );
    assert.deepEqual(await told(), [
      ['refund.created', 23_450],
      ['charge.refunded', 23_450],
    ]);
  });

  it('is found again by its id and by its intent, newest first, page after page', async () => {
    const payment_intent = await shop.paid();
    const ids: string[] = [];
    for (const amount of [1, 2, 3]) {
      ids.unshift((await shop.stripe.refunds.create({ payment_intent, amount })).id);
      await shop.timers.advance(1_000);
    }

    const first = await shop.stripe.refunds.list({ payment_intent, limit: 2 });
    const second = await shop.stripe.refunds.list({ payment_intent, starting_after: ids[1]! });
    const none = await shop.stripe.refunds.list({ payment_intent: 'pi_other' });
    const early = { lt: Math.floor(shop.timers.now() / 1_000) - 2 };
    const oldest = await shop.stripe.refunds.list({ payment_intent, created: early });

    assert.deepEqual(
      [...first.data, ...second.data].map(({ id }) => id),
      ids,
    );
    assert.deepEqual([first.has_more, second.has_more, none.data], [true, false, []]);
    assert.deepEqual(
      oldest.data.map(({ amount }) => amount),
      [1],
    );
    assert.equal((await shop.stripe.refunds.retrieve(ids[0]!)).amount, 3);
    await assert.rejects(shop.stripe.refunds.retrieve('re_none'), { statusCode: 404 });
  });

  it('is pending for as long as the settings say', async () => {
    const slow = await givenStripe({ refundPendingMs: 2 * DAY });
    const payment_intent = await slow.paid();

    const made = await slow.stripe.refunds.create({ payment_intent });
    await slow.events();
    await slow.timers.advance(2 * DAY - 1);
    const before = await slow.stripe.refunds.retrieve(made.id);
    const early = await slow.events();
    await slow.timers.advance(1);
    const after = await slow.stripe.refunds.retrieve(made.id);
    const [updated, ...rest] = await slow.events();
    await slow.close();

    assert.deepEqual(
      [made.status, before.status, after.status],
      ['pending', 'pending', 'succeeded'],
    );
    assert.deepEqual([early, updated?.type, rest], [[], 'refund.updated', []]);
    assert.equal((updated?.data.object as Stripe.Refund).status, 'succeeded');
  });

  it('is pending until somebody says so, and counts as paid back meanwhile', async () => {
    const payment_intent = await shop.paid();
    await shop.order({ outcome: 'refund-waits' });

    const { id, status } = await shop.stripe.refunds.create({ payment_intent, amount: 100_000 });
    await shop.timers.advance(30 * DAY);
    const waiting = await shop.stripe.refunds.retrieve(id);
    await assert.rejects(shop.stripe.refunds.create({ payment_intent, amount: 23_451 }), {
      param: 'amount',
    });
    await shop.events();
    await shop.order({ outcome: 'refund-succeeds' });

    assert.deepEqual([status, waiting.status], ['pending', 'pending']);
    assert.deepEqual(await told(), [['refund.updated', 100_000]]);
    assert.equal((await shop.order({ outcome: 'refund-succeeds' })).status, 409);
  });

  it('comes back days after it was paid out, and may be paid back again', async () => {
    const payment_intent = await shop.paid();
    assert.equal((await shop.order({ outcome: 'refund-fails' })).status, 409);
    await shop.stripe.refunds.create({ payment_intent, amount: 23_450 });
    const last = await shop.stripe.refunds.create({ payment_intent });
    await shop.events();
    await shop.timers.advance(5 * DAY);

    await shop.order({ outcome: 'refund-fails' });

    const failed = await shop.stripe.refunds.retrieve(last.id);
    assert.deepEqual(
      [failed.status, failed.failure_reason],
      ['failed', 'expired_or_canceled_card'],
    );
    assert.deepEqual(await told(), [
      ['refund.failed', 100_000],
      ['charge.refunded', 23_450],
    ]);
    assert.equal((await shop.stripe.refunds.create({ payment_intent })).amount, 100_000);
  });

  it('is paid back in the cabinet too, told by the running total', async () => {
    assert.equal((await shop.order({ outcome: 'refund' })).status, 404);
    const payment_intent = await shop.paid();

    await shop.order({ outcome: 'refund', amountMinor: 23_450 });
    const tooMuch = await shop.order({ outcome: 'refund', amountMinor: 100_001 });
    await shop.order({ outcome: 'refund' });
    const nothingLeft = await shop.order({ outcome: 'refund' });

    assert.deepEqual([tooMuch.status, nothingLeft.status], [409, 409]);
    const events = await shop.events();
    assert.deepEqual(
      events.map(({ type, data }) => [type, sumIn(data)]),
      [
        ['refund.created', 23_450],
        ['charge.refunded', 23_450],
        ['refund.created', 100_000],
        ['charge.refunded', 123_450],
      ],
    );
    const charge = events.at(-1)?.data.object as Stripe.Charge;
    assert.deepEqual([charge.refunded, charge.metadata], [true, { payment_id: 'p1' }]);
    assert.equal(charge.payment_intent, payment_intent);
  });

  for (const status of ['won', 'lost'] as const) {
    it(`is disputed by the payer’s bank, and the dispute is ${status}`, async () => {
      const payment_intent = await shop.paid();
      assert.equal((await shop.order({ outcome: `dispute-${status}` })).status, 409);

      await shop.order({ outcome: 'dispute', amountMinor: 100_000 });
      await shop.order({ outcome: `dispute-${status}` });
      const again = await shop.order({ outcome: 'dispute' });

      assert.equal(again.status, 409);
      const [opened, closed] = await shop.events();
      const dispute = opened?.data.object as Stripe.Dispute;
      const { latest_charge } = await shop.stripe.paymentIntents.retrieve(payment_intent);
      assert.deepEqual(
        [opened?.type, closed?.type],
        ['charge.dispute.created', 'charge.dispute.closed'],
      );
      assert.deepEqual(
        { ...dispute, id: undefined, created: undefined },
        {
          id: undefined,
          created: undefined,
          object: 'dispute',
          amount: 100_000,
          charge: latest_charge,
          currency: 'rub',
          livemode: false,
          metadata: {},
          payment_intent,
          reason: 'fraudulent',
          status: 'needs_response',
        },
      );
      assert.deepEqual(closed?.data.object, { ...dispute, status });
    });
  }

  it('is not disputed before it was taken, nor more of it than was taken', async () => {
    await shop.stripe.checkout.sessions.create({
      ...{ mode: 'payment', client_reference_id: 'p1', success_url: 'https://shop.example' },
      line_items: [
        {
          quantity: 1,
          price_data: { currency: 'rub', unit_amount: 100, product_data: { name: 'x' } },
        },
      ],
    });
    const early = await shop.order({ outcome: 'dispute' });
    await shop.order({ outcome: 'pay' });
    const tooMuch = await shop.order({ outcome: 'dispute', amountMinor: 101 });
    assert.deepEqual([early.status, tooMuch.status], [409, 409]);
  });
});

function sumIn({ object }: Stripe.Event['data']): unknown {
  const { amount, amount_refunded } = object as { amount: number; amount_refunded?: number };
  return amount_refunded ?? amount;
}
