import assert from 'node:assert/strict';
import { givenYookassa, roubles, wish } from './yookassa-shop.ts';
import type { YookassaShop } from './yookassa-shop.ts';

type Fields = Record<string, unknown>;

const pairs = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, 'v']));
const item = (more: Fields = {}): Fields => ({
  description: 'Услуги связи',
  quantity: 1,
  amount: roubles('1234.50'),
  vat_code: 1,
  payment_subject: 'service',
  payment_mode: 'full_prepayment',
  ...more,
});
const receipt = (more: Fields = {}, ...items: Fields[]): Fields => ({
  customer: { email: 'anna@example.com' },
  items: items.length === 0 ? [item()] : items,
  ...more,
});

describe('what the simulated YooKassa takes of a payment', () => {
  let shop: YookassaShop;
  before(async () => {
    shop = await givenYookassa();
  });
  after(() => shop.close());

  /** What is wrong with a payment, as the answer names it; `fine` when nothing is. */
  const wrong = async (more: Fields, at = shop): Promise<unknown> => {
    const { status, json } = await at.post('/payments', wish(more));
    if (status === 200) return 'fine';
    assert.deepEqual([status, json['type'], json['code']], [400, 'error', 'invalid_request']);
    return json['parameter'];
  };

  it('is all that is just within its limits', async () => {
    const address = `https://shop.example/${'x'.repeat(2_048 - 21)}`;
    for (const more of [
      { description: '😀'.repeat(128) },
      { metadata: { ...pairs(15), ['k'.repeat(32)]: 'v'.repeat(512) } },
      { merchant_customer_id: 'c'.repeat(200) },
      { client_ip: '203.0.113.7' },
      { confirmation: { type: 'redirect', return_url: address, locale: 'en_US', enforce: true } },
      { confirmation: undefined },
      { amount: roubles('1.00') },
      { amount: roubles('350000.00') },
      { payment_method_data: { type: 'yoo_money' }, amount: roubles('250000.00') },
    ]) {
      assert.equal(await wrong(more), 'fine', JSON.stringify(more));
    }
  });

  it('is nothing that is missing, too long, of another kind or unknown, and it says what', async () => {
    const confirmation = { type: 'redirect', return_url: 'https://shop.example/' };
    const card = { type: 'bank_card', card: { number: '5555555555554444' } };
    const bad: [parameter: string, more: Fields][] = [
      ['amount', { amount: undefined }],
      ['amount', { amount: '1.00' }],
      ['amount', { amount: [roubles('1.00')] }],
      ['amount.currency', { amount: { value: '1.00' } }],
      ['amount.currency', { amount: { value: '1.00', currency: 'GBP' } }],
      ['amount.currency', { amount: { value: '1.00', currency: 'USD' } }],
      ['amount.precision', { amount: { ...roubles('1.00'), precision: 2 } }],
      ['capture', { capture: 'true' }],
      ['confirmation.type', { confirmation: { ...confirmation, type: 'qr' } }],
      ['confirmation.return_url', { confirmation: { type: 'redirect' } }],
      ['confirmation.return_url', { confirmation: { ...confirmation, return_url: '/back' } }],
      ['confirmation.return_url', { confirmation: { ...confirmation, return_url: 'ftp://a/b' } }],
      [
        'confirmation.return_url',
        { confirmation: { ...confirmation, return_url: `https://a/${'x'.repeat(2_039)}` } },
      ],
      ['confirmation.locale', { confirmation: { ...confirmation, locale: 'ru' } }],
      ['payment_method_data.type', { payment_method_data: { type: 'qiwi' } }],
      ['payment_method_data.card', { payment_method_data: card }],
      ['payment_method_id', { payment_method_id: 'nobody' }],
      ['description', { description: 'ё'.repeat(129) }],
      ['description', { description: '😀'.repeat(129) }],
      ['description', { description: 'cut \ud83d' }],
      ['metadata', { metadata: pairs(17) }],
      ['metadata.k', { metadata: { k: 1 } }],
      ['metadata.k', { metadata: { k: 'v'.repeat(513) } }],
      [`metadata.${'k'.repeat(33)}`, { metadata: { ['k'.repeat(33)]: 'v' } }],
      ['merchant_customer_id', { merchant_customer_id: 'c'.repeat(201) }],
      ['client_ip', { client_ip: '1.2.3' }],
      ['save_payment_method', { save_payment_method: 1 }],
      ['captured', { captured: true }],
    ];
    for (const [parameter, more] of bad) {
      assert.equal(await wrong(more), parameter, JSON.stringify(more).slice(0, 120));
    }
  });

  it('is a sum with a point and both decimals, and nothing else', async () => {
    for (const value of [
      ...['1', '1.0', '1.000', '1,00', '+1.00', '-1.00', '0.00', '01.00', ' 1.00', '1e2', ''],
      ...['1 000.00', '99999999999.00', 'NaN'],
    ]) {
      assert.equal(await wrong({ amount: roubles(value) }), 'amount.value', value);
    }
    assert.equal(await wrong({ amount: { value: 1, currency: 'RUB' } }), 'amount.value');
  });

  it('is within the limits of the method, or of one of them where the payer chooses', async () => {
    const live = await givenYookassa({ secretKey: 'live_1' });
    const of = (type: string | undefined, value: string, more: Fields = {}) =>
      wrong(
        { amount: roubles(value), ...(type && { payment_method_data: { type } }), ...more },
        live,
      );
    const found = [
      await of('bank_card', '350000.01'),
      await of('bank_card', '0.99'),
      await of('yoo_money', '250000.01'),
      await of('sbp', '700000.00'),
      await of('sbp', '700000.01'),
      await of('sberbank', '700000.01'),
      await of(undefined, '700000.01'),
      await of('sbp', '1.00', { capture: false }),
    ];
    const test = await wrong({ amount: roubles('350000.01') });
    await live.close();

    const large = 'amount.value';
    assert.deepEqual(found, [large, large, large, 'fine', large, 'fine', 'fine', 'capture']);
    assert.equal(test, large);
  });

  it('is a shop’s own currency only', async () => {
    const tenge = await givenYookassa({ currency: 'KZT' });
    const found = [
      await wrong({ amount: { value: '900000.00', currency: 'KZT' } }, tenge),
      await wrong({}, tenge),
    ];
    await tenge.close();
    assert.deepEqual(found, ['fine', 'amount.currency']);
  });

  it('is a receipt worth the amount', async () => {
    const third = { quantity: 0.333, amount: roubles('1000.00') };
    const good = [
      receipt(),
      receipt({ customer: { phone: '79990000001' } }),
      receipt({}, item(third), item({ amount: roubles('901.50') })),
      receipt({ tax_system_code: 1, internet: true, timezone: 2 }),
      receipt({}, ...Array.from({ length: 100 }, () => item({ amount: roubles('12.35') }))),
    ];
    const amounts = ['1234.50', '1234.50', '1234.50', '1234.50', '1235.00'];
    for (const [at, each] of good.entries()) {
      assert.equal(await wrong({ receipt: each, amount: roubles(amounts[at]!) }), 'fine', `${at}`);
    }
    const bad: [parameter: string, receipt: Fields][] = [
      ['receipt', receipt({}, item({ amount: roubles('1234.51') }))],
      ['receipt', receipt({}, item({ quantity: 2 }))],
      ['receipt', receipt({}, item(third), item({ amount: roubles('901.51') }))],
      ['receipt.customer', receipt({ customer: {} })],
      ['receipt.customer.phone', receipt({ customer: { phone: '+79990000001' } })],
      ['receipt.customer.email', receipt({ customer: { email: 'anna' } })],
      ['receipt.customer.inn', receipt({ customer: { email: 'a@b.ru', inn: '12345678901' } })],
      ['receipt.items', receipt({ items: [] })],
      ['receipt.items', receipt({ items: Array.from({ length: 101 }, () => item()) })],
      ['receipt.items.0.description', receipt({}, item({ description: 'x'.repeat(129) }))],
      ['receipt.items.0.quantity', receipt({}, item({ quantity: 0 }))],
      ['receipt.items.0.quantity', receipt({}, item({ quantity: 1.0001 }))],
      ['receipt.items.0.quantity', receipt({}, item({ quantity: 100_000 }))],
      ['receipt.items.0.vat_code', receipt({}, item({ vat_code: 13 }))],
      ['receipt.items.0.payment_mode', receipt({}, item({ payment_mode: 'later' }))],
    ];
    for (const [parameter, each] of bad) {
      assert.equal(await wrong({ receipt: each }), parameter, JSON.stringify(each).slice(0, 120));
    }
  });

  it('is a receipt by email of at most 80 lines where YooKassa prints it, and never none where it must', async () => {
    const strict = await givenYookassa({ cashRegister: 'yookassa', needsReceipt: true });
    const lines = (count: number) =>
      receipt({}, ...Array.from({ length: count }, () => item({ amount: roubles('1.00') })));
    const found = [
      await wrong({}, strict),
      await wrong({ receipt: receipt() }, strict),
      await wrong({ receipt: receipt({ customer: { phone: '79990000001' } }) }, strict),
      await wrong({ receipt: receipt({ tax_system_code: 1 }) }, strict),
      await wrong({ receipt: lines(80), amount: roubles('80.00') }, strict),
      await wrong({ receipt: lines(81), amount: roubles('81.00') }, strict),
    ];
    await strict.close();

    assert.deepEqual(found, [
      ...['receipt', 'fine', 'receipt.customer', 'receipt.tax_system_code', 'fine'],
      'receipt.items',
    ]);
  });

  it('says what became of the receipt', async () => {
    const own = { metadata: { payment_id: 'with-receipt' }, receipt: receipt() };
    const payment = await shop.create(own);
    await shop.order({ outcome: 'pay' }, 'with-receipt');
    const paid = await shop.look(payment);

    assert.equal(payment['receipt_registration'], 'pending');
    assert.equal(paid['receipt_registration'], 'succeeded');
  });
});
