import assert from 'node:assert/strict';
import { webhookSecret } from './running-simulators.ts';
import { givenStripe, held, order, sdk, signatureOf } from './stripe-orders.ts';
import type { StripeShop } from './stripe-orders.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('the simulated card acquirer on a clock moved by hand', () => {
  let shop: StripeShop;
  beforeEach(async () => {
    shop = await givenStripe();
  });
  afterEach(() => shop.close());

  const seconds = () => Math.floor(shop.timers.now() / 1_000);

  it('stamps sessions, events and signatures with that clock', async () => {
    await shop.timers.advance(3 * DAY);
    const session = await shop.stripe.checkout.sessions.create(order('p1'));
    await shop.order({ outcome: 'pay' });

    const [notice] = shop.notices;
    assert.match(signatureOf(notice!), new RegExp(`^t=${seconds()},v1=[0-9a-f]{64}$`));
    const [event] = await shop.events();
    assert.deepEqual(
      [session.created, session.expires_at, event?.created],
      [seconds(), seconds() + 86_400, seconds()],
    );
  });

  it('lets a session expire to the second, and tells of it though nobody looks', async () => {
    const expires_at = seconds() + 30 * 60;
    const { id } = await shop.stripe.checkout.sessions.create({ ...order('p1'), expires_at });
    await shop.stripe.checkout.sessions.create({ ...order('p2'), expires_at });
    const statusOf = async () => (await shop.stripe.checkout.sessions.retrieve(id)).status;

    await shop.timers.advance(30 * MINUTE - 1);
    assert.equal(await statusOf(), 'open');
    await shop.timers.advance(1);
    assert.equal(await statusOf(), 'expired');
    await shop.timers.advance(MINUTE);

    const types = (await shop.events()).map(({ type }) => type);
    assert.deepEqual(types, ['checkout.session.expired', 'checkout.session.expired']);
    assert.equal((await shop.order({ outcome: 'pay' })).status, 409);
  });

  it('holds money for seven days, says so, and lets it go', async () => {
    const { id } = await shop.stripe.checkout.sessions.create(held('p1'));
    await shop.order({ outcome: 'pay' });
    const events = await shop.events();
    const intentId = (await shop.stripe.checkout.sessions.retrieve(id)).payment_intent as string;

    await shop.timers.advance(7 * DAY - 1_000);
    const before = await shop.stripe.paymentIntents.retrieve(intentId);
    await shop.timers.advance(1_000);
    const after = await shop.stripe.paymentIntents.retrieve(intentId);

    assert.deepEqual(
      events.map(({ type }) => type),
      ['checkout.session.completed', 'payment_intent.amount_capturable_updated'],
    );
    assert.deepEqual([before.status, before.amount_capturable], ['requires_capture', 123_450]);
    assert.deepEqual([after.status, after.amount_capturable], ['canceled', 0]);
    await assert.rejects(shop.stripe.paymentIntents.capture(intentId), { statusCode: 400 });
    assert.deepEqual(
      (await shop.events()).map(({ type }) => type),
      ['payment_intent.canceled'],
    );
    assert.equal((await shop.order({ outcome: 'pay' })).status, 409);
  });

  it('lets held money go when the shop says so, and keeps what the shop has taken', async () => {
    const intentId = await shop.paid(held('p1'));
    await shop.stripe.paymentIntents.capture(intentId, { amount_to_capture: 100_000 });
    await shop.timers.advance(8 * DAY);
    assert.equal((await shop.stripe.paymentIntents.retrieve(intentId)).status, 'succeeded');

    const second = await shop.stripe.checkout.sessions.create(held('p2'));
    await shop.control('/control/stripe/payments/p2', { outcome: 'pay' });
    const seen = await shop.stripe.checkout.sessions.retrieve(second.id);
    const canceled = await shop.stripe.paymentIntents.cancel(seen.payment_intent as string, {
      cancellation_reason: 'requested_by_customer',
    });
    assert.deepEqual(
      [canceled.status, canceled.cancellation_reason],
      ['canceled', 'requested_by_customer'],
    );
  });

  it('lists what was made within a window', async () => {
    const from = seconds();
    for (const id of ['p1', 'p2', 'p3']) {
      await shop.stripe.checkout.sessions.create(order(id));
      await shop.timers.advance(HOUR);
    }

    const created = { gte: from + 3_600, lt: from + 7_200 };
    const { data } = await shop.stripe.checkout.sessions.list({ created });

    assert.deepEqual(
      data.map((each) => each.client_reference_id),
      ['p2'],
    );
  });

  it('pays a delayed method after twenty seconds', async () => {
    const { id } = await shop.stripe.checkout.sessions.create(order('p1'));
    await shop.order({ outcome: 'delayed' });
    assert.equal((await shop.stripe.checkout.sessions.retrieve(id)).payment_status, 'unpaid');
    await shop.order({ outcome: 'insufficient-funds' });

    assert.deepEqual(
      (await shop.events()).map(({ type }) => type),
      [
        'checkout.session.completed',
        'payment_intent.processing',
        'checkout.session.async_payment_failed',
        'payment_intent.payment_failed',
      ],
    );
    assert.equal((await shop.order({ outcome: 'pay' })).status, 409);
  });

  for (const [livemode, pausesMs] of [
    [false, [1_000, 5_000, 30_000, 2 * MINUTE]],
    [
      true,
      [
        ...[1_000, 5_000, 30_000, 2 * MINUTE, 10 * MINUTE],
        ...[HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, DAY],
      ],
    ],
  ] as const) {
    it(`tells it again ${pausesMs.length} times in ${livemode ? 'live' : 'test'} mode, signed anew each time`, async () => {
      const stubborn = await givenStripe({ livemode });
      const since: number[] = [];
      const start = stubborn.timers.now();
      const push = stubborn.notices.push.bind(stubborn.notices);
      stubborn.notices.push = (notice) => {
        stubborn.shopAnswers.push({ status: 503 });
        since.push(stubborn.timers.now() - start);
        return push(notice);
      };
      stubborn.shopAnswers.push({ status: 503 });
      await stubborn.stripe.checkout.sessions.create(order('p1'));
      await stubborn.order({ outcome: 'expire' });
      await stubborn.timers.advance(5 * DAY);
      const events = await stubborn.events();
      await stubborn.close();

      let at = 0;
      const expected = [0, ...pausesMs.map((pauseMs) => (at += pauseMs))];
      assert.deepEqual(since, expected);
      assert.deepEqual([...new Set(events.map(({ id }) => id))].length, 1);
      assert.equal(events[0]?.livemode, livemode);
    });
  }

  it('signs twice while a secret is being replaced, with the old one first', async () => {
    const turning = await givenStripe({ retiringWebhookSecret: 'whsec_old' });
    await turning.stripe.checkout.sessions.create(order('p1'));
    await turning.order({ outcome: 'decline' });
    const [notice] = turning.notices;
    const header = signatureOf(notice!);
    const byNew = await turning.events();
    const madeAt = turning.timers.now();
    await turning.close();

    const judge = (secret: string, signature: string) =>
      sdk(1).webhooks.constructEvent(notice!.body, signature, secret, 300, undefined, madeAt);
    const [stamp, first, ...rest] = header.split(',');
    assert.equal(byNew.length, 1);
    assert.equal(rest.length, 1);
    assert.equal(judge('whsec_old', `${stamp},${first}`).type, 'payment_intent.payment_failed');
    assert.throws(() => judge(webhookSecret, `${stamp},${first}`), /signature/i);
  });
});
