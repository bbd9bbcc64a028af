import assert from 'node:assert/strict';
import fc from 'fast-check';
import { takeNotification } from '../../../src/application/payments/take-notification.ts';
import { takeProof } from '../../../src/application/payments/take-proof.ts';
import { settlePayment } from '../../../src/application/payments/settle-payment.ts';
import type { PaymentId } from '../../../src/domain/ids.ts';
import { money } from '../../../src/domain/money.ts';
import { hour, isoText, later, minute } from '../../../src/domain/time.ts';
import { fcFewRuns } from '../../support/fc-runs.ts';
import { fixedRandomness, freshId, noon, secrets, stoppedClock } from '../../support/given.ts';
import { givenPaying } from '../../support/given-paying.ts';
import { givenPayment } from '../../support/given-payments.ts';
import { broken, interleaved } from '../../support/interleaved.ts';

describe('TakeNotification', () => {
  const givenPending = async () => {
    const world = await givenPaying();
    const id = await world.wish();
    await world.send(id);
    return { ...world, id };
  };

  it('takes a proof of payment: paid, receipted, told to accounting, and accepted', async () => {
    const { id, take, proof, payment, stores, anna, account, commands } = await givenPending();

    const { result, response } = await take(proof(id));

    assert.deepEqual([result, response.status], ['moved', 200]);
    assert.equal((await payment(id)).state, 'succeeded');
    assert.deepEqual(await stores.credited(anna.id), [50_000n]);
    const receipt = await stores.receipts.find(id, anna.id);
    assert.equal(receipt?.number, `R-2026-${anna.contract}-0001`);
    const data = {
      paymentId: id,
      accountId: account.id,
      provider: 'alpha',
      providerRef: 'ref-1',
      method: 'card',
      amount: { minor: '50000', currency: 'RUB' },
      paidAt: isoText(noon),
    };
    assert.deepEqual(await commands(), [{ type: 'ledger.record-payment', data }]);
  });

  it('counts a receipt’s year where the company is', async () => {
    const { id, take, proof, clock, stores, anna } = await givenPending();
    clock.move(Date.UTC(2026, 11, 31, 21) - clock.now());

    await take(proof(id));

    assert.match((await stores.receipts.find(id, anna.id))?.number ?? '', /^R-2027-/);
  });

  it('counts a notification once, however often it is delivered', async () => {
    const { id, take, proof, stores, anna, commands } = await givenPending();
    const raw = proof(id);

    const first = await take(raw);
    const again = await take(raw);

    assert.deepEqual([first.result, again.result], ['moved', 'duplicate']);
    assert.equal(again.response.status, 200);
    assert.deepEqual(await stores.credited(anna.id), [50_000n]);
    assert.equal((await commands()).length, 1);
  });

  it('credits once, in whatever order deliveries and our own question run', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 4 }), async (s, count) => {
        const world = await givenPaying({ payments: (store) => interleaved(s, store) });
        const id = await world.wish();
        await s.waitFor(world.send(id));
        const raw = world.proof(id);
        world.clock.move(10 * minute);
        const paid = { state: 'paid', amount: money(50_000n, 'RUB'), mode: 'live' } as const;
        const unsaid = { ref: undefined, reason: undefined, paidAt: undefined };
        world.provider.standings.push({ tag: 'done', value: { ...paid, ...unsaid } });

        const deliveries = Array.from({ length: count }, () => world.take(raw));
        await s.waitFor(Promise.all([...deliveries, world.take(world.proof(id)), world.look(10)]));

        assert.deepEqual(await world.stores.credited(world.anna.id), [50_000n]);
        assert.equal((await world.commands()).length, 1);
        assert.equal((await world.payment(id)).state, 'succeeded');
      }),
      fcFewRuns,
    );
  });

  it('takes a proof while our own call is still without an answer', async () => {
    const { wish, send, provider, take, proof, payment } = await givenPaying();
    provider.answers.push({ tag: 'unknown', why: 'timeout' });
    const id = await wish();
    await send(id);

    const { result } = await take(proof(id));

    assert.equal(result, 'moved');
    assert.equal((await payment(id)).state, 'succeeded');
  });

  it('takes money that comes after the payment was closed, and calls it late', async () => {
    const { id, take, proof, payment, stores, anna } = await givenPending();
    await take(proof(id, { state: 'expired' }));

    const { result } = await take(proof(id));

    const paid = await payment(id);
    assert.equal(result, 'moved');
    assert.equal(paid.state === 'succeeded' && paid.late, true);
    assert.deepEqual(await stores.credited(anna.id), [50_000n]);
  });

  for (const [what, counted, facts] of [
    ['another sum', 'review-sum', { amount: money(50_001n, 'RUB') }],
    ['no sum', 'review-sum', { amount: undefined }],
    ['another currency', 'review-currency', { amount: money(50_000n, 'USD') }],
    ['a test payment', 'review-mode', { mode: 'test' }],
  ] as const) {
    it(`gives ${what} to people, counts it apart and credits nothing`, async () => {
      const { id, take, proof, payment, stores, anna, commands } = await givenPending();

      const { result, response } = await take(proof(id, facts));

      assert.deepEqual([result, response.status], [counted, 200]);
      assert.equal((await payment(id)).state, 'review');
      assert.deepEqual(await stores.credited(anna.id), []);
      assert.deepEqual(await commands(), []);
    });
  }

  it('answers what says nothing new, and what contradicts, with accepted', async () => {
    const { id, take, proof } = await givenPending();

    const open = await take(proof(id, { state: 'open' }));
    await take(proof(id));
    const other = await take(proof(id, { amount: money(1n, 'RUB') }));

    assert.deepEqual([open.result, open.response.status], ['same', 200]);
    assert.deepEqual([other.result, other.response.status], ['conflict', 200]);
  });

  it('proves nothing without its signature', async () => {
    const { id, take, payment } = await givenPending();

    const { result, response } = await take({ headers: {}, body: new Uint8Array([1]) });

    assert.deepEqual([result, response.status], ['refused-signature', 400]);
    assert.equal((await payment(id)).state, 'pending');
  });

  it('says why a notification is refused, and accepts what does not concern us', async () => {
    const { take, provider } = await givenPaying();

    for (const why of ['malformed', 'too-old', 'mode'] as const) {
      const { result, response } = await take(provider.says({ tag: 'refused', why }));
      assert.deepEqual([result, response.status], [`refused-${why}`, 400]);
    }
    const ignored = await take(provider.says({ tag: 'ignored', why: 'a payout' }));
    assert.deepEqual([ignored.result, ignored.response.status], ['ignored', 200]);
  });

  describe('of a payment we do not know', () => {
    it('is asked for again while our own row may be on its way, and then counts', async () => {
      const { take, proof, stores, account, anna, clock } = await givenPaying();
      const payment = givenPayment(account);
      const raw = proof(payment.id);

      const early = await take(raw);
      await stores.payments.add(payment, { key: 'k', hash: '' });
      await stores.payments.takeToSend(payment.id, clock.now());
      const late = await take(raw);

      assert.deepEqual([early.result, early.response.status], ['parked', 503]);
      assert.deepEqual([late.result, late.response.status], ['moved', 200]);
      assert.deepEqual(await stores.credited(anna.id), [50_000n]);
    });

    it('is accepted after ten minutes, so that the provider rests', async () => {
      const { take, proof, clock } = await givenPaying();
      const raw = proof(freshId<PaymentId>());

      await take(raw);
      clock.move(10 * minute - 1);
      const before = await take(raw);
      clock.move(1);
      const after = await take(raw);

      assert.deepEqual([before.result, before.response.status], ['parked', 503]);
      assert.deepEqual([after.result, after.response.status], ['parked', 200]);
    });

    it('may have a name that none of ours can have', async () => {
      const { take, proof } = await givenPaying();

      const { result, response } = await take(proof('order 17; DROP TABLE'));

      assert.deepEqual([result, response.status], ['parked', 503]);
    });
  });

  it('throws when the database is down, so that the provider comes again', async () => {
    const { id, stores, provider, proof, payment } = await givenPending();
    const down = broken(stores.payments, 'apply');
    const clock = stoppedClock(later(noon, hour));
    const settle = settlePayment(down, fixedRandomness(), clock, 'Europe/Moscow');

    const proofs = takeProof(settle, async () => undefined, fixedRandomness());
    const question = async () => true;

    const taking = takeNotification(down, proofs, question, secrets, clock)(provider, proof(id));

    await assert.rejects(taking, /database is down/);
    assert.equal((await payment(id)).state, 'pending');
  });
});
