import assert from 'node:assert/strict';
import type { PaymentId } from '../../../src/domain/ids.ts';
import { money } from '../../../src/domain/money.ts';
import type { Claim } from '../../../src/domain/payment-claim.ts';
import { refused } from '../../../src/domain/result.ts';
import { hour, second } from '../../../src/domain/time.ts';
import { freshId } from '../../support/given.ts';
import { card, givenPaying } from '../../support/given-paying.ts';
import { givenClaim } from '../../support/given-payments.ts';
import { lacking } from '../../support/scripted-provider.ts';

const holding = { ...card, routes: card.routes.map((route) => ({ ...route, holds: true })) };
const rub = (minor: bigint) => money(minor, 'RUB');
const silence = { tag: 'unknown', why: 'timeout' } as const;
const claim = (facts: Partial<Claim>) => ({ tag: 'done', value: givenClaim(facts) }) as const;

describe('CapturePayment', () => {
  const givenHeld = async (seen: Parameters<typeof givenPaying>[0] = {}) => {
    const world = await givenPaying({ methods: [holding], ...seen });
    const id = await world.wish();
    await world.send(id);
    await world.take(world.proof(id, { state: 'held' }));
    return { ...world, id };
  };

  it('asks the provider to hold, and nothing is credited while the money is only held', async () => {
    const { id, provider, payment, stores, anna } = await givenHeld();

    assert.equal(provider.calls[0]?.command.holds, true);
    assert.equal((await payment(id)).state, 'authorized');
    assert.deepEqual(await stores.credited(anna.id), []);
  });

  it('takes all of it', async () => {
    const { id, capture, provider, stores, anna } = await givenHeld();
    provider.captures.push(claim({ state: 'paid' }));

    const answer = await capture(id, rub(50_000n));

    assert.equal(answer.ok && answer.value.state, 'succeeded');
    assert.deepEqual(provider.captured, [rub(50_000n)]);
    assert.deepEqual(await stores.credited(anna.id), [50_000n]);
  });

  it('takes a part of it and credits that part', async () => {
    const { id, capture, provider, stores, anna, commands } = await givenHeld();
    provider.captures.push(claim({ state: 'paid', amount: rub(20_000n) }));

    const answer = await capture(id, rub(20_000n));

    assert.ok(answer.ok && answer.value.state === 'succeeded');
    assert.deepEqual(answer.value.captured, rub(20_000n));
    assert.deepEqual(await stores.credited(anna.id), [20_000n]);
    const [command] = await commands();
    assert.deepEqual((command?.data as { amount: object }).amount, {
      minor: '20000',
      currency: 'RUB',
    });
  });

  it('ends alike when the proof of the capture comes before the proof of the hold', async () => {
    const { wish, send, take, proof, payment, stores, anna } = await givenPaying({
      methods: [holding],
    });
    const id = await wish();
    await send(id);

    await take(proof(id, { state: 'paid', amount: rub(20_000n) }));
    await take(proof(id, { state: 'held' }));

    assert.equal((await payment(id)).state, 'succeeded');
    assert.deepEqual(await stores.credited(anna.id), [20_000n]);
  });

  it('after a silence captures once: the same call again until the outcome is known', async () => {
    const { id, capture, provider, payment, look, clock, stores, anna } = await givenHeld();
    provider.captures.push(silence, silence, claim({ state: 'paid' }));

    await capture(id, rub(50_000n));
    for (const pause of [15, 60]) {
      clock.move(pause * second);
      await look(10);
    }

    assert.equal((await payment(id)).state, 'succeeded');
    assert.equal(provider.captured.length, 3);
    assert.deepEqual(await stores.credited(anna.id), [50_000n]);
  });

  it('goes back to held when the call surely did not happen, or the provider refused it', async () => {
    const down = await givenHeld();
    down.provider.captures.push({ tag: 'not-attempted', why: 'no connection' });
    await down.capture(down.id, rub(50_000n));
    const no = await givenHeld();
    no.provider.captures.push({ tag: 'invalid', why: 'no' });
    no.provider.standings.push(claim({ state: 'held' }));
    await no.capture(no.id, rub(50_000n));

    assert.equal((await down.payment(down.id)).state, 'authorized');
    assert.equal((await no.payment(no.id)).state, 'authorized');
  });

  it('learns that the hold had run out', async () => {
    const { id, capture, provider, payment, stores, anna } = await givenHeld();
    provider.captures.push({ tag: 'invalid', why: 'no' });
    provider.standings.push(claim({ state: 'expired' }));

    await capture(id, rub(50_000n));

    assert.equal((await payment(id)).state, 'expired');
    assert.deepEqual(await stores.credited(anna.id), []);
    assert.deepEqual(await capture(id, rub(50_000n)), refused({ reason: 'not-held' }));
  });

  it('finds out by itself that a hold ran out which nobody told of', async () => {
    const { id, provider, payment, look, clock } = await givenHeld();
    provider.standings.push(claim({ state: 'held' }), claim({ state: 'expired' }));

    clock.move(6 * hour);
    await look(10);
    const meanwhile = (await payment(id)).state;
    clock.move(6 * hour);
    await look(10);

    assert.deepEqual([meanwhile, (await payment(id)).state], ['authorized', 'expired']);
  });

  it('refuses, before the provider is asked, what is not held or more than is held', async () => {
    const { id, capture, provider, wish } = await givenHeld();
    const open = await wish();

    assert.deepEqual(
      await capture(id, rub(50_001n)),
      refused({ reason: 'capture-above-held', held: rub(50_000n) }),
    );
    assert.deepEqual(
      await capture(id, rub(0n)),
      refused({ reason: 'capture-above-held', held: rub(50_000n) }),
    );
    assert.deepEqual(await capture(id, money(1n, 'USD')), refused({ reason: 'wrong-currency' }));
    assert.deepEqual(await capture(open, rub(1n)), refused({ reason: 'not-held' }));
    assert.deepEqual(
      await capture(freshId<PaymentId>(), rub(1n)),
      refused({ reason: 'not-found' }),
    );
    assert.deepEqual(provider.captured, []);
    const cannot = await givenHeld({ provider: (one) => lacking(one, 'capture') });
    assert.deepEqual(await cannot.capture(cannot.id, rub(1n)), refused({ reason: 'not-held' }));
  });
});

