import assert from 'node:assert/strict';
import { startPayment } from '../../../src/application/payments/start-payment.ts';
import type { SavedMethod } from '../../../src/domain/saved-method.ts';
import { money } from '../../../src/domain/money.ts';
import { range } from '../../../src/domain/payment-limits.ts';
import { parseRate } from '../../../src/domain/quote.ts';
import { refused } from '../../../src/domain/result.ts';
import { hour, later } from '../../../src/domain/time.ts';
import { fixedRandomness, freshId } from '../../support/given.ts';
import { card, givenPaying } from '../../support/given-paying.ts';

const rub = (minor: bigint) => money(minor, 'RUB');
const rate = parseRate('RUB', 'USD', '0.0125')!;

describe('StartPayment with a price', () => {
  it('asks the payer for sum and fee, and credits the sum', async () => {
    const dear = { ...card, fee: { basisPoints: 200 } };
    const world = await givenPaying({ methods: [dear] });
    const id = await world.wish(rub(10_000n));
    await world.send(id);

    await world.take(world.proof(id, { amount: rub(10_200n), credited: rub(9_894n) }));

    assert.deepEqual(world.provider.calls[0]?.command.amount, rub(10_200n));
    assert.deepEqual(await world.stores.credited(world.anna.id), [10_000n]);
    const paid = await world.payment(id);
    assert.deepEqual(paid.state === 'succeeded' && paid.providerFee, rub(306n));
    const receipt = await world.stores.receipts.find(id, world.anna.id);
    assert.deepEqual(
      [receipt?.amount, receipt?.fee, receipt?.total],
      [rub(10_000n), rub(200n), rub(10_200n)],
    );
    const [command] = await world.commands();
    assert.deepEqual(command?.data, {
      ...command?.data,
      amount: { minor: '10000', currency: 'RUB' },
      captured: { minor: '10200', currency: 'RUB' },
      providerFee: { minor: '306', currency: 'RUB' },
    });
  });

  it('freezes the quote with the payment: the proof is held against it, whatever the rate is then', async () => {
    const purse = {
      ...card,
      routes: [{ provider: 'alpha', rate, ...range('RUB', 100n, 10_000_000n) }],
    };
    const { wish, send, take, proof, payment, stores, anna, clock } = await givenPaying({
      methods: [purse],
    });
    const [id, other] = [await wish(rub(100_000n)), await wish(rub(100_000n))];
    for (const each of [id, other]) await send(each);

    await take(proof(id, { amount: money(1_250n, 'USD') }));
    await take(proof(other, { amount: money(1_249n, 'USD') }));

    const paid = await payment(id);
    assert.deepEqual(paid.quote, {
      rate,
      from: rub(100_000n),
      to: money(1_250n, 'USD'),
      validUntil: later(clock.now(), hour),
    });
    assert.deepEqual(await stores.credited(anna.id), [100_000n]);
    assert.equal((await payment(other)).state, 'review');
  });

  it('leads a sum to the provider of its route, under the provider’s own name of the method', async () => {
    const routes = [
      { provider: 'beta', as: 'sbp', ...range('RUB', 1n, 9_999n) },
      { provider: 'alpha', as: 'card', ...range('RUB', 10_000n, 20_000n) },
    ];
    const { wish, send, provider, payment } = await givenPaying({ methods: [{ ...card, routes }] });

    const [small, large] = [await wish(rub(9_999n)), await wish(rub(10_000n))];
    await send(large);

    assert.equal((await payment(small)).provider, 'beta');
    assert.equal(provider.calls[0]?.command.method, 'card');
  });

  it('offers nothing that is switched off', async () => {
    const off = { ...card, off: { ru: 'закрыт', en: 'closed' } };
    const { start, anna, account } = await givenPaying({ methods: [off] });
    const asked = { customerId: anna.id, accountId: account.id, amount: rub(500n), method: 'card' };

    assert.deepEqual(await start({ ...asked, key: 'k' }), refused({ reason: 'method-unknown' }));
  });

  it('gives providers that want a number one of 31 bits, another where it is taken', async () => {
    const world = await givenPaying();
    const { stores, account, anna, provider, clock } = world;
    const numbering = new Proxy(provider, {
      get: (target, name) =>
        name === 'namesByNumber' ? true : (Reflect.get(target, name) as unknown),
    });
    const draws = [0, 0, 0, 0, 0, 255];
    const randomness = {
      ...fixedRandomness(),
      bytes: () => Uint8Array.from([255, 255, 255, draws.shift() ?? 9]),
    };
    const offer = { methods: [card], providers: [numbering] };
    const start = startPayment(stores.payments, stores.accounts, offer, randomness, clock);
    const ask = () =>
      start({
        customerId: anna.id,
        accountId: account.id,
        amount: rub(500n),
        method: 'card',
        key: freshId(),
      });

    const [first, second] = [await ask(), await ask()];

    assert.equal(first.ok && first.value.number, 0x7f_ff_ff_00);
    assert.equal(second.ok && second.value.number, 0x7f_ff_ff_ff);
    draws.push(...Array.from({ length: 8 }, () => 0));
    await assert.rejects(ask, /no free payment number/);
  });

  it('remembers a method whose payer agreed, once, and charges it the next time', async () => {
    const world = await givenPaying({ methods: [{ ...card, canBeSaved: true }] });
    const { start, send, take, proof, stores, anna, account, provider, payment } = world;
    const ask = async (more: { saves?: boolean; savedMethod?: SavedMethod }) => {
      const wish = { customerId: anna.id, accountId: account.id, amount: rub(50_000n) };
      const started = await start({ ...wish, method: 'card', key: freshId(), ...more });
      assert.ok(started.ok);
      await send(started.value.id);
      return started.value.id;
    };
    const saved = { token: 'pm_1', title: 'Wallet 410011758834477' };
    const [shy, willing] = [await ask({}), await ask({ saves: true })];
    for (const id of [shy, willing, willing]) await take(proof(id, { saved }));

    const methods = await stores.savedMethods.list(anna.id);
    const savedMethod = methods[0];
    assert.ok(savedMethod);
    provider.charges.push({
      tag: 'done',
      value: {
        ...{ state: 'paid', ref: 'x', amount: rub(50_000n), mode: 'live' },
        ...{ reason: undefined, paidAt: undefined },
      },
    });
    const charged = await ask({ savedMethod });
    provider.charges.push({ tag: 'declined', reason: 'insufficient_funds' });
    const declined = await ask({ savedMethod });
    await stores.savedMethods.forget(savedMethod.id, anna.id);
    const forgotten = await ask({ savedMethod });

    assert.deepEqual(
      methods.map(({ title, paymentId }) => [title, paymentId]),
      [['Wallet •••• 4477', willing]],
    );
    assert.equal(provider.charged[0]?.token, 'pm_1');
    assert.equal((await payment(charged)).state, 'succeeded');
    const reasons = [await payment(declined), await payment(forgotten)].map(
      (one) => one.state === 'failed' && one.reason,
    );
    assert.deepEqual(reasons, ['insufficient_funds', 'method_restricted']);
    assert.equal(provider.charged.length, 2);
  });

  it('charges a remembered method where it is remembered, whoever a new payment would go to', async () => {
    const { routes } = card;
    const elsewhere = { provider: 'beta', ...range('RUB', 100n, 10_000_000n) };
    const method = { ...card, canBeSaved: true, routes: [...routes] };
    const world = await givenPaying({ methods: [method] });
    const { start, take, proof, stores, anna, account } = world;
    const wish = { customerId: anna.id, accountId: account.id, amount: rub(50_000n) };
    const first = await start({ ...wish, method: 'card', key: freshId(), saves: true });
    assert.ok(first.ok);
    await world.send(first.value.id);
    await take(proof(first.value.id, { saved: { token: 'pm_1', title: '•••• 4477' } }));
    const [savedMethod] = await stores.savedMethods.list(anna.id);
    assert.ok(savedMethod);

    method.routes.unshift(elsewhere);
    const again = () => start({ ...wish, method: 'card', key: freshId(), savedMethod });
    const charged = await again();
    assert.equal(charged.ok && charged.value.provider, 'alpha');
    method.routes.splice(0, 2, elsewhere);
    assert.deepEqual(await again(), refused({ reason: 'method-unknown' }));
  });
});
