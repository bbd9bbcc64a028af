import assert from 'node:assert/strict';
import { MINUTE, amountIn, givenQiwi, goodBill, secretKey, siteId } from './qiwi-shop.test.ts';
import { statusIn } from './qiwi-shop.test.ts';
import type { Json, QiwiShop, Reply } from './qiwi-shop.test.ts';

const codeOf = ({ status, json }: Reply) => [status, json['errorCode']];

describe('the API of the simulated QIWI', () => {
  let shop: QiwiShop;
  beforeEach(async () => {
    shop = await givenQiwi();
  });
  afterEach(() => shop.close());

  it('writes out a bill and says where its payer goes', async () => {
    const customer = { account: '7000001' };
    const customFields = { themeCode: 'Dark', note: 'ё' };

    const { status, json } = await shop.bill({ customer, customFields });

    const { payUrl, ...bill } = json;
    assert.equal(status, 200);
    assert.deepEqual(bill, {
      siteId,
      billId: 'p1',
      amount: { value: '100.00', currency: 'RUB' },
      status: { value: 'WAITING', changedDateTime: '2026-03-11T12:00:00+03:00' },
      comment: 'Счёт 7000001-1 & <b>',
      customer,
      customFields,
      creationDateTime: '2026-03-11T12:00:00+03:00',
      expirationDateTime: '2026-03-11T12:30:00+03:00',
    });
    const address = new URL(String(payUrl));
    assert.equal(address.origin + address.pathname, `${shop.url}/qiwi/form/`);
    assert.match(address.searchParams.get('invoice_uid') ?? '', /^[0-9a-f-]{36}$/);
    assert.deepEqual((await shop.call('GET', '/bills/p1')).json, json);
  });

  it('gives whoever repeats the wish the same bill, also when it is paid or its time is over', async () => {
    const first = await shop.bill();
    const other = { currency: 'RUB', value: 100 };
    const again = await shop.bill({
      amount: other,
      expirationDateTime: '2026-03-11T09:30:00+00:00',
    });
    await shop.order({ outcome: 'pay' });
    await shop.timers.advance(60 * MINUTE);
    const paid = await shop.bill();

    assert.deepEqual(again, first);
    assert.deepEqual([paid.status, statusIn(paid.json)], [200, 'PAID']);
    assert.equal(paid.json['payUrl'], first.json['payUrl']);
  });

  it('refuses another wish under a known id, and leaves the bill alone', async () => {
    await shop.bill();
    for (const more of [
      { amount: { currency: 'RUB', value: '100.01' } },
      { amount: { currency: 'KZT', value: '100.00' } },
      { expirationDateTime: '2026-03-11T12:31:00+03:00' },
      { comment: 'another' },
      { customer: { account: '7' } },
    ]) {
      assert.deepEqual(codeOf(await shop.bill(more)), [400, 'validation.error']);
    }
    const { json } = await shop.call('GET', '/bills/p1');
    assert.deepEqual([amountIn(json), json['comment']], ['100.00', goodBill['comment']]);
  });

  it('cuts what is beyond hundredths off, and takes numbers as well as text', async () => {
    for (const [value, cut] of [
      ['200.345', '200.34'],
      [200.349, '200.34'],
      [1, '1.00'],
      ['0.019', '0.01'],
      ['999999.99', '999999.99'],
    ] as const) {
      const { json } = await shop.bill({ amount: { currency: 'RUB', value } }, `b${cut}${value}`);
      assert.equal(amountIn(json), cut);
    }
  });

  it('refuses a body that is wrong in a field, missing one, or too large', async () => {
    const wrong: Json[] = [
      { amount: undefined },
      { amount: { currency: 'RUB' } },
      { amount: { value: '1.00' } },
      { amount: { currency: 'rub', value: '1.00' } },
      { amount: { currency: 'USD', value: '1.00' } },
      ...['0', '0.009', '-1', '1000000', '1,00', '1e3', '', true, 1e-7].map((value) => ({
        amount: { currency: 'RUB', value },
      })),
      { expirationDateTime: undefined },
      { expirationDateTime: '2026-03-11T12:30:00' },
      { expirationDateTime: '2026-03-11T09:30:00Z' },
      { expirationDateTime: '2026-02-30T12:30:00+03:00' },
      { expirationDateTime: '2026-03-11T12:00:00+03:00' },
      { expirationDateTime: '2026-04-25T12:00:01+03:00' },
      { comment: 'ё'.repeat(256) },
      { comment: 7 },
      { customer: { account: 'a'.repeat(256) } },
      { customFields: { note: 'a'.repeat(256) } },
      { customFields: { note: {} } },
      { customFields: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`f${at}`, ''])) },
    ];
    for (const more of wrong) {
      assert.deepEqual(
        codeOf(await shop.bill(more)),
        [400, 'validation.error'],
        JSON.stringify(more),
      );
    }
    assert.deepEqual(codeOf(await shop.bill({}, 'b'.repeat(201))), [400, 'validation.error']);
    assert.deepEqual(codeOf(await shop.call('GET', '/bills/p1')), [404, 'api.invoice.not.found']);

    const furthest = { expirationDateTime: '2026-04-25T12:00:00+03:00' };
    assert.equal((await shop.bill(furthest, 'b'.repeat(200))).status, 200);
    assert.equal((await shop.bill({}, encodeURIComponent('счёт/1 ?'))).json['billId'], 'счёт/1 ?');
  });

  it('answers errors in its own form', async () => {
    const { status, json } = await shop.call('GET', '/bills/none');
    const { traceId, ...rest } = json;
    assert.equal(status, 404);
    assert.match(String(traceId), /^[0-9a-f]{16}$/);
    assert.deepEqual(rest, {
      serviceName: 'invoicing-api',
      errorCode: 'api.invoice.not.found',
      description: 'the bill is not found',
      userMessage: 'the bill is not found',
      datetime: '2026-03-11T12:00:00+03:00',
    });
  });

  it('asks for the secret key before anything else', async () => {
    for (const authorization of ['', 'Bearer wrong', secretKey, `Basic ${secretKey}`]) {
      for (const [method, path] of [
        ['PUT', '/bills/p1'],
        ['GET', '/bills/p1'],
        ['PATCH', '/bills/p1'],
        ['GET', '/nothing'],
      ] as const) {
        const answer = await shop.call(method, path, method === 'GET' ? undefined : {}, {
          authorization,
        });
        assert.deepEqual(codeOf(answer), [401, 'auth.unauthorized']);
      }
    }
  });

  it('refuses other media types, methods, addresses and what is not JSON', async () => {
    const codes = async (...call: Parameters<QiwiShop['call']>) => codeOf(await shop.call(...call));
    const text = { 'content-type': 'text/plain' };
    const xml = { accept: 'application/xml' };

    assert.deepEqual(await codes('PUT', '/bills/p1', goodBill, text), [
      415,
      'http.media.type.not.supported',
    ]);
    assert.deepEqual(await codes('GET', '/bills/p1', undefined, xml), [
      406,
      'http.media.type.not.acceptable',
    ]);
    for (const [method, path] of [
      ['DELETE', '/bills/p1'],
      ['GET', '/bills/p1/reject'],
      ['POST', '/bills/p1/refunds/r1'],
    ] as const) {
      assert.deepEqual(await codes(method, path), [405, 'http.method.not.supported'], path);
    }
    assert.deepEqual(await codes('GET', '/bills'), [404, 'http.url.not.found']);
    assert.deepEqual(await codes('POST', '/bills/p1/pay'), [404, 'http.url.not.found']);
    assert.deepEqual(await codes('PUT', '/bills/p1', []), [400, 'http.message.conversion.failed']);
    assert.deepEqual(await codes('PUT', '/bills/p1'), [400, 'http.message.conversion.failed']);
    const huge = await fetch(`${shop.url}/partner/bill/v1/bills/p1`, {
      method: 'PUT',
      body: ' '.repeat(300_000),
      headers: { authorization: `Bearer ${secretKey}` },
    });
    assert.equal(huge.status, 413);
  });

  it('rejects a waiting bill, and no other', async () => {
    await shop.bill();
    const rejected = await shop.call('POST', '/bills/p1/reject');
    assert.deepEqual([rejected.status, statusIn(rejected.json)], [200, 'REJECTED']);
    assert.deepEqual(codeOf(await shop.call('POST', '/bills/p1/reject')), [
      400,
      'validation.error',
    ]);
    assert.equal((await shop.order({ outcome: 'pay' })).status, 409);

    await shop.bill({}, 'p2');
    await shop.control('/control/qiwi/payments/p2', { outcome: 'pay' });
    assert.deepEqual(codeOf(await shop.call('POST', '/bills/p2/reject')), [
      400,
      'validation.error',
    ]);
    assert.equal(await shop.stateOf('p2'), 'PAID');
    assert.equal((await shop.call('POST', '/bills/none/reject')).status, 404);
  });

  it('lets a bill run out at its minute, and tells the shop once', async () => {
    await shop.bill();
    await shop.timers.advance(30 * MINUTE - 1);
    assert.equal(await shop.stateOf(), 'WAITING');

    await shop.timers.advance(1);
    assert.equal(await shop.stateOf(), 'EXPIRED');
    await shop.timers.advance(MINUTE);

    const told = await shop.told();
    assert.deepEqual(told.map(statusIn), ['EXPIRED']);
    const changed = (told[0]?.['status'] as Json)['changedDateTime'];
    assert.equal(changed, '2026-03-11T12:30:00+03:00');
  });

  it('tells of a bill that has run out though nobody looked at it', async () => {
    await shop.bill();
    await shop.timers.advance(31 * MINUTE);
    assert.deepEqual((await shop.told()).map(statusIn), ['EXPIRED']);
  });

  describe('pays back', () => {
    const refund = (id: string, value: unknown, currency = 'RUB') =>
      shop.call('PUT', `/bills/p1/refunds/${id}`, { amount: { value, currency } });
    beforeEach(() => shop.bill());

    it('a part, then the rest, and not a kopeck more', async () => {
      await shop.order({ outcome: 'pay' });

      const part = await refund('r1', '40.009');
      const tooMuch = await refund('r2', '60.01');
      const rest = await refund('r2', 60);
      const nothing = await refund('r3', '0.01');

      assert.deepEqual(part.json, {
        amount: { value: '40.00', currency: 'RUB' },
        datetime: '2026-03-11T12:00:00+03:00',
        refundId: 'r1',
        status: 'PARTIAL',
      });
      assert.equal(rest.json['status'], 'FULL');
      for (const refused of [tooMuch, nothing]) {
        assert.deepEqual(codeOf(refused), [400, 'refund.incorrect.amount']);
      }
      assert.equal(await shop.stateOf(), 'PAID');
      assert.deepEqual((await shop.call('GET', '/bills/p1/refunds/r1')).json, part.json);
      assert.equal((await shop.call('GET', '/bills/p1/refunds/r3')).status, 404);
    });

    it('once under one id, and refuses another sum under it', async () => {
      await shop.order({ outcome: 'pay' });
      const first = await refund('r1', '100.00');
      await shop.timers.advance(MINUTE);

      assert.deepEqual(await refund('r1', '100'), first);
      assert.deepEqual(codeOf(await refund('r1', '99.00')), [400, 'validation.error']);
      assert.deepEqual(codeOf(await refund('r2', '0.01')), [400, 'refund.incorrect.amount']);
    });

    it('nothing of a bill that is not paid, in another currency or under too long an id', async () => {
      assert.deepEqual(codeOf(await refund('r1', '1.00')), [400, 'refund.incorrect.amount']);
      await shop.order({ outcome: 'pay' });
      assert.deepEqual(codeOf(await refund('r1', '1.00', 'KZT')), [400, 'validation.error']);
      assert.deepEqual(codeOf(await refund('r'.repeat(201), '1')), [400, 'validation.error']);
      assert.deepEqual(codeOf(await refund('r1', '0')), [400, 'validation.error']);
      const path = '/bills/none/refunds/r1';
      const body = { amount: { value: 1, currency: 'RUB' } };
      assert.deepEqual(codeOf(await shop.call('PUT', path, body)), [404, 'api.invoice.not.found']);
    });
  });
});
