import assert from 'node:assert/strict';
import Stripe from 'stripe';
import { signatureHeader } from '../../../src/adapters/simulators/stripe/webhooks/webhook-signature.ts';
import { givenSimulators, stripeKey, until, webhookSecret } from './running-simulators.ts';
import type { Running } from './running-simulators.ts';
import { order, sdk } from './stripe-orders.ts';

describe('the simulated card acquirer, judged by the official package', () => {
  let running: Running;
  let stripe: Stripe;
  beforeEach(async () => {
    running = await givenSimulators();
    stripe = sdk(running.port);
  });
  afterEach(() => running.close());

  it('signs as the published vector says', () => {
    const body =
      '{"id":"evt_1","object":"event","type":"checkout.session.completed",' +
      '"data":{"object":{"id":"cs_test_1","object":"checkout.session"}}}';
    assert.equal(
      signatureHeader(body, 'whsec_test', 1_700_000_000),
      't=1700000000,v1=577f770ed830a8f11ff78f55b90cc47af587c4373d942ea75318c642b058bb3a',
    );
  });

  it('makes one session for one key, however often it is asked', async () => {
    const first = await stripe.checkout.sessions.create(order('p1'), {
      idempotencyKey: 'p1:create',
    });
    const again = await stripe.checkout.sessions.create(order('p1'), {
      idempotencyKey: 'p1:create',
    });

    assert.equal(again.id, first.id);
    assert.equal(first.status, 'open');
    assert.equal(first.payment_status, 'unpaid');
    assert.equal(first.amount_total, 123_450);
    assert.equal(first.currency, 'rub');
    assert.equal(first.payment_intent, null);
    assert.deepEqual(first.metadata, { payment_id: 'p1' });
    const requests = await running.get('/control/stripe/requests');
    assert.deepEqual(requests, { items: [{ paymentId: 'p1', sessions: 1 }] });
  });

  it('refuses a key that comes back with other parameters', async () => {
    await stripe.checkout.sessions.create(order('p1'), { idempotencyKey: 'k' });

    await assert.rejects(
      stripe.checkout.sessions.create(order('p2'), { idempotencyKey: 'k' }),
      Stripe.errors.StripeIdempotencyError,
    );
  });

  it('refuses a wrong secret key, an unknown session and a parameter of an older version', async () => {
    const stranger = sdk(running.port, 'sk_test_wrong');
    const old = { ...order('p1'), payment_method_types: ['card'] };

    await assert.rejects(
      stranger.checkout.sessions.create(order('p1')),
      Stripe.errors.StripeAuthenticationError,
    );
    await assert.rejects(stripe.checkout.sessions.retrieve('cs_test_none'), { statusCode: 404 });
    await assert.rejects(stripe.checkout.sessions.create(old), {
      statusCode: 400,
      code: 'parameter_unknown',
      param: 'payment_method_types[0]',
    });
  });

  it('refuses a call that does not say its version', async () => {
    const answer = await fetch(`${running.url}/v1/checkout/sessions`, {
      headers: { authorization: `Bearer ${stripeKey}` },
    });
    assert.equal(answer.status, 400);
  });

  it('takes the payer from the page to the shop, and tells the shop in a signed notification', async () => {
    const session = await stripe.checkout.sessions.create(order('p1'));

    const paid = await choose(session.url, 'visa');

    assert.equal(paid.status, 303);
    assert.equal(paid.headers.get('location'), `https://shop.example/done?s=${session.id}`);
    const events = running.notices.map(({ body, signature }) =>
      stripe.webhooks.constructEvent(body, signature, webhookSecret),
    );
    assert.deepEqual(
      events.map(({ type }) => type),
      ['checkout.session.completed', 'payment_intent.succeeded'],
    );
    assert.equal(events[0]?.livemode, false);
    const seen = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['payment_intent'],
    });
    const intent = seen.payment_intent as Stripe.PaymentIntent;
    assert.equal(seen.payment_status, 'paid');
    assert.equal(seen.url, null);
    assert.equal(intent.status, 'succeeded');
    assert.equal(intent.amount_received, 123_450);
    assert.deepEqual(intent.metadata, { payment_id: 'p1' });
    const below = await stripe.paymentIntents.retrieve(intent.id);
    assert.equal(below.latest_charge, intent.latest_charge);
  });

  it('keeps the page open after a declined card, so that another one may pay', async () => {
    const session = await stripe.checkout.sessions.create({ ...order('p1'), locale: 'ru' });

    await choose(session.url, 'insufficient-funds');
    const page = await (await fetch(session.url ?? '')).text();
    const between = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['payment_intent'],
    });
    await choose(session.url, '3ds-ok');

    assert.match(page, /На карте недостаточно средств/);
    assert.equal(between.status, 'open');
    const error = (between.payment_intent as Stripe.PaymentIntent).last_payment_error;
    assert.equal(error?.decline_code, 'insufficient_funds');
    const after = await stripe.checkout.sessions.retrieve(session.id);
    assert.equal(after.payment_status, 'paid');
  });

  it('completes a delayed payment unpaid, and pays it when the bank has said yes', async () => {
    const session = await stripe.checkout.sessions.create(order('p1'));

    await choose(session.url, 'delayed');
    const waiting = await stripe.checkout.sessions.retrieve(session.id);
    await running.post('/control/stripe/payments/p1', { outcome: 'pay' });

    assert.deepEqual([waiting.status, waiting.payment_status], ['complete', 'unpaid']);
    const types = running.notices.map(({ body }) => (JSON.parse(body) as { type: string }).type);
    assert.ok(types.includes('checkout.session.async_payment_succeeded'));
  });

  it('leads back to the shop on cancel, and stays open when the payer just leaves', async () => {
    const session = await stripe.checkout.sessions.create(order('p1'));

    const left = await choose(session.url, 'leave');
    const cancelled = await choose(session.url, 'cancel');

    assert.equal(left.status, 200);
    assert.equal(cancelled.headers.get('location'), 'https://shop.example/cancelled');
    assert.equal((await stripe.checkout.sessions.retrieve(session.id)).status, 'open');
  });

  it('expires an open session once, and never a paid one', async () => {
    const session = await stripe.checkout.sessions.create(order('p1'));

    const expired = await stripe.checkout.sessions.expire(session.id);

    assert.equal(expired.status, 'expired');
    await assert.rejects(stripe.checkout.sessions.expire(session.id), { statusCode: 400 });
    await until(() => running.notices.length === 1);
    assert.match(running.notices[0]?.body ?? '', /"checkout\.session\.expired"/);
  });

  it('holds money for a shop that captures by hand, and releases the rest', async () => {
    const manual = { payment_intent_data: { capture_method: 'manual' as const } };
    const session = await stripe.checkout.sessions.create({ ...order('p1'), ...manual });
    await choose(session.url, 'mastercard');
    const held = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['payment_intent'],
    });
    const { id, status } = held.payment_intent as Stripe.PaymentIntent;

    const captured = await stripe.paymentIntents.capture(id, { amount_to_capture: 100_000 });

    assert.deepEqual([status, held.payment_status], ['requires_capture', 'unpaid']);
    assert.deepEqual([captured.status, captured.amount_received], ['succeeded', 100_000]);
    await assert.rejects(stripe.paymentIntents.capture(id), { statusCode: 400 });
  });

  it('gives back what was paid, and not a kopeck more', async () => {
    const session = await stripe.checkout.sessions.create(order('p1'));
    await choose(session.url, 'visa');
    const { payment_intent } = await stripe.checkout.sessions.retrieve(session.id);
    const of = { payment_intent: payment_intent as string };

    const part = await stripe.refunds.create({ ...of, amount: 23_450 });
    await assert.rejects(stripe.refunds.create({ ...of, amount: 100_001 }), { param: 'amount' });
    const rest = await stripe.refunds.create(of);

    assert.deepEqual([part.status, part.amount, rest.amount], ['succeeded', 23_450, 100_000]);
    assert.equal((await stripe.refunds.retrieve(part.id)).amount, 23_450);
    await assert.rejects(stripe.refunds.create(of), { code: 'charge_already_refunded' });
  });

  it('lists sessions newest first, page after page', async () => {
    for (const id of ['p1', 'p2', 'p3']) await stripe.checkout.sessions.create(order(id));

    const first = await stripe.checkout.sessions.list({ limit: 2, status: 'open' });
    const last = first.data.at(-1)?.id ?? '';
    const second = await stripe.checkout.sessions.list({ limit: 2, starting_after: last });

    const ids = [...first.data, ...second.data].map((each) => each.client_reference_id);
    assert.deepEqual(ids, ['p3', 'p2', 'p1']);
    assert.deepEqual([first.has_more, second.has_more], [true, false]);
  });
});

function choose(url: string | null, choice: string): Promise<Response> {
  const body = new URLSearchParams({ choice });
  return fetch(url ?? '', { method: 'POST', body, redirect: 'manual' });
}
