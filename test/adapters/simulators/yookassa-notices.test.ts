import assert from 'node:assert/strict';
import { BlockList } from 'node:net';
import { eventAndStatus, fieldsOf, givenYookassa } from './yookassa-shop.ts';
import type { YookassaShop } from './yookassa-shop.ts';

type Fields = Record<string, unknown>;

const SECOND = 1_000;
const DAY = 24 * 60 * 60 * SECOND;

/** The published list, written again here, so that the test does not trust what it tests. */
const allowed = new BlockList();
for (const [network, prefix] of [
  ['185.71.76.0', 27],
  ['185.71.77.0', 27],
  ['77.75.153.0', 25],
  ['77.75.154.128', 25],
] as const) {
  allowed.addSubnet(network, prefix);
}
for (const address of ['77.75.156.11', '77.75.156.35']) allowed.addAddress(address);

describe('what the simulated YooKassa tells the shop', () => {
  let shop: YookassaShop;
  beforeEach(async () => {
    shop = await givenYookassa();
  });
  afterEach(() => shop.close());

  it('is the event and the object, unsigned, from an address of the published list', async () => {
    const payment = await shop.create();
    await shop.order({ outcome: 'pay' });

    const [notice] = shop.notices;
    const { type, event, object, ...rest } = fieldsOf(notice!);
    assert.deepEqual([type, event, rest], ['notification', 'payment.succeeded', {}]);
    assert.deepEqual(object, await shop.look(payment));
    assert.equal(notice?.headers['content-type'], 'application/json');
    assert.equal(notice?.headers['x-forwarded-for'], '185.71.76.1');
    for (const [address, isAllowed] of [
      ['185.71.76.1', true],
      ['185.71.76.31', true],
      ['185.71.76.32', false],
      ['77.75.154.128', true],
      ['77.75.154.127', false],
      ['77.75.156.12', false],
      ['203.0.113.9', false],
    ] as const) {
      assert.equal(allowed.check(address), isAllowed, address);
    }
  });

  it('comes from the address it is set to', async () => {
    const other = await givenYookassa({ sourceAddress: '2a02:5180::7' });
    await other.create();
    await other.order({ outcome: 'pay' });
    const from = other.notices[0]?.headers['x-forwarded-for'];
    await other.close();
    assert.equal(from, '2a02:5180::7');
  });

  it('comes seven times within a day, byte by byte the same, while the shop does not answer 200', async () => {
    const payment = await shop.create({ capture: false });
    const since: number[] = [];
    const start = shop.timers.now();
    const push = shop.notices.push.bind(shop.notices);
    shop.notices.push = (notice) => {
      since.push((shop.timers.now() - start) / SECOND);
      return push(notice);
    };
    const answers = [500, 201, 202, 204, 302, 404, 503].map((status) => ({ status }));
    shop.shopAnswers.push(...answers);

    await shop.order({ outcome: 'pay' });
    await shop.timers.advance(2 * DAY);

    assert.deepEqual(since, [0, 10, 52, 136, 304, 976, 6_352]);
    assert.equal(new Set(shop.notices.map(({ body }) => body.toString())).size, 1);
    assert.equal((await shop.look(payment))['status'], 'waiting_for_capture');
  });

  it('goes on telling of what has changed since', async () => {
    const payment = await shop.create({ capture: false });
    shop.shopAnswers.push({ status: 500 });
    await shop.order({ outcome: 'pay' });
    await shop.post(`/payments/${String(payment['id'])}/capture`, {});
    await shop.timers.advance(10 * SECOND);

    assert.deepEqual((await shop.told()).map(eventAndStatus), [
      ['payment.waiting_for_capture', 'waiting_for_capture'],
      ['payment.succeeded', 'succeeded'],
      ['payment.waiting_for_capture', 'waiting_for_capture'],
    ]);
  });

  it('ends with the first 200', async () => {
    await shop.create();
    shop.shopAnswers.push({ status: 500 });
    await shop.order({ outcome: 'pay' });
    await shop.timers.advance(2 * DAY);
    assert.equal(shop.notices.length, 2);
  });

  it('ends the payment with each decline, and says why', async () => {
    const words: [string, string, string][] = [
      ['decline', 'payment_network', 'general_decline'],
      ['insufficient-funds', 'payment_network', 'insufficient_funds'],
      ['3ds-failed', 'payment_network', '3d_secure_failed'],
      ['card-expired', 'payment_network', 'card_expired'],
      ['country-forbidden', 'yoo_money', 'country_forbidden'],
      ['unheard-of-decline', 'payment_network', 'unheard_of'],
    ];
    for (const [outcome, party, reason] of words) {
      const payment = await shop.create();
      await shop.order({ outcome });

      const told = (await shop.told()).at(-1)!;
      assert.deepEqual(eventAndStatus(told), ['payment.canceled', 'canceled']);
      const { cancellation_details, id } = told['object'] as Fields;
      assert.deepEqual([id, cancellation_details], [payment['id'], { party, reason }]);
      assert.equal((await shop.order({ outcome: 'pay' })).status, 409);
    }
  });

  it('is nothing when the payer goes away, and the payment stays open', async () => {
    const payment = await shop.create();
    for (const outcome of ['cancel', 'leave']) await shop.order({ outcome });

    assert.deepEqual(await shop.told(), []);
    assert.equal((await shop.look(payment))['status'], 'pending');
  });

  it('tells an expiry on order', async () => {
    await shop.create({ capture: false });
    await shop.order({ outcome: 'pay' });
    await shop.order({ outcome: 'expire' });
    await shop.create();
    await shop.order({ outcome: 'expire' });

    const reasons = (await shop.told())
      .map(({ object }) => (object as Fields)['cancellation_details'] as Fields | undefined)
      .map((each) => each?.['reason']);
    assert.deepEqual(reasons, [undefined, 'expired_on_capture', 'expired_on_confirmation']);
    assert.equal((await shop.order({ outcome: 'expire' })).status, 409);
  });

  it('tells again what is paid, and of a payment the payer paid another sum for', async () => {
    const payment = await shop.create();
    await shop.order({ outcome: 'pay', amountMinor: 100 });
    await shop.order({ outcome: 'pay' });

    const [first, second] = await shop.told();
    assert.deepEqual(first, second);
    const amount = { value: '1.00', currency: 'RUB' };
    assert.deepEqual((first?.['object'] as Fields)['amount'], amount);
    assert.deepEqual((await shop.look(payment))['amount'], amount);
    assert.equal((await shop.order({ outcome: 'pay', amountMinor: 200 })).status, 409);
  });

  it('may be an old snapshot of what is paid long since', async () => {
    const payment = await shop.create();
    await shop.order({ outcome: 'stale' });
    await shop.order({ outcome: 'stale' });

    const told = await shop.told();
    assert.deepEqual(told.map(eventAndStatus), [
      ['payment.succeeded', 'pending'],
      ['payment.succeeded', 'pending'],
    ]);
    const { id, paid, captured_at } = told[1]?.['object'] as Fields;
    assert.deepEqual([id, paid, captured_at], [payment['id'], false, undefined]);
    assert.equal((await shop.look(payment))['status'], 'succeeded');
  });

  it('can be doubled, delayed, lost and held back', async () => {
    await shop.create();
    await shop.order({ outcome: 'pay', times: 3 });
    await shop.order({ outcome: 'pay', times: 0 });
    await shop.order({ outcome: 'pay', delayMs: 30 * SECOND });
    const atOnce = shop.notices.length;
    await shop.timers.advance(30 * SECOND);
    const later = shop.notices.length;
    await shop.control('/control/yookassa/notifications', { paused: true });
    const { json } = await shop.order({ outcome: 'pay' });
    await shop.control('/control/yookassa/notifications', { paused: false });
    await shop.told();

    assert.deepEqual([atOnce, later, shop.notices.length], [3, 4, 5]);
    assert.equal((json['notifications'] as Fields[])[0]?.['status'], 'held');
  });

  describe('when somebody forges it', () => {
    const forged = async (forge: string, more: object = {}) => {
      const payment = await shop.create();
      await shop.order({ outcome: 'pay', forge, ...more });
      const [notice] = shop.notices;
      assert.equal((await shop.look(payment))['status'], 'pending');
      const { event, object } = fieldsOf(notice!);
      const from = String(notice?.headers['x-forwarded-for']);
      const { id, ...fields } = object as Fields;
      return { event, fields, from, isOurs: id === payment['id'] };
    };

    it('comes from a foreign address', async () => {
      const { event, fields, from, isOurs } = await forged('source');
      assert.deepEqual([from, isOurs], ['203.0.113.9', true]);
      assert.deepEqual([event, fields['status']], ['payment.succeeded', 'succeeded']);
    });

    it('comes from the right address and is not true', async () => {
      const { event, fields, from, isOurs } = await forged('body', { amountMinor: 999 });
      assert.deepEqual([allowed.check(from), isOurs], [true, true]);
      assert.deepEqual(
        [event, fields['status'], fields['paid']],
        ['payment.succeeded', 'succeeded', true],
      );
      assert.deepEqual(fields['amount'], { value: '9.99', currency: 'RUB' });
    });

    it('has an event nobody knows', async () => {
      const { event, from, isOurs } = await forged('other-shape');
      assert.deepEqual([event, allowed.check(from), isOurs], ['payment.unheard_of', true, true]);
    });

    it('is of an object that does not exist', async () => {
      const { event, from, isOurs } = await forged('missing');
      assert.deepEqual([event, allowed.check(from), isOurs], ['payment.succeeded', true, false]);
      const [notice] = shop.notices;
      const { id } = fieldsOf(notice!)['object'] as Fields;
      assert.equal((await shop.get(`/payments/${String(id)}`)).status, 404);
    });

    it('claims that a hold was taken, or a payment made that was cancelled', async () => {
      for (const first of ['pay', 'decline']) {
        const payment = await shop.create({ capture: false });
        await shop.order({ outcome: first });
        const before = await shop.look(payment);
        await shop.order({ outcome: 'pay', forge: 'body' });

        const told = (await shop.told()).at(-1)!;
        assert.deepEqual(eventAndStatus(told), ['payment.succeeded', 'succeeded']);
        assert.equal((told['object'] as Fields)['cancellation_details'], undefined);
        assert.deepEqual(await shop.look(payment), before);
      }
    });

    it('is not sent again when the shop does not take it', async () => {
      shop.shopAnswers.push({ status: 403 });
      await forged('source');
      await shop.timers.advance(DAY / 2);
      assert.equal(
        shop.notices.filter((each) => fieldsOf(each)['event'] === 'payment.succeeded').length,
        1,
      );
    });
  });

  it('can be ordered only for payments there are, in words that are known', async () => {
    assert.equal((await shop.order({ outcome: 'pay' })).status, 404);
    const payment = await shop.create({ metadata: undefined });
    assert.equal((await shop.order({ outcome: 'win' }, String(payment['id']))).status, 400);
    assert.equal((await shop.order({ outcome: 'pay', forge: 'secret' }, 'x')).status, 400);
    assert.equal((await shop.order({ outcome: 'pay' }, String(payment['id']))).status, 200);
  });
});
