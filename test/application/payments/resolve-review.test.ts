import assert from 'node:assert/strict';
import type { PaymentId, StaffId } from '../../../src/domain/ids.ts';
import { money } from '../../../src/domain/money.ts';
import type { Claim } from '../../../src/domain/payment-claim.ts';
import { refused } from '../../../src/domain/result.ts';
import { freshId } from '../../support/given.ts';
import { givenPaying } from '../../support/given-paying.ts';

const [vera, boris] = [freshId<StaffId>(), freshId<StaffId>()];

describe('ResolveReview', () => {
  /** Anna was asked for `asked` kopecks, and the provider proves something else. */
  const givenReview = async (facts: Partial<Claim>, asked = 10_000n) => {
    const world = await givenPaying();
    const id = await world.wish(money(asked, 'RUB'));
    await world.send(id);
    await world.take(world.proof(id, facts));
    const decide = (as: 'succeeded' | 'failed' | 'canceled', staff = vera) =>
      world.review({ paymentId: id, staff, as });
    return { ...world, id, decide };
  };

  it('credits what was truly taken, no more and no less', async () => {
    const { decide, stores, anna, payment, id } = await givenReview({
      amount: money(9_999n, 'RUB'),
    });

    const answer = await decide('succeeded');

    assert.equal(answer.ok && answer.value.state, 'succeeded');
    assert.deepEqual(await stores.credited(anna.id), [9_999n]);
    const paid = await payment(id);
    assert.deepEqual(paid.state === 'succeeded' && paid.captured, money(9_999n, 'RUB'));
    const receipt = await stores.receipts.find(id, anna.id);
    assert.deepEqual(receipt?.amount, money(9_999n, 'RUB'));
  });

  it('closes it when no money was taken, or it went back', async () => {
    for (const as of ['failed', 'canceled'] as const) {
      const { decide, stores, anna } = await givenReview({ amount: undefined });

      const answer = await decide(as);

      assert.equal(answer.ok && answer.value.state, as);
      assert.deepEqual(await stores.credited(anna.id), []);
    }
  });

  it('needs a second person above the limit, who asks for the same', async () => {
    const { decide, payment, id, stores, anna } = await givenReview(
      { amount: money(20_001n, 'RUB') },
      50_000n,
    );

    const first = await decide('succeeded');
    const own = await decide('succeeded');
    const other = await decide('failed', boris);
    const proposed = await payment(id);
    const agreed = await decide('failed');

    assert.equal(first.ok && first.value.state, 'review');
    assert.deepEqual(own, refused({ reason: 'same-person' }));
    assert.equal(other.ok && other.value.state, 'review');
    assert.deepEqual(proposed.state === 'review' && proposed.proposal, { as: 'failed', by: boris });
    assert.equal(agreed.ok && agreed.value.state, 'failed');
    assert.deepEqual(await stores.credited(anna.id), []);
  });

  it('credits no sum that nobody named, nor one in another currency', async () => {
    const nameless = await givenReview({ amount: undefined });
    const dollars = await givenReview({ amount: money(100n, 'USD') });

    assert.deepEqual(await nameless.decide('succeeded'), refused({ reason: 'sum-unknown' }));
    assert.deepEqual(await dollars.decide('succeeded'), refused({ reason: 'sum-unknown' }));
  });

  it('refuses what is not in review, and what is not there', async () => {
    const { wish, review } = await givenReview({});
    const open = await wish();
    const ask = (paymentId: PaymentId) => review({ paymentId, staff: vera, as: 'failed' });

    assert.deepEqual(await ask(open), refused({ reason: 'not-in-review' }));
    assert.deepEqual(await ask(freshId<PaymentId>()), refused({ reason: 'not-found' }));
  });
});
