import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { PaymentId, RefundId, StaffId } from '../../../src/domain/ids.ts';
import { money } from '../../../src/domain/money.ts';
import { refused } from '../../../src/domain/result.ts';
import { hour, second } from '../../../src/domain/time.ts';
import { fcFewRuns } from '../../support/fc-runs.ts';
import { freshId } from '../../support/given.ts';
import { givenPaying } from '../../support/given-paying.ts';
import { interleaved } from '../../support/interleaved.ts';
import { lacking } from '../../support/scripted-provider.ts';

const rub = (minor: bigint) => money(minor, 'RUB');
const [vera, boris] = [freshId<StaffId>(), freshId<StaffId>()];
const paidBack = (ref = 're-1') =>
  ({ tag: 'done', value: { state: 'succeeded', ref, amount: undefined } }) as const;
const silence = { tag: 'unknown', why: 'timeout' } as const;

/** Anna has paid 500 roubles; more than 200 need a second person. */
const givenPaid = async (seen: Parameters<typeof givenPaying>[0] = {}) => {
  const world = await givenPaying(seen);
  const id = await world.wish();
  await world.send(id);
  await world.take(world.proof(id));
  const ask = (minor: bigint, staff = vera) =>
    world.refund({ paymentId: id, amount: rub(minor), reason: 'двойная оплата', staff });
  const states = async () => (await world.stores.refunds.of(id)).map(({ state }) => state);
  return { ...world, id, ask, states };
};

describe('RequestRefund', () => {
  it('pays a small sum back at once, debits the account once, and tells accounting', async () => {
    const { ask, provider, stores, anna, commands, id } = await givenPaid();
    provider.refunds.push(paidBack());

    const answer = await ask(20_000n);

    assert.ok(answer.ok);
    assert.deepEqual([answer.value.state, answer.value.providerRef], ['succeeded', 're-1']);
    assert.deepEqual(await stores.debited(anna.id), [20_000n]);
    const [, command] = await commands();
    assert.deepEqual(command, {
      type: 'ledger.record-refund',
      data: {
        refundId: answer.value.id,
        paymentId: id,
        accountId: (await stores.accounts.list(anna.id))[0]?.id,
        provider: 'alpha',
        kind: 'debit',
        amount: { minor: '20000', currency: 'RUB' },
        returned: { minor: '20000', currency: 'RUB' },
        at: '2026-03-11T09:00:00.000Z',
      },
    });
  });

  it('refuses before the network what is not left, nothing, less than nothing, another currency', async () => {
    const { ask, provider, refund, id } = await givenPaid();
    provider.refunds.push(paidBack());
    await ask(10_000n);

    assert.deepEqual(
      await ask(40_001n),
      refused({ reason: 'refund-above-left', left: rub(40_000n) }),
    );
    assert.deepEqual(await ask(0n), refused({ reason: 'refund-not-positive' }));
    assert.deepEqual(await ask(-1n), refused({ reason: 'refund-not-positive' }));
    const dollars = { paymentId: id, amount: money(1n, 'USD'), reason: '', staff: vera };
    assert.deepEqual(await refund(dollars), refused({ reason: 'wrong-currency' }));
    assert.equal(provider.refunded.length, 1);
  });

  it('is one refund when somebody asks again with the same key, and none for another wish', async () => {
    const { refund, id, provider, states, stores, anna } = await givenPaid();
    provider.refunds.push(paidBack());
    const wish = { paymentId: id, reason: 'двойная оплата', staff: vera, key: 'one-wish-of-vera' };

    const first = await refund({ ...wish, amount: rub(20_000n) });
    const again = await refund({ ...wish, amount: rub(20_000n) });
    const other = await refund({ ...wish, amount: rub(10_000n) });

    assert.ok(first.ok && again.ok);
    assert.equal(again.value.id, first.value.id);
    assert.deepEqual(other, refused({ reason: 'idempotency-conflict' }));
    assert.deepEqual(await states(), ['succeeded']);
    assert.deepEqual(await stores.debited(anna.id), [20_000n]);
  });

  it('refuses a payment that is not paid, is unknown, or whose provider pays nothing back', async () => {
    const { wish, refund } = await givenPaid();
    const open = await wish();
    const ask = (paymentId: PaymentId) =>
      refund({ paymentId, amount: rub(1n), reason: '', staff: vera });
    const cannot = await givenPaid({ provider: (one) => lacking(one, 'refund') });

    assert.deepEqual(await ask(open), refused({ reason: 'not-paid' }));
    assert.deepEqual(await ask(freshId<PaymentId>()), refused({ reason: 'not-found' }));
    assert.deepEqual(await cannot.ask(1n), refused({ reason: 'provider-cannot-refund' }));
  });

  it('keeps what is asked for from being asked for twice, however the requests interleave', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (s) => {
        const world = await s.waitFor(givenPaid({ payments: (store) => interleaved(s, store) }));
        const asked = Promise.all([world.ask(30_000n), world.ask(30_000n)]);
        const answers = await s.waitFor(asked);

        assert.equal(answers.filter(({ ok }) => ok).length, 1);
      }),
      fcFewRuns,
    );
  });

  it('debits the last kopeck with the last refund, and the whole with the whole', async () => {
    const anySplit = fc.array(fc.bigInt(1n, 20_000n), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(anySplit, async (parts) => {
        const { ask, provider, stores, anna } = await givenPaid();
        let left = 50_000n;
        for (const part of [...parts, 20_000n, 20_000n, 20_000n]) {
          const minor = part < left ? part : left;
          if (minor === 0n) break;
          provider.refunds.push(paidBack(`re-${String(left)}`));
          assert.ok((await ask(minor)).ok);
          left -= minor;
        }
        const debited = await stores.debited(anna.id);
        assert.equal(
          debited.reduce((sum, minor) => sum + minor, 0n),
          50_000n - left,
        );
      }),
      fcFewRuns,
    );
  });

  it('after a silence asks first, and pays back once', async () => {
    const { ask, provider, clock, sendDueRefunds, states, stores, anna } = await givenPaid();
    provider.refunds.push(silence);

    const answer = await ask(20_000n);
    clock.move(5 * second);
    provider.refundStandings.push(paidBack());
    await sendDueRefunds(10);

    assert.equal(answer.ok && answer.value.state, 'sending');
    assert.deepEqual(await states(), ['succeeded']);
    assert.equal(provider.refunded.length, 1);
    assert.deepEqual(await stores.debited(anna.id), [20_000n]);
  });

  it('repeats the call under the same key when the provider has never heard of it', async () => {
    const { ask, provider, clock, sendDueRefunds, states } = await givenPaid();
    provider.refunds.push(silence, paidBack());
    await ask(20_000n);
    provider.refundStandings.push(silence, { tag: 'done', value: 'absent' });

    clock.move(5 * second);
    await sendDueRefunds(10);
    const meanwhile = await states();
    clock.move(hour);
    await sendDueRefunds(10);

    assert.deepEqual(meanwhile, ['sending']);
    assert.deepEqual(await states(), ['succeeded']);
    assert.equal(new Set(provider.refunded.map(({ refundId }) => refundId)).size, 1);
  });

  it('gives up what the provider declines, and the sum can be asked for again', async () => {
    const { ask, provider, states, stores, anna } = await givenPaid();
    provider.refunds.push({ tag: 'declined', reason: 'declined' }, paidBack());

    await ask(20_000n);
    await ask(20_000n);

    assert.deepEqual(await states(), ['failed', 'succeeded']);
    assert.deepEqual(await stores.debited(anna.id), [20_000n]);
  });

  it('follows a refund that takes days, and gives the money back to the account if it fails after all', async () => {
    const { ask, provider, clock, sendDueRefunds, states, stores, anna, id, take } =
      await givenPaid();
    provider.refunds.push({
      tag: 'done',
      value: { state: 'pending', ref: 're-1', amount: undefined },
    });
    const asked = await ask(20_000n);
    provider.refundStandings.push(paidBack());
    clock.move(hour);
    await sendDueRefunds(10);
    const settled = await states();

    const refundId: RefundId | undefined = asked.ok ? asked.value.id : undefined;
    await take(
      provider.says({
        tag: 'proof',
        eventKey: 'later',
        of: { by: 'id', id },
        claim: {
          state: 'paid',
          ref: undefined,
          amount: rub(50_000n),
          mode: 'live',
          reason: undefined,
          paidAt: undefined,
        },
        refund: { state: 'failed', ref: 're-1', amount: rub(20_000n), refundId: refundId ?? '' },
      }),
    );

    assert.deepEqual(settled, ['succeeded']);
    assert.deepEqual(await states(), ['failed']);
    assert.deepEqual(await stores.debited(anna.id), [20_000n, -20_000n]);
  });
});

