import assert from 'node:assert/strict';
import { authorization, givenYookassa, newKey, returnUrl, secretKey } from './yookassa-shop.ts';
import { roubles, shopId, wish } from './yookassa-shop.ts';
import type { YookassaShop } from './yookassa-shop.ts';

const HOUR = 60 * 60_000;
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

describe('the simulated YooKassa', () => {
  let shop: YookassaShop;
  beforeEach(async () => {
    shop = await givenYookassa();
  });
  afterEach(() => shop.close());

  it('takes the published header of the published credentials', async () => {
    const answer = await shop.get('/me', { authorization });

    assert.deepEqual(answer, {
      status: 200,
      json: { account_id: '100500', test: true, payment_methods: ['bank_card', 'yoo_money'] },
    });
  });

  it('lets in nobody else, whatever is asked', async () => {
    const pair = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
    const strangers = [
      '',
      'Basic',
      authorization.slice(0, -1),
      authorization.replace('Basic', 'Bearer'),
      pair(`${shopId}:test_secret_2`),
      pair(`100501:${secretKey}`),
      pair(`:${secretKey}`),
    ];

    for (const stranger of strangers) {
      const headers = { authorization: stranger };
      for (const { status, json } of [
        await shop.get('/me', headers),
        await shop.get('/payments/none', headers),
        await shop.get('/nowhere', headers),
        await shop.post('/payments', wish(), headers),
      ]) {
        assert.deepEqual(
          [status, json['type'], json['code']],
          [401, 'error', 'invalid_credentials'],
        );
        assert.match(String(json['id']), uuid);
      }
    }
    const { json } = await shop.get('/payments');
    assert.deepEqual(json['items'], []);
  });

  it('starts a payment and says where its payer goes', async () => {
    const created = await shop.create({ merchant_customer_id: 'customer-1', client_ip: '::1' });

    const { id, ...rest } = created;
    assert.match(String(id), uuid);
    assert.deepEqual(rest, {
      status: 'pending',
      amount: roubles('1234.50'),
      description: 'Счёт 7000001-1 & <b>',
      recipient: { account_id: '100500', gateway_id: '1005001' },
      created_at: '2026-03-11T09:00:00.000Z',
      confirmation: {
        type: 'redirect',
        return_url: returnUrl,
        confirmation_url: `${shop.url}/yookassa/pay/${String(id)}`,
      },
      test: true,
      paid: false,
      refundable: false,
      metadata: { payment_id: 'p1' },
      merchant_customer_id: 'customer-1',
    });
    assert.deepEqual(await shop.look(created), created);
  });

  it('is live with a live key, and then takes every method', async () => {
    const live = await givenYookassa({ secretKey: 'live_secret_1' });
    const me = await live.get('/me');
    const payment = await live.create({ payment_method_data: { type: 'sbp' } });
    await live.close();

    const methods = ['bank_card', 'yoo_money', 'sbp', 'sberbank', 'tinkoff_bank'];
    assert.deepEqual([me.json['test'], me.json['payment_methods']], [false, methods]);
    assert.equal(payment['test'], false);
    const method = { type: 'sbp', id: payment['id'], saved: false, status: 'pending' };
    assert.deepEqual(payment['payment_method'], method);
  });

  it('forbids a method that is not switched on', async () => {
    const sbp = wish({ payment_method_data: { type: 'sbp' } });
    const refused = await shop.post('/payments', sbp);
    const open = await givenYookassa({ methods: ['sbp'] });
    const taken = await open.post('/payments', sbp);
    await open.close();

    assert.deepEqual([refused.status, refused.json['code']], [403, 'forbidden']);
    assert.equal(taken.status, 200);
  });

  it('makes one payment for one key, however often it is asked, and repeats its first answer', async () => {
    const headers = { 'idempotence-key': 'k' };
    const first = await shop.post('/payments', wish(), headers);
    await shop.order({ outcome: 'pay' });

    const [second, third] = await Promise.all([
      shop.post('/payments', wish(), headers),
      shop.post('/payments', wish(), headers),
    ]);

    assert.deepEqual([second, third], [first, first]);
    assert.equal((await shop.look(first.json))['status'], 'succeeded');
    const { made } = (await (await fetch(`${shop.url}/control/yookassa/payments/p1`)).json()) as {
      made: number;
    };
    assert.equal(made, 1);
  });

  it('remembers a key for a day, and not longer', async () => {
    const headers = { 'idempotence-key': 'k' };
    const first = await shop.post('/payments', wish(), headers);

    await shop.timers.advance(24 * HOUR - 1);
    const before = await shop.post('/payments', wish(), headers);
    await shop.timers.advance(1);
    const after = await shop.post('/payments', wish(), headers);

    assert.equal(before.json['id'], first.json['id']);
    assert.equal(after.status, 200);
    assert.notEqual(after.json['id'], first.json['id']);
  });

  it('refuses a key that comes back with another body or for another call', async () => {
    const headers = { 'idempotence-key': 'k' };
    const { json: payment } = await shop.post('/payments', wish({ capture: false }), headers);
    await shop.order({ outcome: 'pay' });

    const body = await shop.post('/payments', wish({ capture: true }), headers);
    const call = await shop.post(`/payments/${String(payment['id'])}/cancel`, {}, headers);

    for (const { status, json } of [body, call]) {
      assert.deepEqual(
        [status, json['code'], json['parameter']],
        [400, 'invalid_request', 'Idempotence-Key'],
      );
    }
    assert.equal((await shop.look(payment))['status'], 'waiting_for_capture');
  });

  it('tells two calls apart that have the same body', async () => {
    const payment = await shop.create({ capture: false });
    await shop.order({ outcome: 'pay' });
    const ask = (verb: string) =>
      shop.post(`/payments/${String(payment['id'])}/${verb}`, {}, { 'idempotence-key': 'k' });

    assert.equal((await ask('capture')).status, 200);
    assert.equal((await ask('cancel')).json['parameter'], 'Idempotence-Key');
  });

  it('forgets a key under which nothing was done', async () => {
    const headers = { 'idempotence-key': 'k' };
    const bad = await shop.post('/payments', wish({ amount: roubles('0.00') }), headers);
    const good = await shop.post('/payments', wish(), headers);
    assert.deepEqual([bad.status, good.status], [400, 200]);
  });

  it('wants a key for every change: 1–64 of a few characters', async () => {
    for (const key of ['', 'x'.repeat(65), 'a b', 'a/b', 'a:b']) {
      const { status, json } = await shop.post('/payments', wish(), { 'idempotence-key': key });
      assert.deepEqual([status, json['parameter']], [400, 'Idempotence-Key'], key);
    }
    for (const key of ['x'.repeat(64), '+-_.', 'Az09']) {
      const { status } = await shop.post('/payments', wish(), { 'idempotence-key': key });
      assert.equal(status, 200, key);
    }
  });

  it('knows what it does not have, what is asked by another verb and what is not JSON', async () => {
    const ask = (method: string, path: string) =>
      fetch(`${shop.url}/v3${path}`, { method, headers: { authorization } });
    const none = '00000000-0000-4000-8000-000000000000';

    for (const path of [`/payments/${none}`, `/refunds/${none}`, '/nowhere', '/payments/a/b']) {
      const { status, json } = await shop.get(path);
      assert.deepEqual([status, json['code']], [404, 'not_found'], path);
    }
    for (const verb of ['capture', 'cancel']) {
      assert.equal((await shop.post(`/payments/${none}/${verb}`, {})).status, 404);
    }
    assert.equal((await ask('DELETE', '/payments')).status, 405);
    assert.equal((await ask('PUT', `/refunds/${none}`)).status, 405);
    assert.equal((await ask('GET', `/payments/${none}/capture`)).status, 405);
    const text = await shop.post('/payments', wish(), { 'content-type': 'text/plain' });
    const form = await shop.post('/payments', 'a=b', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    assert.deepEqual([text.status, form.status], [415, 415]);
    assert.equal(text.json['code'], undefined);
  });

  it('refuses what is no JSON object and what is far too large', async () => {
    for (const body of ['', 'null', '[]', '"x"', '{', '7']) {
      const { status, json } = await shop.post('/payments', body);
      assert.deepEqual([status, json['code']], [400, 'invalid_request'], body);
    }
    const answer = await fetch(`${shop.url}/v3/payments`, {
      method: 'POST',
      body: `{"description":"${'x'.repeat(300_000)}"}`,
      headers: {
        authorization,
        'content-type': 'application/json',
        'idempotence-key': newKey(),
      },
    });
    assert.equal(answer.status, 413);
  });
});
