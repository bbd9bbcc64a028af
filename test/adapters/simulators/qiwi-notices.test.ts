import assert from 'node:assert/strict';
import { MINUTE, amountIn, billIn, givenQiwi, secretKey, signatureFor } from './qiwi-shop.test.ts';
import { siteId, statusIn } from './qiwi-shop.test.ts';
import type { Json, QiwiShop } from './qiwi-shop.test.ts';
import type { ShopNotice } from './running-system.ts';

const HOUR = 60 * MINUTE;
const signatureOf = ({ headers }: ShopNotice) => headers['x-api-signature-sha256'];

describe('what the simulated QIWI tells the shop', () => {
  let shop: QiwiShop;
  beforeEach(async () => {
    shop = await givenQiwi();
  });
  afterEach(() => shop.close());

  it('is the bill, signed', async () => {
    await shop.bill({ customer: { account: '7000001' } });
    await shop.timers.advance(5 * MINUTE);

    const { json } = await shop.order({ outcome: 'pay' });

    const [notice] = shop.notices;
    const body = JSON.parse(notice!.body.toString()) as Json;
    assert.equal(notice?.headers['content-type'], 'application/json');
    assert.deepEqual(body, {
      bill: {
        siteId,
        billId: 'p1',
        amount: { value: '100.00', currency: 'RUB' },
        status: { value: 'PAID', changedDateTime: '2026-03-11T12:05:00+03:00' },
        comment: 'Счёт 7000001-1 & <b>',
        customer: { account: '7000001' },
        creationDateTime: '2026-03-11T12:00:00+03:00',
        expirationDateTime: '2026-03-11T12:30:00+03:00',
      },
      version: '1',
    });
    assert.equal(signatureOf(notice), signatureFor(billIn(notice)));
    const [told] = json['notifications'] as Json[];
    assert.deepEqual([told?.['kind'], told?.['body']], ['PAID', '{"error":"0"}']);
  });

  it('comes again with growing pauses for a day, until the shop says there is no error', async () => {
    const since = await tries();
    const growing = [0, 1, 6, 21, 51, 111, 231, 471, 831, 1371].map((minutes) => minutes * MINUTE);
    assert.deepEqual(since, growing);
    assert.equal(new Set(shop.notices.map(({ body }) => body.toString())).size, 1);
  });

  it('comes as shops were promised before, where it is set so', async () => {
    await shop.close();
    shop = await givenQiwi({ repeats: 'older' });
    const since = await tries();
    const quarters = Array.from({ length: 37 }, (_, at) => at * 15 * MINUTE);
    const hours = Array.from({ length: 15 }, (_, at) => (10 + at) * HOUR);
    assert.deepEqual(since, [...quarters, ...hours]);
  });

  async function tries(): Promise<number[]> {
    await shop.bill();
    const since: number[] = [];
    const start = shop.timers.now();
    const push = shop.notices.push.bind(shop.notices);
    shop.notices.push = (notice) => {
      since.push(shop.timers.now() - start);
      return push(notice);
    };
    shop.shopBody = '{"error":"1"}';
    await shop.order({ outcome: 'pay' });
    await shop.timers.advance(48 * HOUR);
    return since;
  }

  it('is taken by 200 and exactly that JSON', async () => {
    for (const [status, body] of [
      [500, '{"error":"0"}'],
      [201, '{"error":"0"}'],
      [200, ''],
      [200, 'null'],
      [200, '{"error":0}'],
    ] as const) {
      shop.shopAnswers.push({ status, body });
    }
    shop.shopAnswers.push({ status: 200, body: '{ "error": "0" }' });
    await shop.bill();

    await shop.order({ outcome: 'pay' });
    await shop.timers.advance(48 * HOUR);

    assert.equal(shop.notices.length, 6);
  });

  it('brings the sum as a number, without needless decimals, or signed as it stands', async () => {
    for (const [outcome, value, signed, sent] of [
      ['number-value', '100.00', '100.00', 100],
      ['number-value', '14.50', '14.50', 14.5],
      ['short-value', '100.00', '100.00', '100'],
      ['short-value', '14.50', '14.50', '14.5'],
      ['short-value', '14.05', '14.05', '14.05'],
      ['raw-signed', '100.00', '100', '100'],
    ] as const) {
      const id = `${outcome}-${value}`;
      await shop.bill({ amount: { currency: 'RUB', value } }, id);
      await shop.control(`/control/qiwi/payments/${id}`, { outcome });
      const notice = shop.notices.at(-1)!;
      assert.equal(amountIn(billIn(notice)), sent);
      assert.equal(signatureOf(notice), signatureFor(billIn(notice), signed), id);
    }
  });

  it('names the moment of the change otherwise in an older edition', async () => {
    await shop.bill();
    await shop.order({ outcome: 'older-edition' });
    const [notice] = shop.notices;
    const { bill, version } = JSON.parse(notice!.body.toString()) as {
      bill: Json;
      version: string;
    };
    assert.equal(version, '3');
    assert.deepEqual(bill['status'], { value: 'PAID', datetime: '2026-03-11T12:00:00+03:00' });
    assert.equal(signatureOf(notice!), signatureFor(bill));
  });

  it('tells of bills that were rejected or ran out, unless the shop wants to hear of money only', async () => {
    const endings = async () => {
      await shop.bill();
      await shop.call('POST', '/bills/p1/reject');
      await shop.bill({}, 'p2');
      await shop.control('/control/qiwi/payments/p2', { outcome: 'expire' });
      await shop.bill({}, 'p3');
      await shop.control('/control/qiwi/payments/p3', { outcome: 'pay' });
      return (await shop.told()).map(statusIn);
    };
    assert.deepEqual(await endings(), ['REJECTED', 'EXPIRED', 'PAID']);
    await shop.close();
    shop = await givenQiwi({ tells: 'paid-only' });
    assert.deepEqual(await endings(), ['PAID']);
  });

  describe('when somebody forges it', () => {
    const forged = async (forge: string, more: object = {}) => {
      shop.notices.length = 0;
      await shop.bill();
      await shop.order({ outcome: 'pay', forge, ...more });
      const notice = shop.notices[0]!;
      assert.equal(await shop.stateOf(), 'WAITING');
      return { notice, bill: billIn(notice) };
    };

    it('has one digit of its signature wrong, another key behind it, or none', async () => {
      const { notice, bill } = await forged('signature');
      assert.equal(statusIn(bill), 'PAID');
      assert.equal(String(signatureOf(notice)).slice(1), signatureFor(bill).slice(1));
      assert.notEqual(signatureOf(notice), signatureFor(bill));

      const secret = await forged('secret');
      assert.match(String(signatureOf(secret.notice)), /^[0-9a-f]{64}$/);
      assert.notEqual(signatureOf(secret.notice), signatureFor(secret.bill));

      assert.equal(signatureOf((await forged('unsigned')).notice), undefined);
    });

    it('is signed truly over another sum, currency, site or a state nobody knows', async () => {
      const amount = await forged('amount');
      assert.equal(amountIn(amount.bill), '101.00');
      assert.equal(signatureOf(amount.notice), signatureFor(amount.bill, '101.00'));
      const ordered = await forged('amount', { amountMinor: 5 });
      assert.equal(signatureOf(ordered.notice), signatureFor(ordered.bill, '0.05'));

      const currency = await forged('currency');
      assert.deepEqual(currency.bill['amount'], { value: '100.00', currency: 'KZT' });
      const payee = await forged('payee');
      assert.notEqual(payee.bill['siteId'], siteId);
      const shape = await forged('other-shape');
      assert.equal(statusIn(shape.bill), 'UNHEARD_OF');
      for (const { notice, bill } of [currency, payee, shape]) {
        assert.equal(signatureOf(notice), signatureFor(bill, '100.00', secretKey));
      }
    });

    it('is not sent again when the shop does not take it', async () => {
      shop.shopBody = 'no';
      await forged('signature');
      await shop.timers.advance(20 * MINUTE);
      assert.equal(shop.notices.length, 1);
    });
  });
});