describe('DecideRefund', () => {
  it('lets a large sum go only when a second person agrees', async () => {
    const { ask, decideRefund, provider, stores, anna } = await givenPaid();
    const asked = await ask(20_001n);
    assert.ok(asked.ok);
    const refundId = asked.value.id;

    const own = await decideRefund({ refundId, staff: vera, agrees: true });
    const before = [asked.value.state, provider.refunded.length];
    provider.refunds.push(paidBack());
    const second = await decideRefund({ refundId, staff: boris, agrees: true });

    assert.deepEqual(before, ['requested', 0]);
    assert.deepEqual(own, refused({ reason: 'same-person' }));
    assert.equal(second.ok && second.value.state, 'succeeded');
    assert.equal(second.ok && second.value.approvedBy, boris);
    assert.deepEqual(await stores.debited(anna.id), [20_001n]);
  });

  it('lets it go back to what is left when somebody says no, and decides once', async () => {
    const { ask, decideRefund, states } = await givenPaid();
    const asked = await ask(50_000n);
    assert.ok(asked.ok);
    const refundId = asked.value.id;

    const answers = [
      await decideRefund({ refundId, staff: vera, agrees: false }),
      await decideRefund({ refundId, staff: boris, agrees: true }),
      await decideRefund({ refundId: freshId<RefundId>(), staff: boris, agrees: true }),
    ];

    assert.deepEqual(
      answers.map((answer) => (answer.ok ? answer.value.state : answer.refusal.reason)),
      ['canceled', 'already-decided', 'not-found'],
    );
    assert.deepEqual(await states(), ['canceled']);
    assert.ok((await ask(50_000n)).ok);
  });

  it('stays sending when the provider is silent', async () => {
    const { ask, decideRefund } = await givenPaid();
    const asked = await ask(50_000n);
    assert.ok(asked.ok);

    const answer = await decideRefund({ refundId: asked.value.id, staff: boris, agrees: true });

    assert.equal(answer.ok && answer.value.state, 'sending');
  });
});
