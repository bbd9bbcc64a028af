import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Reading } from '../../../src/application/ports/payment-provider.ts';
import type { StaffId } from '../../../src/domain/ids.ts';
import { money } from '../../../src/domain/money.ts';
import type { Claim } from '../../../src/domain/payment-claim.ts';
import { fcFewRuns } from '../../support/fc-runs.ts';
import { freshId } from '../../support/given.ts';
import { givenPaying } from '../../support/given-paying.ts';
import { givenClaim } from '../../support/given-payments.ts';

type Proof = Extract<Reading, { tag: 'proof' }>;
const rub = (minor: bigint) => money(minor, 'RUB');

const givenPaid = async () => {
  const world = await givenPaying();
  const id = await world.wish();
  await world.send(id);
  await world.take(world.proof(id));
  const told = (more: Partial<Proof>, facts: Partial<Claim> = {}, eventKey: string = freshId()) =>
    world.provider.says({
      tag: 'proof',
      eventKey,
      of: { by: 'id', id },
      claim: givenClaim(facts),
      ...more,
    });
  const refunds = async () =>
    (await world.stores.refunds.of(id)).map(({ state, amount, origin }) => [
      state,
      amount.minor,
      origin,
    ]);
  const sum = async () =>
    (await world.stores.debited(world.anna.id)).reduce((total, minor) => total + minor, 0n);
  return { ...world, id, told, refunds, sum };
};

describe('Money a provider paid back by itself', () => {
  it('appears here, debited once, when a total tells of it', async () => {
    const { take, told, refunds, stores, anna } = await givenPaid();

    const results = [
      await take(told({}, { refundedTotal: rub(10_000n) })),
      await take(told({}, { refundedTotal: rub(10_000n) })),
      await take(told({}, { refundedTotal: rub(15_000n) })),
      await take(told({}, { refundedTotal: rub(0n) })),
    ];

    assert.deepEqual(
      results.map(({ result }) => result),
      ['moved', 'same', 'moved', 'same'],
    );
    assert.deepEqual(await refunds(), [
      ['succeeded', 10_000n, 'provider'],
      ['succeeded', 5_000n, 'provider'],
    ]);
    assert.deepEqual(await stores.debited(anna.id), [10_000n, 5_000n]);
  });

  it('is one refund, whether the event of it or the total comes first, and however often', async () => {
    const order = fc.shuffledSubarray(['event', 'total', 'event', 'total'], { minLength: 2 });
    await fc.assert(
      fc.asyncProperty(order, async (news) => {
        const { take, told, sum, stores, id } = await givenPaid();
        for (const piece of news) {
          const refund = { state: 'succeeded', ref: 're-9', amount: rub(10_000n) } as const;
          await take(
            piece === 'event' ? told({ refund }) : told({}, { refundedTotal: rub(10_000n) }),
          );
        }
        assert.equal((await stores.refunds.of(id)).length, 1);
        assert.equal(await sum(), 10_000n);
      }),
      fcFewRuns,
    );
  });

  it('is not counted beside our own refund that is still on its way', async () => {
    const { take, told, refunds, refund, id, provider, sum } = await givenPaid();
    provider.refunds.push({
      tag: 'done',
      value: { state: 'pending', ref: 're-1', amount: undefined },
    });
    await refund({ paymentId: id, amount: rub(20_000n), reason: '', staff: freshId<StaffId>() });

    await take(told({}, { refundedTotal: rub(20_000n) }));
    await take(told({ refund: { state: 'succeeded', ref: 're-1', amount: rub(20_000n) } }));

    assert.deepEqual(await refunds(), [['succeeded', 20_000n, 'staff']]);
    assert.equal(await sum(), 20_000n);
  });

  it('is looked at by people when it contradicts the refund we know', async () => {
    const { take, told, refund, id, provider, stores, sum } = await givenPaid();
    provider.refunds.push({
      tag: 'done',
      value: { state: 'pending', ref: 're-1', amount: undefined },
    });
    await refund({ paymentId: id, amount: rub(20_000n), reason: '', staff: freshId<StaffId>() });

    const { result } = await take(
      told({ refund: { state: 'succeeded', ref: 're-1', amount: rub(19_999n) } }),
    );

    assert.equal(result, 'conflict');
    assert.match((await stores.desk.odd(10))[0]?.why ?? '', /not the sum asked/);
    assert.equal(await sum(), 0n);
  });

  it('that failed in the provider’s cabinet is nothing', async () => {
    const { take, told, refunds } = await givenPaid();

    for (const state of ['failed', 'canceled'] as const) {
      await take(told({ refund: { state, ref: 're-8', amount: rub(1n) } }));
    }
    await take(told({ refund: { state: 'succeeded', ref: 're-8', amount: undefined } }));

    assert.deepEqual(await refunds(), []);
  });

  it('settles a payment whose proof was lost, and then itself', async () => {
    const { wish, send, take, provider, payment, sum, stores, anna } = await givenPaid();
    const lost = await wish();
    await send(lost);

    const claim = givenClaim({ refundedTotal: rub(10_000n) });
    await take(
      provider.says({ tag: 'proof', eventKey: 'late', of: { by: 'id', id: lost }, claim }),
    );

    assert.equal((await payment(lost)).state, 'succeeded');
    assert.deepEqual(await stores.credited(anna.id), [50_000n, 50_000n]);
    assert.equal(await sum(), 10_000n);
  });

  it('of a payment that is not paid is looked at by people', async () => {
    const { wish, send, take, provider } = await givenPaid();
    const open = await wish();
    await send(open);

    const claim = givenClaim({ state: 'open', refundedTotal: rub(1n) });
    const { result } = await take(
      provider.says({ tag: 'proof', eventKey: 'odd', of: { by: 'id', id: open }, claim }),
    );

    assert.equal(result, 'conflict');
  });
});

