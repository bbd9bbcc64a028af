import assert from 'node:assert/strict';
import { eventAndStatus, givenYookassa, returnUrl, roubles } from './yookassa-shop.ts';
import type { YookassaShop } from './yookassa-shop.ts';

type Fields = Record<string, unknown>;

describe('the payer’s page of the simulated YooKassa', () => {
  let shop: YookassaShop;
  beforeEach(async () => {
    shop = await givenYookassa({ secretKey: 'live_1' });
  });
  afterEach(() => shop.close());

  const page = async ({ id }: Fields, language = 'en'): Promise<Response> =>
    fetch(`${shop.url}/yookassa/pay/${String(id)}`, { headers: { 'accept-language': language } });
  const choicesOf = async (payment: Fields): Promise<string[]> => {
    const text = await (await page(payment)).text();
    return [...text.matchAll(/name="choice" value="([^"]+)"/g)].map(([, word]) => word ?? '');
  };
  const ways = async (payment: Fields): Promise<string[]> => {
    const all = ['card-3ds', 'card', 'wallet', 'sbp', 'sberpay', 't-pay'];
    return (await choicesOf(payment)).filter((each) => all.includes(each));
  };

  it('shows sum, description and id in the payer’s language, and may lead to the shop only', async () => {
    const payment = await shop.create();

    const [russian, english] = [await page(payment, 'ru'), await page(payment)];
    const [ru, en] = [await russian.text(), await english.text()];

    assert.match(ru, /1\s234,50\s₽/);
    assert.match(ru, /lang="ru"[^]*К оплате/);
    assert.match(en, /lang="en"[^]*To pay/);
    for (const text of [ru, en]) {
      assert.match(text, /Счёт 7000001-1 &amp; &lt;b&gt;/);
      assert.ok(text.includes(String(payment['id'])));
      assert.doesNotMatch(text, /<input|<script/);
    }
    const policy = String(english.headers.get('content-security-policy'));
    assert.match(policy, /form-action 'self' https:\/\/shop\.example;/);
  });

  it('speaks the language the shop asked for', async () => {
    const confirmation = { type: 'redirect', return_url: returnUrl, locale: 'ru_RU' };
    const payment = await shop.create({ confirmation });
    assert.match(await (await page(payment)).text(), /lang="ru"/);
  });

  it('offers every method the shop, the sum and a hold leave open', async () => {
    const all = ['card-3ds', 'card', 'wallet', 'sbp', 'sberpay', 't-pay'];
    const of = async (more: Fields) => ways(await shop.create(more));
    const enforce = { type: 'redirect', return_url: returnUrl, enforce: true };

    assert.deepEqual(await of({}), all);
    assert.deepEqual(await of({ capture: false }), all.toSpliced(3, 1));
    assert.deepEqual(await of({ confirmation: enforce }), all.toSpliced(1, 1));
    assert.deepEqual(await of({ amount: roubles('300000.00') }), all.toSpliced(2, 1));
    assert.deepEqual(await of({ amount: roubles('700000.00') }), ['sbp', 'sberpay', 't-pay']);
    assert.deepEqual(await of({ payment_method_data: { type: 'sbp' } }), ['sbp']);
    assert.deepEqual(await of({ payment_method_data: { type: 'bank_card' } }), all.slice(0, 2));
  });

  for (const [choice, type] of [
    ['card-3ds', 'bank_card'],
    ['card', 'bank_card'],
    ['wallet', 'yoo_money'],
    ['sbp', 'sbp'],
    ['sberpay', 'sberbank'],
    ['t-pay', 'tinkoff_bank'],
  ] as const) {
    it(`takes ${choice}, tells the shop and leads back to it, address unchanged`, async () => {
      const payment = await shop.create();

      const answer = await shop.choose(payment, choice);

      assert.deepEqual([answer.status, answer.headers.get('location')], [303, returnUrl]);
      assert.deepEqual(shop.notices.length, 1);
      assert.deepEqual((await shop.told()).map(eventAndStatus), [
        ['payment.succeeded', 'succeeded'],
      ]);
      const { payment_method, authorization_details } = await shop.look(payment);
      const details = authorization_details as { three_d_secure: Fields } | undefined;
      const applied = { 'card-3ds': true, card: false }[choice as string];
      assert.deepEqual(
        [(payment_method as Fields)['type'], details?.three_d_secure['applied']],
        [type, applied],
      );
    });
  }

  it('shows of a wallet its number, and of SBP its operation', async () => {
    const [wallet, sbp] = [await shop.create(), await shop.create()];
    await shop.choose(wallet, 'wallet');
    await shop.choose(sbp, 'sbp');
    const method = async (payment: Fields) =>
      (await shop.look(payment))['payment_method'] as Fields;

    assert.match(String((await method(wallet))['account_number']), /^\d{11,33}$/);
    assert.ok((await method(sbp))['sbp_operation_id']);
  });

  it('declines for every reason of a card, once and for good, and leads back', async () => {
    const declines = (await choicesOf(await shop.create())).slice(9);
    assert.equal(declines.length, 13);
    const reasons = new Set<unknown>();
    for (const choice of declines) {
      const payment = await shop.create();
      const answer = await shop.choose(payment, choice);
      assert.equal(answer.headers.get('location'), returnUrl);
      const { status, cancellation_details } = await shop.look(payment);
      assert.equal(status, 'canceled');
      reasons.add((cancellation_details as Fields)['reason']);
    }
    assert.equal(reasons.size, 13);
    assert.equal(shop.notices.length, 13);
    const wallet = await shop.create({ payment_method_data: { type: 'yoo_money' } });
    assert.equal((await choicesOf(wallet)).includes('wrong-csc'), false);
    assert.equal((await shop.choose(wallet, 'wrong-csc')).status, 200);
    assert.equal((await shop.look(wallet))['status'], 'pending');
  });

  it('leads back to the shop unpaid when closed, and stays open when left', async () => {
    const payment = await shop.create();

    const closed = await shop.choose(payment, 'close');
    const left = await shop.choose(payment, 'leave');

    assert.equal(closed.headers.get('location'), returnUrl);
    assert.equal(left.status, 200);
    assert.match(await left.text(), /still open|остался открытым/);
    assert.equal((await shop.look(payment))['status'], 'pending');
    assert.equal(shop.notices.length, 0);
  });

  it('lets the payer pay after going back, unless somebody was faster', async () => {
    const payment = await shop.create();
    const answer = await shop.choose(payment, 'later');
    await shop.choose(payment, 'later');
    const before = (await shop.look(payment))['status'];
    await shop.timers.advance(20_000);

    assert.equal(answer.headers.get('location'), returnUrl);
    assert.deepEqual([before, (await shop.look(payment))['status']], ['pending', 'succeeded']);
    assert.equal(shop.notices.length, 1);
  });

  it('takes no second click and no choice it does not offer', async () => {
    const payment = await shop.create({ payment_method_data: { type: 'sbp' } });
    for (const choice of ['card', 'rob', '']) {
      assert.equal((await shop.choose(payment, choice)).status, 200);
      assert.equal((await shop.look(payment))['status'], 'pending');
    }
    await shop.choose(payment, 'sbp');
    const second = await shop.choose(payment, 'decline');

    assert.match(await second.text(), new RegExp(`href="${returnUrl.replace('?', '\\?')}"`));
    assert.equal((await shop.look(payment))['status'], 'succeeded');
    assert.equal(shop.notices.length, 1);
  });

  it('says how it ended: paid, held, cancelled or too late', async () => {
    const said = async (payment: Fields) =>
      /class="note">([^<]+)</.exec(await (await page(payment)).text())?.[1];
    const paid = await shop.create();
    await shop.choose(paid, 'card');
    const held = await shop.create({ capture: false });
    await shop.choose(held, 'card');
    const declined = await shop.create();
    await shop.choose(declined, 'decline');
    const late = await shop.create();
    await shop.timers.advance(60 * 60_000);

    assert.match(String(await said(paid)), /finished/);
    assert.match(String(await said(held)), /held/);
    assert.match(String(await said(declined)), /cancelled/);
    assert.match(String(await said(late)), /time .* is over/);
  });

  it('keeps a payer nobody waits for, and goes back to addresses in any script', async () => {
    const alone = await shop.create({ confirmation: undefined });
    const stays = await shop.choose(alone, 'card');
    const return_url = 'https://shop.example/оплата';
    const far = await shop.create({ confirmation: { type: 'redirect', return_url } });
    const goes = await shop.choose(far, 'card');

    assert.equal(stays.headers.get('location'), `/yookassa/pay/${String(alone['id'])}`);
    assert.equal(goes.headers.get('location'), encodeURI(return_url));
  });

  it('knows nothing of a payment nobody made', async () => {
    assert.equal((await page({ id: 'nobody' })).status, 404);
    assert.equal((await shop.choose({ id: 'nobody' }, 'card')).status, 404);
  });
});
