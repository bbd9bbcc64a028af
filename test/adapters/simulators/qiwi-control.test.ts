import assert from 'node:assert/strict';
import { MINUTE, amountIn, givenQiwi, statusIn } from './qiwi-shop.test.ts';
import type { Json, QiwiShop } from './qiwi-shop.test.ts';

describe('the payer of the simulated QIWI, and its levers', () => {
  let shop: QiwiShop;
  const view = async () => {
    const answer = await fetch(`${shop.url}/control/qiwi/payments/p1`);
    return (await answer.json()) as { items: Json[]; made: number };
  };
  const pageOf = async (more: Json = {}, id = 'p1') => (await shop.bill(more, id)).json['payUrl'];
  beforeEach(async () => {
    shop = await givenQiwi();
  });
  afterEach(() => shop.close());

  it('shows the payer the sum, the bill and every way it can end, in the browser’s language', async () => {
    const url = String(await pageOf());
    const page = await fetch(url, { headers: { 'accept-language': 'ru' } });
    const text = await page.text();

    for (const choice of ['wallet', 'card', 'mobile', 'declined', 'refuse', 'leave']) {
      assert.ok(text.includes(`value="${choice}"`), choice);
    }
    assert.ok(text.includes('Счёт 7000001-1 &amp; &lt;b&gt;'));
    assert.match(text, /100,00\s₽/);
    assert.match(text, /Счёт p1/);
    assert.equal((await fetch(`${shop.url}/qiwi/form/?invoice_uid=none`)).status, 404);
  });

  it('offers only the ways to pay that bill and address allow', async () => {
    const url = String(await pageOf({ customFields: { paySourcesFilter: 'qw, card' } }));
    const offered = async (more: string) => {
      const text = await (await fetch(url + more)).text();
      return ['wallet', 'card', 'mobile'].filter((each) => text.includes(`value="${each}"`));
    };

    assert.deepEqual(await offered(''), ['wallet', 'card']);
    assert.deepEqual(await offered('&allowedPaySources=card,mobile'), ['card']);
    assert.deepEqual(await offered('&allowedPaySources=mobile'), ['wallet', 'card']);
    const first = await (await fetch(`${url}&paySource=card`)).text();
    assert.match(first, /class="choice main" name="choice" value="card"/);
    await shop.choose(url, 'mobile');
    assert.equal(await shop.stateOf(), 'WAITING');
  });

  it('leads a payer back from the wallet, after telling the shop, and from nowhere else', async () => {
    const back = `&successUrl=${encodeURIComponent('https://shop.example/paid?p=1')}`;
    const wallet = await pageOf();
    const paid = await shop.choose(wallet, 'wallet', back);
    assert.deepEqual(
      [paid.status, paid.headers.get('location'), shop.notices.length],
      [303, 'https://shop.example/paid?p=1', 1],
    );
    const page = await fetch(String(wallet) + back);
    assert.match(
      page.headers.get('content-security-policy') ?? '',
      /form-action [^;]*shop\.example/,
    );
    assert.match(await page.text(), /This bill is paid/);

    for (const choice of ['card', 'mobile']) {
      const stays = await shop.choose(await pageOf({}, choice), choice, back);
      assert.match(stays.headers.get('location') ?? '', /^\/qiwi\/form\/\?invoice_uid=/);
      assert.equal(await shop.stateOf(choice), 'PAID');
    }
    const nowhere = await shop.choose(await pageOf({}, 'x'), 'wallet', '&successUrl=javascript:1');
    assert.match(nowhere.headers.get('location') ?? '', /^\/qiwi\/form\//);
  });

  it('keeps the bill open after a failed try or a payer who left, and closes a refused one', async () => {
    const url = await pageOf();
    await shop.choose(url, 'declined');
    assert.match(await (await fetch(String(url))).text(), /The payment failed/);
    assert.match(await (await shop.choose(url, 'leave')).text(), /still open/);
    assert.deepEqual([await shop.stateOf(), shop.notices.length], ['WAITING', 0]);

    await shop.choose(url, 'refuse');
    await shop.choose(url, 'wallet');

    assert.equal(await shop.stateOf(), 'REJECTED');
    assert.deepEqual((await shop.told()).map(statusIn), ['REJECTED']);
  });

  it('show a bill as it stands', async () => {
    const url = await pageOf();
    const { items, made } = await view();
    const { ref, ...rest } = items[0] ?? {};
    assert.equal(made, 1);
    assert.ok(String(url).endsWith(String(ref)));
    assert.deepEqual(rest, {
      paymentId: 'p1',
      url,
      title: 'Счёт 7000001-1 & <b>',
      state: 'WAITING',
      amountMinor: '10000',
      refundedMinor: '0',
      currency: 'RUB',
      createdAt: '2026-03-11T09:00:00.000Z',
    });
    assert.match(await (await fetch(`${shop.url}/control/qiwi`)).text(), /forge: payee/);
  });

  it('answer 404 for an unknown bill, 400 for an unknown word, 409 for what cannot happen', async () => {
    assert.equal((await shop.order({ outcome: 'pay' })).status, 404);
    await shop.bill();
    assert.equal((await shop.order({ outcome: 'explode' })).status, 400);
    assert.equal((await shop.order({ outcome: 'refund' })).status, 409);
    assert.equal((await shop.order({ outcome: 'pay', amountMinor: 100_000_000 })).status, 409);
    await shop.order({ outcome: 'pay' });
    for (const outcome of ['decline', 'cancel', 'expire', 'pay-late']) {
      assert.equal((await shop.order({ outcome })).status, 409, outcome);
    }
  });

  it('tell a paid bill again, twice, late or never', async () => {
    await shop.bill();
    await shop.order({ outcome: 'pay', times: 2 });
    await shop.order({ outcome: 'pay', times: 0 });
    await shop.order({ outcome: 'pay', delayMs: MINUTE });
    assert.equal(shop.notices.length, 2);
    await shop.timers.advance(MINUTE);
    assert.equal(shop.notices.length, 3);
    assert.equal(new Set(shop.notices.map(({ body }) => body.toString())).size, 1);
  });

  it('let a payer truly pay another sum', async () => {
    await shop.bill();
    await shop.order({ outcome: 'pay', amountMinor: 5 });
    assert.equal(amountIn((await shop.told())[0]!), '0.05');
    assert.equal(amountIn((await shop.call('GET', '/bills/p1')).json), '0.05');
    assert.equal((await shop.order({ outcome: 'pay', amountMinor: 6 })).status, 409);
    assert.equal((await shop.bill()).status, 200);
  });

  it('pay a bill that has run out', async () => {
    await shop.bill();
    await shop.timers.advance(31 * MINUTE);
    await shop.order({ outcome: 'pay-late' });
    assert.deepEqual((await shop.told()).map(statusIn), ['EXPIRED', 'PAID']);
    assert.equal(await shop.stateOf(), 'PAID');
  });

  it('pay back in the cabinet, of which nobody tells the shop', async () => {
    await shop.bill();
    await shop.order({ outcome: 'pay' });
    await shop.order({ outcome: 'refund', amountMinor: 4_000 });
    assert.equal((await shop.order({ outcome: 'refund', amountMinor: 6_001 })).status, 409);
    await shop.order({ outcome: 'refund' });
    assert.equal((await view()).items[0]?.['refundedMinor'], '10000');
    assert.equal((await shop.order({ outcome: 'refund' })).status, 409);
    assert.equal(shop.notices.length, 1);
  });

  describe('break the network', () => {
    const next = (call: string, fault: string) =>
      shop.control('/control/qiwi/next', { call, fault, delayMs: 5_000 });

    it('before or after a bill is written out; a repeat brings the same bill', async () => {
      const seen = new Set<unknown>();
      for (const [fault, status, made] of [
        ['500-before-effect', 500, 0],
        ['429', 429, 0],
        ['500-after-effect', 500, 1],
      ] as const) {
        await next('create', fault);
        const answer = await shop.bill();
        assert.deepEqual([answer.status, (await view()).made], [status, made], fault);
      }
      const { json: broken } = await next('create', '500-before-effect').then(() => shop.bill());
      assert.equal(broken['errorCode'], 'internal.error');
      seen.add((await view()).items[0]?.['ref']);
      for (const fault of ['reset-before-effect', 'reset-after-effect']) {
        await next('create', fault);
        await assert.rejects(shop.bill(), fault);
      }
      for (const fault of ['hang-before-effect', 'hang-after-effect']) {
        await next('create', fault);
        const slow = shop.bill();
        await new Promise((resolve) => setTimeout(resolve, 50));
        await shop.timers.advance(5_000);
        assert.equal((await slow).status, 200);
      }
      const { json } = await shop.bill();
      seen.add(new URL(String(json['payUrl'])).searchParams.get('invoice_uid'));
      assert.equal(seen.size, 1);
    });

    it('after a refund or a rejection, which are done once all the same', async () => {
      await shop.bill();
      await shop.order({ outcome: 'pay' });
      const body = { amount: { value: '60.00', currency: 'RUB' } };
      const refund = () => shop.call('PUT', '/bills/p1/refunds/r1', body);
      await next('refund', '500-after-effect');
      assert.equal((await refund()).status, 500);
      assert.equal((await refund()).json['status'], 'PARTIAL');
      assert.equal((await view()).items[0]?.['refundedMinor'], '6000');

      await shop.bill({}, 'p2');
      await next('cancel', 'reset-after-effect');
      await assert.rejects(shop.call('POST', '/bills/p2/reject'));
      assert.equal(await shop.stateOf('p2'), 'REJECTED');
    });

    it('for questions, but never for a caller without the key', async () => {
      await shop.bill();
      await next('query', '429');
      const stranger = await shop.call('GET', '/bills/p1', undefined, { authorization: '' });
      assert.equal(stranger.status, 401);
      assert.equal((await shop.call('GET', '/bills/p1')).status, 429);
      assert.equal((await shop.call('GET', '/bills/p1')).status, 200);
    });
  });
});
