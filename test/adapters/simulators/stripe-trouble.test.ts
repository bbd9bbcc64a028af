import assert from 'node:assert/strict';
import Stripe from 'stripe';
import { givenStripe, held, order } from './stripe-orders.ts';
import type { StripeShop } from './stripe-orders.ts';

describe('trouble with the simulated card acquirer', () => {
  let shop: StripeShop;
  beforeEach(async () => {
    shop = await givenStripe();
  });
  afterEach(() => shop.close());

  describe('forges notifications that are signed truly', () => {
    const forged = async (forge: string, more: object = {}): Promise<Record<string, unknown>[]> => {
      const { id } = await shop.stripe.checkout.sessions.create(order('p1'));
      await shop.order({ outcome: 'pay', forge, ...more });
      const session = await shop.stripe.checkout.sessions.retrieve(id);
      assert.deepEqual([session.status, session.amount_total], ['open', 123_450]);
      return (await shop.events()).map(({ type, livemode, data }) => ({
        type,
        livemode,
        ...(data.object as unknown as Record<string, unknown>),
      }));
    };

    it('over another sum', async () => {
      const [session, intent] = await forged('amount');
      assert.deepEqual(
        [session?.['amount_total'], intent?.['amount_received']],
        [123_550, 123_550],
      );
      assert.deepEqual([session?.['payment_status'], intent?.['status']], ['paid', 'succeeded']);
    });

    it('over the sum that was ordered', async () => {
      const [session] = await forged('amount', { amountMinor: 1 });
      assert.equal(session?.['amount_total'], 1);
    });

    it('in another currency', async () => {
      const told = await forged('currency');
      assert.deepEqual(
        told.map(({ currency }) => currency),
        ['usd', 'usd'],
      );
    });

    it('from the other mode', async () => {
      const told = await forged('mode');
      assert.deepEqual(
        told.map(({ livemode }) => livemode),
        [true, true],
      );
    });

    it('with a name or a state nobody knows', async () => {
      const [session, intent] = await forged('other-shape');
      assert.equal(session?.['type'], 'checkout.session.unheard_of');
      assert.deepEqual(
        [intent?.['type'], intent?.['status']],
        ['payment_intent.succeeded', 'unheard_of'],
      );
    });
  });

  it('goes wrong in each kind of call by itself', async () => {
    const options = { idempotencyKey: 'k' };
    const { id } = await shop.stripe.checkout.sessions.create(held('p1'));
    await shop.order({ outcome: 'pay' });
    const trouble = (call: string, fault = '500-before-effect') =>
      shop.control('/control/stripe/next', { call, fault });
    for (const call of ['create', 'query', 'list', 'capture', 'cancel', 'refund']) {
      await trouble(call);
    }
    const { sessions } = shop.stripe.checkout;
    const { paymentIntents, refunds } = shop.stripe;
    const broken = { statusCode: 500 };

    await assert.rejects(sessions.create(order('p2')), broken);
    await assert.rejects(sessions.retrieve(id), broken);
    await assert.rejects(sessions.list(), broken);
    const pi = (await sessions.retrieve(id)).payment_intent as string;
    await assert.rejects(paymentIntents.capture(pi, {}, options), broken);
    await assert.rejects(paymentIntents.cancel(pi), broken);
    await assert.rejects(refunds.create({ payment_intent: pi }), broken);
    assert.equal((await paymentIntents.capture(pi, {}, options)).status, 'succeeded');

    await trouble('refund', 'reset-after-effect');
    const back = { payment_intent: pi, amount: 1 };
    await assert.rejects(refunds.create(back, options), Stripe.errors.StripeIdempotencyError);
    // The package itself tries once more after a cut.
    const twice = { call: 'refund', fault: 'reset-after-effect', times: 2 };
    await shop.control('/control/stripe/next', twice);
    const lost = refunds.create(back, { idempotencyKey: 'r' });
    await assert.rejects(lost, Stripe.errors.StripeConnectionError);
    const again = await refunds.create(back, { idempotencyKey: 'r' });
    const { data } = await refunds.list({ payment_intent: pi });
    assert.deepEqual(
      data.map((each) => each.id),
      [again.id],
    );
  });

  it('has the levers every system has, beside its own names for them', async () => {
    await shop.paid();
    await shop.control('/control/stripe/notifications', { paused: true });
    await shop.order({ outcome: 'pay' });
    const resumed = await shop.control('/control/stripe/webhooks', { paused: false, lose: true });
    const one = await fetch(`${shop.url}/control/stripe/payments/p1`);
    const { items, made } = (await one.json()) as {
      items: Record<string, unknown>[];
      made: number;
    };
    const sent = await fetch(`${shop.url}/control/stripe/notifications`);
    const notices = ((await sent.json()) as { items: { kind: string; paymentId: string }[] }).items;

    assert.deepEqual([resumed.json['held'], made], [2, 1]);
    const { paymentId, amountMinor, currency, refundedMinor, state } = items[0]!;
    assert.deepEqual(
      [paymentId, amountMinor, currency, refundedMinor, state],
      ['p1', '123450', 'RUB', '0', 'complete · paid · succeeded'],
    );
    assert.deepEqual(
      notices.map((each) => [each.kind, each.paymentId]),
      [
        ['payment_intent.succeeded', 'p1'],
        ['checkout.session.completed', 'p1'],
      ],
    );
  });
});
