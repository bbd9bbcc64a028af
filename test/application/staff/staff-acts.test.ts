import assert from 'node:assert/strict';
import { MemoryStaffStore } from '../../../src/adapters/memory/memory-staff-store.ts';
import { actAsStaff } from '../../../src/application/staff/act-as-staff.ts';
import {
  decideRefundAsStaff,
  requestRefundAsStaff,
} from '../../../src/application/staff/refund-as-staff.ts';
import {
  capturePaymentAsStaff,
  releasePaymentAsStaff,
  resolveReviewAsStaff,
} from '../../../src/application/staff/settle-as-staff.ts';
import type { RefundId } from '../../../src/domain/ids.ts';
import { money } from '../../../src/domain/money.ts';
import { refused } from '../../../src/domain/result.ts';
import { freshId } from '../../support/given.ts';
import { givenPaying } from '../../support/given-paying.ts';
import { givenStaff } from '../../support/given-staff.ts';

const viewer = givenStaff('victor', ['viewer']);
const vera = givenStaff('vera', ['cashier', 'approver']);
const boris = givenStaff('boris', ['approver']);

/** A paid payment of 500 roubles and everybody's ways to act on it. */
async function givenDesk() {
  const world = await givenPaying();
  const journal = new MemoryStaffStore();
  const act = actAsStaff(journal, world.clock);
  const paymentId = await world.wish();
  await world.send(paymentId);
  await world.take(world.proof(paymentId));
  return {
    ...world,
    journal,
    paymentId,
    refundAs: requestRefundAsStaff(act, world.refund),
    decideAs: decideRefundAsStaff(act, world.stores.refunds, world.decideRefund),
    reviewAs: resolveReviewAsStaff(act, world.review),
    captureAs: capturePaymentAsStaff(act, world.capture),
    releaseAs: releasePaymentAsStaff(act, world.release),
  };
}
const large = { amount: money(40_000n, 'RUB'), reason: 'paid twice', key: 'a-wish-of-vera-1' };

describe('acting at the desk', () => {
  it('is refused without the role, and the try is written down', async () => {
    const desk = await givenDesk();
    const { paymentId, journal } = desk;
    const asked = await desk.refundAs(vera, { paymentId, ...large });
    assert.ok(asked.ok);
    const notAllowed = refused({ reason: 'not-allowed' });

    assert.deepEqual(await desk.refundAs(viewer, { paymentId, ...large }), notAllowed);
    assert.deepEqual(await desk.refundAs(boris, { paymentId, ...large }), notAllowed);
    assert.deepEqual(await desk.decideAs(viewer, asked.value.id, true), notAllowed);
    assert.deepEqual(await desk.reviewAs(viewer, paymentId, 'failed'), notAllowed);
    assert.deepEqual(await desk.captureAs(boris, paymentId, large.amount), notAllowed);
    assert.deepEqual(await desk.releaseAs(viewer, paymentId), notAllowed);

    const tries = (await journal.journal(6)).map(({ action, detail }) => [action, detail]);
    assert.deepEqual(tries.toReversed(), [
      ['not-allowed', 'request-refund'],
      ['not-allowed', 'request-refund'],
      ['not-allowed', 'decide-refund'],
      ['not-allowed', 'resolve-review'],
      ['not-allowed', 'capture-payment'],
      ['not-allowed', 'release-payment'],
    ]);
    assert.equal((await desk.stores.refunds.of(paymentId)).length, 1);
  });

  it('takes two people for a large refund', async () => {
    const { paymentId, refundAs, decideAs, stores } = await givenDesk();

    const asked = await refundAs(vera, { paymentId, ...large });

    assert.ok(asked.ok);
    assert.equal(asked.value.state, 'requested');
    const own = await decideAs(vera, asked.value.id, true);
    assert.deepEqual(own, refused({ reason: 'same-person' }));
    assert.ok((await decideAs(boris, asked.value.id, true)).ok);
    const [refund] = await stores.refunds.of(paymentId);
    assert.deepEqual([refund?.requestedBy, refund?.approvedBy], [vera.id, boris.id]);
  });

  it('is in the journal before anything is done', async () => {
    const { paymentId, clock, journal, stores } = await givenDesk();
    const seen: string[] = [];
    const act = actAsStaff(journal, clock);

    const refund = requestRefundAsStaff(act, async () => {
      seen.push(...(await journal.journal(10, paymentId)).map(({ detail }) => detail));
      throw new Error('the power went off');
    });
    await assert.rejects(refund(vera, { paymentId, ...large }));

    assert.deepEqual(seen, ['400.00 RUB: paid twice']);
    assert.equal((await journal.journal(10, paymentId)).length, 1);
    assert.equal((await stores.refunds.of(paymentId)).length, 0);
  });

  it('does nothing that cannot be written down', async () => {
    const { paymentId, clock, refund, stores } = await givenDesk();
    const full = { journal: async () => [], write: () => Promise.reject(new Error('disk full')) };
    const request = requestRefundAsStaff(actAsStaff(full, clock), refund);

    await assert.rejects(request(vera, { paymentId, ...large }), /disk full/);

    assert.equal((await stores.refunds.of(paymentId)).length, 0);
  });

  it('passes on what the payment itself refuses', async () => {
    const { paymentId, decideAs, captureAs, releaseAs, reviewAs } = await givenDesk();
    const why = (answer: { ok: boolean; refusal?: { reason: string } }) => answer.refusal?.reason;

    assert.equal(why(await decideAs(boris, freshId<RefundId>(), true)), 'not-found');
    assert.equal(why(await captureAs(vera, paymentId, large.amount)), 'not-held');
    assert.equal(why(await releaseAs(vera, paymentId)), 'not-held');
    assert.equal(why(await reviewAs(vera, paymentId, 'failed')), 'not-in-review');
  });
});
