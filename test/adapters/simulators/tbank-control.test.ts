import assert from 'node:assert/strict';
import { givenTbank } from './tbank-shop.ts';
import type { TbankShop } from './tbank-shop.ts';

const success = 'https://shop.example/done?p=1';
const fail = 'https://shop.example/failed';

describe('the levers and the payer’s page of the simulated T-Bank', () => {
  let shop: TbankShop;
  beforeEach(async () => {
    shop = await givenTbank();
  });
  afterEach(() => shop.close());

  const statuses = async () => (await shop.told()).map(({ Status }) => Status);

  it('knows no payment before the shop has started it, and takes only orders it understands', async () => {
    const early = await shop.order({ outcome: 'pay' });
    await shop.init();
    const bad = await shop.order({ outcome: 'pay', forge: 'moon' });
    const unknown = await shop.order({ outcome: 'explode' });

    assert.deepEqual([early.status, bad.status, unknown.status], [404, 400, 400]);
  });

  it('tells the same fact again when a paid payment is paid again, held or taken', async () => {
    await shop.init({ PayType: 'T' });
    const pay = () => shop.order({ outcome: 'pay' });

    await pay();
    await pay();
    const [payment] = (await view()) as { ref: string }[];
    await shop.call('Confirm', { PaymentId: payment?.ref });
    await pay();
    await shop.order({ outcome: 'refund' });
    await pay();

    const held = ['AUTHORIZED', 'AUTHORIZED'];
    const taken = ['CONFIRMED', 'CONFIRMED', 'REFUNDED', 'CONFIRMED'];
    assert.deepEqual(await statuses(), [...held, ...taken]);
    assert.equal((await shop.order({ outcome: 'pay', amountMinor: 1 })).status, 409);
  });

  it('lets the payer pay another sum than was asked for', async () => {
    const payment = await shop.init();

    await shop.order({ outcome: 'pay', amountMinor: '100' });

    const seen = await shop.call('GetState', { PaymentId: payment['PaymentId'] });
    assert.deepEqual([seen['Status'], seen['Amount']], ['CONFIRMED', 100]);
    assert.equal((await shop.told())[0]?.['Amount'], 100);
  });

  it('pays back in the bank’s own cabinet, in parts, not more than is left', async () => {
    await shop.init();
    assert.equal((await shop.order({ outcome: 'refund' })).status, 409);
    await shop.order({ outcome: 'pay' });

    await shop.order({ outcome: 'refund', amountMinor: 23_450 });
    const tooMuch = await shop.order({ outcome: 'refund', amountMinor: 100_001 });
    const [between] = (await view()) as object[];
    await shop.order({ outcome: 'refund' });

    assert.equal(tooMuch.status, 409);
    assert.deepEqual(between, {
      ...between,
      paymentId: 'p1',
      state: 'PARTIAL_REFUNDED',
      amountMinor: '123450',
      refundedMinor: '23450',
      currency: 'RUB',
    });
    assert.deepEqual(await statuses(), ['CONFIRMED', 'PARTIAL_REFUNDED', 'REFUNDED']);
  });

  it('lets held money go by the bank’s own will', async () => {
    const payment = await shop.init({ PayType: 'T' });
    assert.equal((await shop.order({ outcome: 'release' })).status, 409);
    await shop.order({ outcome: 'pay' });
    await shop.order({ outcome: 'release' });

    assert.deepEqual(await statuses(), ['AUTHORIZED', 'REVERSED']);
    const late = await shop.call('Confirm', { PaymentId: payment['PaymentId'] });
    assert.equal(late['ErrorCode'], '8');
    assert.equal((await shop.order({ outcome: 'pay' })).status, 409);
  });

  it('changes nothing when the payer leaves, and nothing more after the end', async () => {
    const payment = await shop.init();
    await shop.order({ outcome: 'leave' });
    assert.equal(await shop.stateOf(payment), 'NEW');
    await shop.order({ outcome: 'cancel' });

    for (const outcome of ['pay', 'decline', 'cancel', 'expire', 'refund', '3ds']) {
      assert.equal((await shop.order({ outcome })).status, 409, outcome);
    }
    assert.deepEqual(await statuses(), ['CANCELED']);
  });

  it('says what was made for an order', async () => {
    await shop.init();
    await shop.init();
    const answer = await fetch(`${shop.url}/control/tbank/payments/p1`);
    const { items, made } = (await answer.json()) as { items: unknown[]; made: number };
    assert.deepEqual([items.length, made], [1, 1]);
  });

  it('takes the payer back to the shop once it was told', async () => {
    const payment = await shop.init({ SuccessURL: success, FailURL: fail });

    const paid = await shop.choose(payment, 'card');

    assert.deepEqual([paid.status, paid.headers.get('location')], [303, success]);
    assert.equal(shop.notices.length, 1);
    const again = await shop.choose(payment, 'cancel');
    assert.match(
      await again.text(),
      /finished already[^]*href="https:\/\/shop.example\/done\?p=1"/,
    );
    assert.deepEqual(await statuses(), ['CONFIRMED']);
  });

  it('keeps the payer while there are tries, and sends them off after the last one', async () => {
    const payment = await shop.init({ SuccessURL: success, FailURL: fail, Language: 'ru' });
    const choices = ['insufficient-funds', '3ds-failed', 'forbidden'];
    const where: unknown[] = [];
    for (const choice of choices) {
      where.push((await shop.choose(payment, choice)).headers.get('location'));
      if (where.length === 1) {
        const page = await (await fetch(String(payment['PaymentURL']))).text();
        assert.match(page, /На карте недостаточно средств\. Осталось попыток: 2\./);
      }
    }

    const path = new URL(String(payment['PaymentURL'])).pathname;
    assert.deepEqual(where, [path, path, fail]);
    const told = await shop.told();
    const forbidden = told.find(({ ErrorCode }) => ErrorCode === '1057');
    assert.equal(forbidden?.['Status'], 'REJECTED');
  });

  it('lets the payer refuse, leave and pay by QR code', async () => {
    const payment = await shop.init({ SuccessURL: success, FailURL: fail });
    const left = await shop.choose(payment, 'leave');
    const refused = await shop.choose(payment, 'cancel');
    const other = await shop.init({ OrderId: 'p2' });
    const paid = await shop.choose(other, 'sbp');

    assert.match(await left.text(), /still open/);
    assert.deepEqual([refused.status, refused.headers.get('location')], [303, fail]);
    assert.equal(paid.headers.get('location'), new URL(String(other['PaymentURL'])).pathname);
    const told = await shop.told();
    assert.deepEqual(
      told.map(({ Status, Pan }) => [Status, Pan]),
      [
        ['CANCELED', undefined],
        ['CONFIRMED', undefined],
      ],
    );
  });

  it('shows sum, description and number in the payer’s language, and escapes what shops write', async () => {
    const payment = await shop.init({ SuccessURL: success, FailURL: fail });
    const page = async (language: string) => {
      const headers = { 'accept-language': language };
      return fetch(String(payment['PaymentURL']), { headers });
    };

    const russian = await page('ru');
    const text = await russian.text();
    assert.match(text, /<html lang="ru">/);
    assert.match(text, /1\s234,50\s₽/);
    assert.match(text, /Счёт 7000001-1 &amp; &lt;b&gt;/);
    assert.ok(text.includes(`Платёж ${String(payment['PaymentId'])}`));
    assert.match(
      russian.headers.get('content-security-policy') ?? '',
      /form-action 'self' https:\/\/shop\.example;/,
    );
    assert.match(await (await page('en')).text(), /<html lang="en">/);
    assert.equal(await shop.stateOf(payment), 'FORM_SHOWED');
    assert.equal((await fetch(`${shop.url}/tbank/pay/none`)).status, 404);
  });

  it('ends on the payer’s page when the time is over', async () => {
    const payment = await shop.init({ RedirectDueDate: '2026-03-11T10:00:00Z' });
    await shop.timers.advance(60 * 60_000);

    const late = await shop.choose(payment, 'card');

    assert.match(await late.text(), /time for this payment is over/);
    assert.deepEqual(await statuses(), ['DEADLINE_EXPIRED']);
  });

  async function view(): Promise<unknown[]> {
    const answer = await fetch(`${shop.url}/control/tbank/payments`);
    return ((await answer.json()) as { items: unknown[] }).items;
  }
});
