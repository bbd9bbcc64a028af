import assert from 'node:assert/strict';
import { sendRefund } from '../../../src/application/refunds/send-refund.ts';
import type { Outcome } from '../../../src/application/ports/payment-provider.ts';
import type { StaffId } from '../../../src/domain/ids.ts';
import { money } from '../../../src/domain/money.ts';
import type { RefundClaim } from '../../../src/domain/refund-settlement.ts';
import { hour } from '../../../src/domain/time.ts';
import { freshId } from '../../support/given.ts';
import { givenPaying } from '../../support/given-paying.ts';
import { givenClaim } from '../../support/given-payments.ts';

const rub = (minor: bigint) => money(minor, 'RUB');
const done = (facts: Partial<RefundClaim> = {}): Outcome<RefundClaim> => ({
  tag: 'done',
  value: { state: 'succeeded', ref: 're-1', amount: undefined, ...facts },
});

/** Anna has paid 500 roubles, and Vera wants 200 of them to go back. */
async function givenAsked(answer?: Outcome<RefundClaim>) {
  const world = await givenPaying();
  const id = await world.wish();
  await world.send(id);
  await world.take(world.proof(id));
  if (answer) world.provider.refunds.push(answer);
  const staff = freshId<StaffId>();
  const ask = () => world.refund({ paymentId: id, amount: rub(20_000n), reason: 'twice', staff });
  const only = async () => {
    const [refund] = await world.stores.refunds.of(id);
    assert.ok(refund);
    return refund;
  };
  /** The provider tells of the refund by a notification. */
  const told = async (facts: Partial<RefundClaim> = {}) => {
    const refund = await only();
    const said = { state: 'succeeded', ref: 're-1', amount: rub(20_000n), ...facts } as const;
    await world.take(
      world.provider.says({
        ...{ tag: 'proof', eventKey: freshId(), of: { by: 'id', id } },
        claim: givenClaim({ ref: undefined }),
        refund: { ...said, refundId: refund.id },
      }),
    );
  };
  return { ...world, id, ask, only, told };
}

describe('SendRefund', () => {
  it('changes nothing by an answer that a notification has overtaken', async () => {
    for (const late of [done(), { tag: 'declined', reason: 'declined' } as const]) {
      const world = await givenAsked(late);
      world.provider.meanwhile = () => world.told();

      await world.ask();

      assert.equal((await world.only()).state, 'succeeded', late.tag);
      assert.deepEqual(await world.stores.debited(world.anna.id), [20_000n]);
    }
  });

  it('puts a refund of another sum before people, and debits nothing', async () => {
    const { ask, only, stores, anna } = await givenAsked(done({ amount: rub(1n) }));

    await ask();

    assert.equal((await only()).state, 'sending');
    assert.deepEqual(await stores.debited(anna.id), []);
  });

  it('keeps waiting for one that is on its way and that the provider cannot find', async () => {
    const { ask, only, provider, clock, sendDueRefunds } = await givenAsked(
      done({ state: 'pending' }),
    );
    await ask();
    provider.refundStandings.push({ tag: 'done', value: 'absent' });

    clock.move(hour);
    await sendDueRefunds(10);

    assert.equal((await only()).state, 'pending');
    assert.equal(provider.refunded.length, 1);
  });

  it('waits while its provider is switched off', async () => {
    const { ask, only, stores, settle } = await givenAsked({ tag: 'unknown', why: 'timeout' });
    await ask();

    const send = sendRefund(stores.desk, stores.refunds, [], settle);
    assert.equal(await send(await only()), undefined);

    assert.equal((await only()).state, 'sending');
  });
});
