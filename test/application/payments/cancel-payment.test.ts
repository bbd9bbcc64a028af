import assert from 'node:assert/strict';
import { refused } from '../../../src/domain/result.ts';
import { second } from '../../../src/domain/time.ts';
import { givenCustomer, noon } from '../../support/given.ts';
import { givenPaying } from '../../support/given-paying.ts';
import { givenClaim } from '../../support/given-payments.ts';
import { lacking } from '../../support/scripted-provider.ts';

const silence = { tag: 'unknown', why: 'timeout' } as const;
const claim = (state: 'open' | 'paid' | 'canceled' | 'expired') =>
  ({ tag: 'done', value: givenClaim({ state }) }) as const;

describe('CancelPayment', () => {
  const givenPending = async (seen: Parameters<typeof givenPaying>[0] = {}) => {
    const world = await givenPaying(seen);
    const id = await world.wish();
    await world.send(id);
    const cancel = () => world.cancel(id, world.anna.id);
    return { ...world, id, cancelIt: cancel };
  };

  it('is cancelled, and not out of time, where the provider tells of the end before it answers our call', async () => {
    const { id, cancelIt, provider, take, proof, payment } = await givenPending();
    provider.cancels.push(claim('canceled'));
    provider.meanwhile = () => take(proof(id, { state: 'expired' }));

    const answer = await cancelIt();

    assert.equal(answer.ok && answer.value.state, 'canceled');
    assert.equal((await payment(id)).state, 'canceled');
  });

  it('takes back a wish that has not left the house, and asks nobody', async () => {
    const { wish, cancel, anna, provider, payment, sendDue, clock } = await givenPaying();
    const id = await wish();

    const answer = await cancel(id, anna.id);
    clock.move(60 * second);
    await sendDue(10);

    assert.equal(answer.ok && answer.value.state, 'canceled');
    assert.deepEqual([provider.canceled, provider.calls], [[], []]);
    assert.equal((await payment(id)).state, 'canceled');
  });

  it('closes an open payment once the provider says so', async () => {
    const { id, cancelIt, provider } = await givenPending();
    provider.cancels.push(claim('canceled'));

    const answer = await cancelIt();

    assert.equal(answer.ok && answer.value.state, 'canceled');
    assert.deepEqual(provider.canceled, [
      { paymentId: id, createdAt: noon, number: undefined, ref: `ref-${id}` },
    ]);
  });

  it('ends paid when the payer was faster', async () => {
    const { cancelIt, provider, stores, anna } = await givenPending();
    provider.cancels.push(claim('paid'));

    const answer = await cancelIt();

    assert.equal(answer.ok && answer.value.state, 'succeeded');
    assert.deepEqual(await stores.credited(anna.id), [50_000n]);
  });

  it('ends paid when the proof overtakes the answer, and is not closed by that answer', async () => {
    const { id, cancelIt, provider, take, proof, payment } = await givenPending();
    provider.cancels.push(claim('canceled'));
    provider.meanwhile = () => take(proof(id));

    await cancelIt();

    assert.equal((await payment(id)).state, 'succeeded');
  });

  it('after a silence is nobody’s guess, and the worker makes the same call again', async () => {
    const { id, cancelIt, provider, payment, look, clock } = await givenPending();
    provider.cancels.push(silence, silence, claim('canceled'));

    const answer = await cancelIt();
    clock.move(15 * second);
    await look(10);
    const meanwhile = (await payment(id)).state;
    clock.move(60 * second);
    await look(10);

    assert.equal(answer.ok && answer.value.state, 'canceling');
    assert.equal(meanwhile, 'canceling');
    assert.equal((await payment(id)).state, 'canceled');
    assert.equal(new Set(provider.canceled.map((key) => JSON.stringify(key))).size, 1);
  });

  it('goes back to pending when the call surely did not happen, with the way to the provider kept', async () => {
    const { id, cancelIt, provider, payment } = await givenPending();
    const before = await payment(id);
    provider.cancels.push({ tag: 'not-attempted', why: 'no connection' });

    await cancelIt();

    const after = await payment(id);
    assert.equal(after.state, 'pending');
    assert.deepEqual(
      after.state === 'pending' && [after.redirect, after.expiresAt],
      before.state === 'pending' && [before.redirect, before.expiresAt],
    );
  });

  it('is not taken for "surely not" when a call before it may have arrived', async () => {
    const { id, cancelIt, provider, payment, look, clock } = await givenPending();
    provider.cancels.push(silence, { tag: 'not-attempted', why: 'no connection' });

    await cancelIt();
    clock.move(15 * second);
    await look(10);

    assert.equal((await payment(id)).state, 'canceling');
  });

  it('believes the provider’s word on the payment when it refuses the call', async () => {
    for (const state of ['open', 'paid', 'expired'] as const) {
      const { id, cancelIt, provider, payment } = await givenPending();
      provider.cancels.push({ tag: 'invalid', why: 'wrong state' });
      provider.standings.push(claim(state));

      await cancelIt();

      const expected = { open: 'pending', paid: 'succeeded', expired: 'expired' }[state];
      assert.equal((await payment(id)).state, expected);
    }
  });

  it('refuses what cannot be taken back without guessing, and what is another customer’s', async () => {
    const noCancel = await givenPending({ provider: (one) => lacking(one, 'cancel') });
    const paid = await givenPending();
    await paid.take(paid.proof(paid.id));

    assert.deepEqual(await noCancel.cancelIt(), refused({ reason: 'cannot-cancel' }));
    assert.deepEqual(await paid.cancelIt(), refused({ reason: 'cannot-cancel' }));
    assert.deepEqual(
      await paid.cancel(paid.id, givenCustomer().id),
      refused({ reason: 'not-found' }),
    );
  });
});