describe('ReleasePayment', () => {
  const givenHeld = async (seen: Parameters<typeof givenPaying>[0] = {}) => {
    const world = await givenPaying({ methods: [holding], ...seen });
    const id = await world.wish();
    await world.send(id);
    await world.take(world.proof(id, { state: 'held' }));
    return { ...world, id };
  };

  it('gives held money back: nothing is credited', async () => {
    const { id, release, provider, stores, anna } = await givenHeld();
    provider.cancels.push(claim({ state: 'canceled' }));

    const answer = await release(id);

    assert.equal(answer.ok && answer.value.state, 'canceled');
    assert.deepEqual(await stores.credited(anna.id), []);
  });

  it('returns to held where the provider says it still is', async () => {
    const { id, release, provider, payment } = await givenHeld();
    provider.cancels.push({ tag: 'invalid', why: 'no' });
    provider.standings.push(claim({ state: 'held' }));

    await release(id);

    assert.equal((await payment(id)).state, 'authorized');
  });

  it('stays unknown after a silence, and after a refused call nobody explains', async () => {
    const { id, release, provider, payment } = await givenHeld();
    provider.cancels.push({ tag: 'invalid', why: 'no' });

    const answer = await release(id);

    assert.equal(answer.ok && answer.value.state, 'canceling');
    assert.equal((await payment(id)).state, 'canceling');
  });

  it('refuses what is not held', async () => {
    const { id, release, take, proof } = await givenHeld();
    await take(proof(id));
    const cannot = await givenHeld({ provider: (one) => lacking(one, 'cancel') });

    assert.deepEqual(await release(id), refused({ reason: 'not-held' }));
    assert.deepEqual(await release(freshId<PaymentId>()), refused({ reason: 'not-found' }));
    assert.deepEqual(await cannot.release(cannot.id), refused({ reason: 'not-held' }));
  });
});
