import assert from 'node:assert/strict';
import Stripe from 'stripe';
import { givenSimulators, until, webhookSecret } from './running-simulators.ts';
import type { Running } from './running-simulators.ts';
import { order, sdk } from './stripe-orders.ts';

const payment = '/control/stripe/payments/p1';

describe('the levers of the simulated card acquirer', () => {
  let running: Running;
  let stripe: Stripe;
  beforeEach(async () => {
    running = await givenSimulators();
    stripe = sdk(running.port);
  });
  afterEach(() => running.close());

  it('knows no payment before the shop has started it, and takes only orders it understands', async () => {
    const early = await running.post(payment, { outcome: 'pay' });
    await stripe.checkout.sessions.create(order('p1'));
    const bad = await running.post(payment, { outcome: 'pay', forge: 'moon' });
    const noJson = await running.post(payment, 'outcome=pay');

    assert.deepEqual([early.status, bad.status, noJson.status], [404, 400, 400]);
  });

  it('pays, and says what the shop answered', async () => {
    await stripe.checkout.sessions.create(order('p1'));

    const { status, json } = await running.post(payment, { outcome: 'pay', times: 2 });

    assert.equal(status, 200);
    assert.equal(json['paymentStatus'], 'paid');
    const told = json['notifications'] as { event: string; status: number }[];
    assert.deepEqual(
      told.map((each) => each.status),
      [200, 200, 200, 200],
    );
    assert.equal(told[0]?.event, told[1]?.event);
    assert.equal(running.notices.length, 4);
    const list = (await running.get('/control/stripe/payments')) as { items: object[] };
    assert.equal(list.items.length, 1);
  });

  it('tells the same fact again under a new event id when a paid payment is paid again', async () => {
    await stripe.checkout.sessions.create(order('p1'));

    await running.post(payment, { outcome: 'pay' });
    await running.post(payment, { outcome: 'pay', reversed: true });

    const ids = new Set(running.notices.map(({ body }) => (JSON.parse(body) as { id: string }).id));
    assert.equal(ids.size, 4);
    assert.match(running.notices[2]?.body ?? '', /payment_intent\.succeeded/);
  });

  for (const forge of [true, 'signature', 'secret', 'unsigned', 'body'] as const) {
    it(`forges a notification (${forge}) the package refuses, and nothing is paid`, async () => {
      const { id } = await stripe.checkout.sessions.create(order('p1'));

      await running.post(payment, { outcome: 'pay', forge });

      const [notice] = running.notices;
      assert.throws(
        () =>
          stripe.webhooks.constructEvent(
            notice?.body ?? '',
            notice?.signature ?? '',
            webhookSecret,
          ),
        Stripe.errors.StripeSignatureVerificationError,
      );
      assert.equal((await stripe.checkout.sessions.retrieve(id)).payment_status, 'unpaid');
    });
  }

  it('stamps forged notifications in the past or the future, or with the other mode', async () => {
    await stripe.checkout.sessions.create(order('p1'));
    for (const forge of ['old', 'future', 'livemode']) {
      await running.post(payment, { outcome: 'pay', forge });
    }

    const [old, , future, , live] = running.notices;
    const now = Date.now() / 1000;
    assert.ok(stampOf(old?.signature) < now - 300);
    assert.ok(stampOf(future?.signature) > now + 300);
    assert.match(live?.body ?? '', /"livemode":true,"pending_webhooks"/);
  });

  it('claims another amount everywhere', async () => {
    const { id } = await stripe.checkout.sessions.create(order('p1'));

    await running.post(payment, { outcome: 'pay', amountMinor: '100' });

    const seen = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] });
    assert.equal(seen.amount_total, 100);
    assert.equal((seen.payment_intent as Stripe.PaymentIntent).amount_received, 100);
    assert.match(running.notices[0]?.body ?? '', /"amount_total":100,/);
  });

  it('sends a notification late, again after a refusal, or not at all while it is paused', async () => {
    for (const id of ['p1', 'p2', 'p3']) await stripe.checkout.sessions.create(order(id));

    const late = await running.post(payment, { outcome: 'pay', delayMs: 50 });
    assert.deepEqual([running.notices.length, late.json['notificationsInMs']], [0, 50]);
    await until(() => running.notices.length === 2);

    running.shopAnswers.push(500);
    await running.post('/control/stripe/payments/p2', { outcome: 'decline' });
    await until(() => running.notices.length === 4);
    assert.equal(running.notices[2]?.body, running.notices[3]?.body);

    await running.post('/control/stripe/webhooks', { paused: true });
    await running.post('/control/stripe/payments/p3', { outcome: 'pay' });
    assert.equal(running.notices.length, 4);
    const resumed = await running.post('/control/stripe/webhooks', { paused: false });
    assert.equal(resumed.json['held'], 2);
    await until(() => running.notices.length === 6);
  });

  it('does nothing when the payer leaves, and nothing more after the session has expired', async () => {
    await stripe.checkout.sessions.create(order('p1'));

    const left = await running.post(payment, { outcome: 'leave' });
    await running.post(payment, { outcome: 'expire' });
    const dead = await running.post(payment, { outcome: 'pay' });

    assert.deepEqual([left.status, left.json['status'], dead.status], [200, 'open', 409]);
  });

  for (const fault of ['reset-after-effect', 'hang-after-effect', '500-before-effect'] as const) {
    it(`recovers from ${fault} by the same key, with one session made`, async () => {
      await running.post('/control/stripe/next', { fault, delayMs: 3_000 });

      const patient = sdk(running.port, undefined, 2);
      const session = await patient.checkout.sessions.create(order('p1'), { idempotencyKey: 'k' });

      assert.equal(session.client_reference_id, 'p1');
      assert.deepEqual(await running.get('/control/stripe/requests'), {
        items: [{ paymentId: 'p1', sessions: 1 }],
      });
    });
  }

  it('replays a 500 given after the effect, so only the list tells what happened', async () => {
    await running.post('/control/stripe/next', { fault: '500-after-effect' });

    const patient = sdk(running.port, undefined, 1);
    const lost = patient.checkout.sessions.create(order('p1'), { idempotencyKey: 'k' });

    await assert.rejects(lost, { statusCode: 500 });
    const { data } = await stripe.checkout.sessions.list();
    assert.deepEqual(
      data.map((each) => each.client_reference_id),
      ['p1'],
    );
  });

  it('limits the rate, and says 409 while the first request under a key is running', async () => {
    const options = { idempotencyKey: 'k' };
    await running.post('/control/stripe/next', { fault: '429' });
    await assert.rejects(
      stripe.checkout.sessions.create(order('p1'), options),
      Stripe.errors.StripeRateLimitError,
    );

    await running.post('/control/stripe/next', { fault: 'hang-before-effect', delayMs: 300 });
    const slow = stripe.checkout.sessions.create(order('p1'), options);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await assert.rejects(stripe.checkout.sessions.create(order('p1'), options), {
      statusCode: 409,
    });
    assert.equal((await slow).client_reference_id, 'p1');
  });

  it('shows people the same choices on a page that escapes what shops write', async () => {
    await stripe.checkout.sessions.create(order('p1'));

    const answer = await fetch(`${running.url}/control/stripe`);
    const page = await answer.text();

    assert.match(page, /Счёт 7000001-1 &amp; &lt;b&gt;/);
    assert.match(answer.headers.get('content-security-policy') ?? '', /^default-src 'none'/);
    const start = await (await fetch(running.url)).text();
    assert.match(start, /\/control\/stripe/);
  });
});

function stampOf(signature = ''): number {
  return Number(/t=(\d+)/.exec(signature)?.[1]);
}
