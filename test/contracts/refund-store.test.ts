import assert from 'node:assert/strict';
import type { RefundId, StaffId } from '../../src/domain/ids.ts';
import type { Account } from '../../src/domain/account.ts';
import { money } from '../../src/domain/money.ts';
import { moved, type Payment, type SucceededPayment } from '../../src/domain/payment.ts';
import { refundMoved, type Refund } from '../../src/domain/refund.ts';
import { hour, later, second } from '../../src/domain/time.ts';
import { freshId, givenAccount, givenCustomer, noon } from '../support/given.ts';
import { givenEvent, givenPayment, givenRefund, papersFor } from '../support/given-payments.ts';
import { onEveryStore } from '../support/portal-stores.ts';

onEveryStore('the refund store', (stores) => {
  let account: Account;
  let paid: SucceededPayment;
  beforeEach(async () => {
    const anna = givenCustomer();
    account = givenAccount(anna);
    await stores().customers.put(anna, 1);
    const payment = givenPayment(account);
    await stores().payments.add(payment, { key: payment.id, hash: '' });
    await stores().payments.takeToSend(payment.id, noon);
    const pay = (found: Payment) => ({
      kind: 'moved' as const,
      payment: moved(
        found,
        {
          ...{ state: 'succeeded', providerRef: 'r', paidAt: noon, late: false },
          ...{ captured: found.charge, providerFee: undefined },
        },
        noon,
      ),
    });
    const applied = await stores().payments.apply(payment.id, undefined, pay, papersFor(), 2026);
    assert.ok('payment' in applied && applied.payment.state === 'succeeded');
    paid = applied.payment;
  });

  const refund = (minor: bigint, facts: Partial<Refund> = {}): Refund =>
    givenRefund(paid, {
      ...{ amount: money(minor, 'RUB'), debit: money(minor, 'RUB'), state: 'sending' },
      ...{ requestedBy: freshId<StaffId>(), providerRef: undefined },
      ...facts,
    });
  const save = (...refunds: Refund[]) =>
    stores().payments.apply(
      paid.id,
      undefined,
      () => ({ kind: 'children', refunds }),
      papersFor(),
      2026,
    );

  it('finds what was saved as it was saved', async () => {
    const facts = { approvedBy: freshId<StaffId>(), providerRef: 're-1', requestKey: 'k' };
    const full = refund(20_000n, facts);
    await save(full);

    assert.deepEqual(await stores().refunds.find(full.id), full);
    assert.deepEqual(await stores().refunds.of(paid.id), [full]);
    assert.equal(await stores().refunds.find(freshId<RefundId>()), undefined);
  });

  it('sums what came back of each payment: only of refunds that succeeded', async () => {
    const asked = refund(7n);
    await save(asked, refund(20_000n), refund(5n));
    const [first, another] = [asked, refund(11n)].map((one) => ({ ...one, providerRef: one.id }));
    assert.ok(first && another);
    await save(refundMoved(first, 'succeeded', noon), refundMoved(another, 'succeeded', noon));

    const other = freshId<Payment['id']>();
    assert.deepEqual([...(await stores().refunds.paidBack([paid.id, other]))], [[paid.id, 18n]]);
    assert.equal((await stores().refunds.paidBack([])).size, 0);
  });

  it('debits once when money left, and books it back once when it came back', async () => {
    const asked = refund(20_000n);
    await save(asked);
    const gone = refundMoved(asked, 'succeeded', noon, { providerRef: 're-1' });
    await save(gone);
    await save({ ...gone, updatedAt: later(noon, second) });
    const before = await stores().debited(paid.customerId);

    await save(refundMoved(gone, 'failed', noon));

    assert.deepEqual(before, [20_000n]);
    assert.deepEqual((await stores().debited(paid.customerId)).toSorted(), [-20_000n, 20_000n]);
  });

  it('shows the decider all refunds and disputes of the payment, under its lock', async () => {
    const dispute = {
      ...{ ref: 'dp', provider: paid.provider, paymentId: paid.id, customerId: paid.customerId },
      ...{ amount: money(1n, 'RUB'), reason: 'fraudulent', openedAt: noon, updatedAt: noon },
    };
    const ask = async (n: number) =>
      stores().payments.apply(
        paid.id,
        givenEvent(`e${String(n)}`),
        (_payment, { refunds }) => {
          const left = 50_000n - refunds.reduce((sum, { amount }) => sum + amount.minor, 0n);
          if (left < 30_000n) return { kind: 'same' };
          return {
            kind: 'children',
            refunds: [refund(30_000n)],
            dispute: { ...dispute, state: 'open' },
          };
        },
        papersFor(),
        2026,
      );

    const applied = await Promise.all(Array.from({ length: 10 }, (_, n) => ask(n)));

    assert.equal(applied.filter(({ result }) => result === 'moved').length, 1);
    assert.equal((await stores().refunds.of(paid.id)).length, 1);
    assert.deepEqual(await stores().refunds.disputesOf(paid.id), [{ ...dispute, state: 'open' }]);
    const closed = { ...dispute, state: 'won' } as const;
    const close = () => ({ kind: 'children', refunds: [], dispute: closed }) as const;
    await stores().payments.apply(paid.id, undefined, close, papersFor(), 2026);
    assert.deepEqual(await stores().refunds.disputesOf(paid.id), [closed]);
  });

  it('takes what is due, each to one worker, and not again before its next time', async () => {
    const [sending, pending, asked] = [
      refund(1n),
      refund(2n, { state: 'pending' }),
      refund(3n, { state: 'requested' }),
    ];
    await save(sending, pending, asked);

    const early = await stores().refunds.takeDue(later(noon, 4_999), 10);
    const first = await Promise.all(
      Array.from({ length: 5 }, () => stores().refunds.takeDue(later(noon, 5 * second), 10)),
    );
    const hourly = await stores().refunds.takeDue(later(noon, hour), 10);

    assert.deepEqual(early, []);
    assert.deepEqual(
      first.flat().map(({ id, attempts }) => [id, attempts]),
      [[sending.id, 2]],
    );
    assert.deepEqual(hourly.map(({ id }) => id).toSorted(), [sending.id, pending.id].toSorted());
  });

  it('lists for staff by state, newest first, page by page', async () => {
    const all = [1n, 2n, 3n].map((minor) => refund(minor, { state: 'requested' }));
    await save(...all, refund(4n));

    const page = await stores().refunds.list(['requested'], 2);
    const rest = await stores().refunds.list(['requested'], 2, page.at(-1)?.id);

    assert.deepEqual(
      [...page, ...rest].map(({ amount }) => amount.minor),
      [3n, 2n, 1n],
    );
  });
});
