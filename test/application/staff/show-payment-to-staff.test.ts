import assert from 'node:assert/strict';
import { MemoryStaffStore } from '../../../src/adapters/memory/memory-staff-store.ts';
import { showPaymentToStaff } from '../../../src/application/staff/show-payment-to-staff.ts';
import type { PaymentId } from '../../../src/domain/ids.ts';
import { money } from '../../../src/domain/money.ts';
import { freshId } from '../../support/given.ts';
import { card, givenPaying, refundRules } from '../../support/given-paying.ts';
import { lacking } from '../../support/scripted-provider.ts';

const holding = { ...card, routes: card.routes.map((route) => ({ ...route, holds: true })) };

async function givenDesk(seen: Parameters<typeof givenPaying>[0] = {}) {
  const world = await givenPaying(seen);
  const { desk, refunds } = world.stores;
  const provider = seen.provider?.(world.provider) ?? world.provider;
  const show = showPaymentToStaff(desk, refunds, new MemoryStaffStore(), [provider], refundRules);
  const id = await world.wish();
  await world.send(id);
  return { ...world, show, id };
}

describe('what staff see of a payment', () => {
  it('is what can be done with it: pay back what is paid, take or release what is held', async () => {
    const held = await givenDesk({ methods: [holding] });
    await held.take(held.proof(held.id, { state: 'held' }));
    const paid = await givenDesk();
    const open = await paid.show(paid.id);
    await paid.take(paid.proof(paid.id));

    const nothing = { refund: false, capture: false, release: false };
    assert.deepEqual(open?.can, nothing);
    assert.deepEqual((await held.show(held.id))?.can, { ...nothing, capture: true, release: true });
    const view = await paid.show(paid.id);
    assert.deepEqual(view?.can, { ...nothing, refund: true });
    assert.equal(view.sums?.left.minor, 50_000n);
    assert.deepEqual(view.alone, money(20_000n, 'RUB'));
  });

  it('offers nothing its provider cannot do, and knows no payment that is none', async () => {
    const seen = { methods: [holding] };
    const plain = await givenDesk({
      ...seen,
      provider: (one) => lacking(one, 'cancel', 'capture'),
    });
    await plain.take(plain.proof(plain.id, { state: 'held' }));

    const can = (await plain.show(plain.id))?.can;
    assert.deepEqual(can, { refund: false, capture: false, release: false });
    assert.equal(await plain.show(freshId<PaymentId>()), undefined);
  });

  it('says that a review above the limit takes two', async () => {
    const { show, id, take, proof } = await givenDesk();
    await take(proof(id, { amount: money(49_000n, 'RUB') }));

    const view = await show(id);
    assert.deepEqual([view?.payment.state, view?.reviewTakesTwo], ['review', true]);
  });
});