describe('A dispute', () => {
  const dispute = (state: 'open' | 'won' | 'lost', minor = 30_000n) => ({
    dispute: { ref: 'dp-1', state, amount: rub(minor), reason: 'fraudulent' },
  });

  it('is opened and decided once, and keeps its sum from being paid back a second time', async () => {
    const { take, told, refund, id, stores, provider } = await givenPaid();
    const ask = (minor: bigint) =>
      refund({ paymentId: id, amount: rub(minor), reason: '', staff: freshId<StaffId>() });

    await take(told(dispute('open')));
    const above = await ask(20_001n);
    await take(told(dispute('lost')));
    await take(told(dispute('won')));
    provider.refunds.push({
      tag: 'done',
      value: { state: 'succeeded', ref: 'x', amount: undefined },
    });
    const within = await ask(20_000n);

    assert.equal(!above.ok && above.refusal.reason, 'refund-above-left');
    assert.deepEqual(
      (await stores.refunds.disputesOf(id)).map(({ state, amount }) => [state, amount.minor]),
      [['lost', 30_000n]],
    );
    assert.ok(within.ok);
  });

  it('that was won gives the sum free again; one after a refund never makes less than nothing', async () => {
    const { take, told, refund, id, provider } = await givenPaid();
    const ask = (minor: bigint) =>
      refund({ paymentId: id, amount: rub(minor), reason: '', staff: freshId<StaffId>() });
    provider.refunds.push({
      tag: 'done',
      value: { state: 'succeeded', ref: 'x', amount: undefined },
    });
    await ask(20_000n);
    await take(told(dispute('open', 50_000n)));

    const none = await ask(1n);
    await take(told(dispute('won', 50_000n)));
    const again = await ask(1n);

    assert.deepEqual(!none.ok && none.refusal, { reason: 'refund-above-left', left: rub(0n) });
    assert.ok(again.ok);
  });
});
