import assert from 'node:assert/strict';
import {
  inNetworks,
  officialSources,
} from '../../../src/adapters/payment/yookassa/yookassa-source.ts';
import { yookassa } from '../../../src/adapters/payment/yookassa/yookassa.ts';
import type { CreateCommand } from '../../../src/application/ports/payment-provider.ts';
import type { PaymentId } from '../../../src/domain/ids.ts';
import { money } from '../../../src/domain/money.ts';
import { instant } from '../../../src/domain/time.ts';
import { freshId } from '../../support/given.ts';
import { authorization, givenYookassa, secretKey, shopId } from '../simulators/yookassa-shop.ts';
import type { YookassaShop } from '../simulators/yookassa-shop.ts';

const roubles = (minor: bigint) => money(minor, 'RUB');
const command = (more: Partial<CreateCommand> = {}): CreateCommand => ({
  paymentId: freshId<PaymentId>(),
  amount: roubles(1_234_50n),
  method: 'bank_card',
  description: 'Счёт 7000001-1',
  returnUrl: 'https://shop.example/payments/1',
  expiresAt: instant(Date.now() + 1_800_000),
  ...more,
});

describe('YooKassa', () => {
  let shop: YookassaShop;
  before(async () => {
    shop = await givenYookassa({ methods: ['bank_card', 'yoo_money', 'sbp'] });
  });
  after(() => shop.close());
  const adapter = (more: object = {}) =>
    yookassa({ apiUrl: `${shop.url}/v3`, shopId, secretKey, ...more });

  it('is asked with the published credentials of that shop', async () => {
    const answer = await fetch(`${shop.url}/v3/me`, { headers: { authorization } });
    assert.equal(answer.status, 200);
    const created = await adapter().create(command(), 5_000);
    assert.equal(created.tag, 'done');
    const wrong = await adapter({ secretKey: 'test_other' }).create(command(), 5_000);
    assert.equal(wrong.tag, 'not-attempted');
  });

  it('takes a wallet once and charges it again without its owner, until there is no money', async () => {
    const first = command({ method: 'yoo_money', saves: true });
    const created = await adapter().create(first, 5_000);
    assert.ok(created.tag === 'done');
    await shop.order({ outcome: 'pay' }, first.paymentId);
    const paid = await adapter().query?.({ paymentId: first.paymentId, ref: created.value.ref });
    assert.ok(paid?.tag === 'done' && paid.value !== 'absent');
    assert.deepEqual(paid.value.instrument, { label: '•••• 1136' });
    const token = paid.value.saved?.token;
    assert.ok(token, 'no method was saved');

    const again = { ...command(), token };
    const charged = await adapter().charge?.(again, 5_000);
    assert.ok(charged?.tag === 'done', JSON.stringify(charged?.tag));
    assert.equal(charged.value.state, 'paid');
    assert.deepEqual(charged.value.amount, roubles(1_234_50n));
    // The same command is the same charge.
    const repeated = await adapter().charge?.(again, 5_000);
    assert.ok(repeated?.tag === 'done' && repeated.value.ref === charged.value.ref);

    await shop.order({ outcome: 'run-dry' }, first.paymentId);
    const dry = await adapter().charge?.({ ...command(), token }, 5_000);
    assert.ok(dry?.tag === 'done', JSON.stringify(dry?.tag));
    assert.deepEqual([dry.value.state, dry.value.reason], ['failed', 'insufficient_funds']);
  });

  it('tells a card by its last four digits, and the codes its bank finds the payment by', async () => {
    const made = command();
    const created = await adapter().create(made, 5_000);
    assert.ok(created.tag === 'done');
    await shop.order({ outcome: 'pay' }, made.paymentId);

    const paid = await adapter().query?.({ paymentId: made.paymentId, ref: created.value.ref });

    assert.deepEqual(paid?.tag === 'done' && paid.value !== 'absent' && paid.value.instrument, {
      label: '•••• 0004',
      rrn: '603668680243',
      authCode: '062467',
    });
  });

  it('finds a payment whose name we never learned, and says when there is none', async () => {
    const made = command();
    const created = await adapter().create(made, 5_000);
    assert.ok(created.tag === 'done');
    const found = await adapter().query?.({ paymentId: made.paymentId, ref: undefined });
    assert.ok(found?.tag === 'done' && found.value !== 'absent');
    assert.equal(found.value.ref, created.value.ref);
    const none = await adapter().query?.({ paymentId: freshId<PaymentId>(), ref: undefined });
    assert.deepEqual(none, { tag: 'done', value: 'absent' });
  });

  it('finds it among all that were made since, and looks at none made at other times', async () => {
    const made = command();
    const createdAt = instant(shop.timers.now());
    await adapter().create(made, 5_000);
    await shop.timers.advance(3 * 3_600_000);
    for (let n = 0; n < 3; n += 1) await adapter().create(command(), 5_000);

    const key = { paymentId: made.paymentId, ref: undefined };
    const found = await adapter().query?.({ ...key, createdAt });
    assert.ok(found?.tag === 'done' && found.value !== 'absent');
    const long = instant(createdAt + 3 * 3_600_000);
    assert.deepEqual(await adapter().query?.({ ...key, createdAt: long }), {
      ...{ tag: 'done', value: 'absent' },
    });
  });

  it('lists what was taken, with the fee, and only within the window', async () => {
    const made = command();
    await adapter().create(made, 5_000);
    await shop.order({ outcome: 'pay' }, made.paymentId);
    const now = shop.timers.now();
    const listed = await adapter().list?.({
      from: instant(now - 60_000),
      to: instant(now + 60_000),
    });
    assert.ok(listed?.tag === 'done');
    const mine = listed.value.items.find(({ of }) => of?.by === 'id' && of.id === made.paymentId);
    assert.deepEqual(mine?.claim.amount, roubles(1_234_50n));
    assert.ok((mine.claim.credited?.minor ?? 1_234_50n) < 1_234_50n);
    const before = await adapter().list?.({
      from: instant(now - 120_000),
      to: instant(now - 110_000),
    });
    assert.deepEqual(before, { tag: 'done', value: { items: [] } });
  });

  it('is believed to speak only from its own networks', () => {
    const isTheirs = inNetworks(officialSources);
    for (const address of [
      '185.71.76.31',
      '77.75.154.128',
      '::ffff:77.75.156.11',
      '2a02:5180::1',
    ]) {
      assert.ok(isTheirs(address), address);
    }
    const foreign = [
      '185.71.76.32',
      '77.75.154.127',
      '77.75.156.12',
      '2a02:5181::1',
      '',
      'yookassa',
    ];
    for (const address of foreign) assert.ok(!isTheirs(address), address);
  });

  it('waits no longer than it is told, and asks with whole milliseconds', async () => {
    const created = await adapter().create(command(), 4_999.5);
    assert.equal(created.tag, 'done');
    await shop.control('/control/yookassa/next', {
      ...{ call: 'create', fault: 'hang-before-effect', times: 2, delayMs: 3_000 },
    });
    const startedAt = performance.now();
    const late = await adapter().create(command(), 300);
    assert.equal(late.tag, 'unknown');
    assert.ok(performance.now() - startedAt < 2_500);
  });
});
