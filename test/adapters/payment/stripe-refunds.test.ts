import assert from 'node:assert/strict';
import type {
  PaymentKey,
  RefundCommand,
  RefundKey,
} from '../../../src/application/ports/payment-provider.ts';
import {
  asked,
  givenStripeDesk,
  hints,
  losses,
  newId,
  newRefundId,
  proofs,
  rub,
  value,
  type StripeDesk,
} from './stripe-shop.ts';

const wish = (payment: PaymentKey, over: Partial<RefundCommand> = {}): RefundCommand => ({
  ...{ refundId: newRefundId(), payment, captured: asked, paidBack: rub(0n) },
  ...{ amount: rub(23_450n), reason: 'дубль' },
  ...over,
});
const keyOf = (of: RefundCommand, ref?: string): RefundKey => ({ ...of, ref });

describe('money that goes back through Stripe', () => {
  let desk: StripeDesk;
  beforeEach(async () => (desk = await givenStripeDesk()));
  afterEach(() => desk.close());
  const refunded = async ({ paymentId }: PaymentKey) =>
    (await desk.view(paymentId))['refundedMinor'];

  it('goes back once for one refund of ours, and is told under our own name of it', async () => {
    const key = await desk.paid();
    const command = wish(key);

    const first = value(await desk.provider.refund(command));
    const again = value(await desk.provider.refund(command));
    const told = proofs(await desk.readings());

    assert.deepEqual(
      [first.state, first.amount, first.ref],
      ['succeeded', rub(23_450n), again.ref],
    );
    assert.equal(await refunded(key), '23450');
    assert.deepEqual(
      told.map(({ of, refund, claim }) => [of, refund?.refundId, claim.refundedTotal]),
      [
        [{ by: 'id', id: key.paymentId }, command.refundId, undefined],
        [{ by: 'id', id: key.paymentId }, undefined, rub(23_450n)],
      ],
    );
    assert.deepEqual(told[0]?.refund, { ...first, refundId: command.refundId });
    // Of the payment itself the refund says nothing.
    assert.equal(told[0]?.claim.state, 'open');
  });

  it('goes back in parts, each of its own, and not above what is left', async () => {
    const key = await desk.paid();

    const parts = [
      await desk.provider.refund(wish(key, { amount: rub(100_000n) })),
      await desk.provider.refund(wish(key)),
      await desk.provider.refund(wish(key, { amount: rub(1n) })),
    ];

    assert.deepEqual(
      parts.map(({ tag }) => tag),
      ['done', 'done', 'invalid'],
    );
    const totals = proofs(await desk.readings()).flatMap(({ claim }) => claim.refundedTotal ?? []);
    assert.deepEqual(totals, [rub(100_000n), asked]);
  });

  for (const fault of losses) {
    it(`goes back once although the answer is lost: ${fault}`, async () => {
      const key = await desk.paid();
      const command = wish(key);
      await desk.fault('refund', fault);

      const claim = value(await desk.provider.refund(command));

      assert.deepEqual([claim.state, claim.amount], ['succeeded', rub(23_450n)]);
      assert.equal(await refunded(key), '23450');
    });
  }

  it('stays unknown while every answer is lost; then our own id finds it, or that there is none', async () => {
    const [there, nowhere] = [await desk.paid(), await desk.paid()];
    const [made, missed] = [wish(there), wish(nowhere)];
    await desk.fault('list', 'reset-before-effect', 100);
    await desk.fault('refund', 'reset-after-effect', 2);
    const lost = [await desk.provider.refund(made)];
    await desk.fault('refund', 'reset-before-effect', 2);
    lost.push(await desk.provider.refund(missed));
    await desk.mend();

    const find = async (command: RefundCommand) =>
      value(await desk.provider.queryRefund(keyOf(command)));
    const found = await find(made);

    assert.deepEqual(
      lost.map(({ tag }) => tag),
      ['unknown', 'unknown'],
    );
    assert.ok(found !== 'absent');
    assert.deepEqual([found.state, found.amount], ['succeeded', rub(23_450n)]);
    assert.equal(await find(missed), 'absent');
  });

  it('may wait, then succeed, and come back days later', async () => {
    const key = await desk.paid();
    const command = wish(key);
    await desk.act(key.paymentId, 'refund-waits');
    const { refundId } = command;

    const { state, ref } = value(await desk.provider.refund(command));
    const stands = async () => {
      const found = value(await desk.provider.queryRefund(keyOf(command, ref)));
      return found === 'absent' ? found : found.state;
    };
    const states = [state, await stands()];
    await desk.act(key.paymentId, 'refund-succeeds');
    states.push(await stands());
    await desk.act(key.paymentId, 'refund-fails');
    states.push(await stands());

    assert.deepEqual(states, ['pending', 'pending', 'succeeded', 'failed']);
    const told = proofs(await desk.readings()).flatMap(({ refund }) => refund ?? []);
    assert.deepEqual(
      told.map((each) => [each.refundId, each.state]),
      [
        [refundId, 'pending'],
        [refundId, 'succeeded'],
        [refundId, 'failed'],
      ],
    );
  });

  it('is nothing where nothing was paid, or nobody has heard of it', async () => {
    const open = await desk.create();
    const paid = await desk.paid();
    const stranger = { paymentId: newId(), ref: 'cs_test_unheard' };

    const refused = [
      await desk.provider.refund(wish(open)),
      await desk.provider.refund(wish(stranger)),
      await desk.provider.refund(wish(paid, { amount: { minor: 1n, currency: 'USD' } })),
      await desk.provider.queryRefund(keyOf(wish(paid), '../balance')),
    ];
    const absent = [
      await desk.provider.queryRefund(keyOf(wish(open))),
      await desk.provider.queryRefund(keyOf(wish(stranger))),
      await desk.provider.queryRefund(keyOf(wish(paid))),
      await desk.provider.queryRefund(keyOf(wish(paid), 're_unheard')),
    ];

    assert.deepEqual([...new Set(refused.map(({ tag }) => tag))], ['invalid']);
    assert.deepEqual([...new Set(absent.map(value))], ['absent']);
  });

  it('is surely not touched while the rate is limited', async () => {
    const key = await desk.paid();
    await desk.fault('refund', '429');

    assert.equal((await desk.provider.refund(wish(key))).tag, 'not-attempted');
    assert.equal(await refunded(key), '0');
  });

  it('in the cabinet is told as a total, and as a refund whose payment has to be asked for', async () => {
    const key = await desk.paid();
    await desk.act(key.paymentId, 'refund', { amountMinor: 50_000 });

    const readings = await desk.readings();
    const [hint] = hints(readings);
    assert.ok(hint);
    const seen = value(await desk.provider.look(hint.ref));

    assert.deepEqual(
      proofs(readings).map(({ claim }) => claim.refundedTotal),
      [rub(50_000n)],
    );
    assert.ok(seen !== 'absent');
    assert.deepEqual(seen.of, { by: 'id', id: key.paymentId });
    assert.deepEqual(seen.refund, { state: 'succeeded', ref: hint.ref, amount: rub(50_000n) });
    assert.deepEqual([seen.claim.state, seen.claim.amount], ['paid', asked]);
  });

  it('of a hold taken in part is never taken for a refund made in the cabinet', async () => {
    const key = await desk.paid({ holds: true });
    value(await desk.provider.capture(key, rub(100_000n)));
    await desk.act(key.paymentId, 'refund', { amountMinor: 1 });

    const readings = await desk.readings();
    const [hint] = hints(readings);
    const seen = value(await desk.provider.look(hint?.ref ?? ''));

    assert.ok(seen !== 'absent' && seen.refund === undefined);
    assert.ok(readings.every((each) => each.tag !== 'proof' || !each.claim.refundedTotal));
  });

  it('by force is a dispute: proved, with its payment to be asked for, until it is won or lost', async () => {
    for (const end of ['won', 'lost'] as const) {
      const key = await desk.paid();
      await desk.act(key.paymentId, 'dispute', { amountMinor: 100_000 });
      await desk.act(key.paymentId, `dispute-${end}`);

      const [opened, closed] = hints(await desk.readings());
      const seen = value(await desk.provider.look(closed?.ref ?? ''));

      const { dispute } = opened ?? {};
      assert.ok(dispute);
      const { state, amount, reason } = dispute;
      assert.deepEqual([state, amount, reason], ['open', rub(100_000n), 'fraudulent']);
      assert.deepEqual(closed?.dispute, { ...dispute, state: end });
      assert.notEqual(opened?.eventKey, closed?.eventKey);
      assert.ok(seen !== 'absent');
      assert.deepEqual([seen.of, seen.claim.state], [{ by: 'id', id: key.paymentId }, 'paid']);
    }
  });
});

describe('a look at Stripe by its own name', () => {
  let desk: StripeDesk;
  beforeEach(async () => (desk = await givenStripeDesk()));
  afterEach(() => desk.close());

  it('finds a session, and nothing under a name nobody has heard of', async () => {
    const key = await desk.paid();

    const seen = value(await desk.provider.look(key.ref));

    assert.ok(seen !== 'absent');
    assert.deepEqual([seen.of, seen.claim.ref], [{ by: 'id', id: key.paymentId }, key.ref]);
    for (const ref of ['cs_test_unheard', 'pi_unheard', 're_unheard']) {
      assert.equal(value(await desk.provider.look(ref)), 'absent');
    }
    for (const ref of ['', 'dp_1', 'pi_../refunds', 're_ 1', 'cs_']) {
      assert.equal((await desk.provider.look(ref)).tag, 'invalid', ref);
    }
  });

  it('is not guessed at when no answer comes', async () => {
    const key = await desk.paid();
    await desk.fault('query', '500-before-effect');

    assert.equal((await desk.provider.look(key.ref)).tag, 'unknown');
  });
});
