import assert from 'node:assert/strict';
import { lookAtDuePayments } from '../../../src/application/payments/look-at-payments.ts';
import type { Claim } from '../../../src/domain/payment-claim.ts';
import { day, hour, minute } from '../../../src/domain/time.ts';
import { noon } from '../../support/given.ts';
import { givenPaying } from '../../support/given-paying.ts';
import { givenClaim } from '../../support/given-payments.ts';

describe('LookAtDuePayments', () => {
  const givenPending = async () => {
    const world = await givenPaying();
    const id = await world.wish();
    await world.send(id);
    const answer = (facts: Partial<Claim>) => {
      world.provider.standings.push({ tag: 'done', value: givenClaim(facts) });
    };
    return { ...world, id, answer };
  };

  it('finds a payment whose notification was lost, ten minutes after the wish', async () => {
    const { id, look, clock, provider, answer, payment } = await givenPending();
    answer({ state: 'paid' });

    clock.move(10 * minute - 1);
    assert.equal(await look(10), 0);
    clock.move(1);
    assert.equal(await look(10), 1);

    assert.deepEqual(provider.questions, [
      { paymentId: id, createdAt: noon, number: undefined, ref: `ref-${id}` },
    ]);
    assert.equal((await payment(id)).state, 'succeeded');
  });

  it('closes what the provider closed', async () => {
    for (const state of ['failed', 'canceled', 'expired'] as const) {
      const { id, look, clock, answer, payment } = await givenPending();
      answer({ state });
      clock.move(10 * minute);

      await look(10);

      assert.equal((await payment(id)).state, state);
    }
  });

  it('leaves an open payment while the payer has time, and closes it after that', async () => {
    const { id, look, clock, answer, payment } = await givenPending();
    answer({ state: 'open' });
    answer({ state: 'open' });

    clock.move(10 * minute);
    await look(10);
    const inTime = (await payment(id)).state;
    clock.move(50 * minute);
    await look(10);

    assert.equal(inTime, 'pending');
    assert.equal((await payment(id)).state, 'expired');
  });

  it('closes after its time what the provider has never heard of', async () => {
    const { id, look, clock, provider, payment } = await givenPending();
    const absent = { tag: 'done', value: 'absent' } as const;
    provider.standings.push(absent, absent);

    clock.move(10 * minute);
    await look(10);
    const inTime = (await payment(id)).state;
    clock.move(hour);
    await look(10);

    assert.equal(inTime, 'pending');
    assert.equal((await payment(id)).state, 'expired');
  });

  it('closes nothing for its time as long as the provider does not answer', async () => {
    const { id, look, clock, provider, payment } = await givenPending();

    for (let n = 0; n < 5; n += 1) {
      clock.move(day);
      await look(10);
    }

    assert.equal((await payment(id)).state, 'pending');
    assert.equal(provider.questions.length, 5);
  });

  it('asks rarely: at ten minutes, at the end, an hour and a day after it', async () => {
    const { look, clock, provider } = await givenPending();

    for (let at = 0; at < 26 * 60; at += 1) {
      clock.move(minute);
      await look(10);
    }

    assert.equal(provider.questions.length, 4);
  });

  it('does not take back what a notification brought meanwhile', async () => {
    const { id, look, clock, take, proof, answer, payment, stores, anna, provider } =
      await givenPending();
    answer({ state: 'expired' });
    provider.meanwhile = () => take(proof(id));

    clock.move(10 * minute);
    await look(10);

    assert.equal((await payment(id)).state, 'succeeded');
    assert.deepEqual(await stores.credited(anna.id), [50_000n]);
  });

  it('names it by our own id as long as the provider’s is not known', async () => {
    const { wish, send, take, proof, look, clock, provider, payment } = await givenPaying();
    provider.answers.push({ tag: 'unknown', why: 'timeout' });
    const id = await wish();
    await send(id);
    await take(proof(id, { state: 'open', ref: undefined }));
    clock.move(10 * minute);

    assert.equal(await look(10), 1);
    assert.deepEqual(provider.questions, [
      { paymentId: id, createdAt: noon, number: undefined, ref: undefined },
    ]);
    assert.equal((await payment(id)).state, 'pending');
  });

  it('leaves a payment of a provider that is not plugged in', async () => {
    const { id, stores, settle, proofs, clock, payment } = await givenPending();
    clock.move(10 * minute);
    const needs = { providers: [], settle, take: proofs };

    assert.equal(await lookAtDuePayments(stores.payments, needs, clock)(10), 1);
    assert.equal((await payment(id)).state, 'pending');
  });
});
