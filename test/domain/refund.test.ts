import assert from 'node:assert/strict';
import fc from 'fast-check';
import { disputedSum, settleDispute, type DisputeClaim } from '../../src/domain/dispute.ts';
import type { RefundId, StaffId } from '../../src/domain/ids.ts';
import { money } from '../../src/domain/money.ts';
import { credited, type SucceededPayment } from '../../src/domain/payment.ts';
import { settleRefund, unknownRefund } from '../../src/domain/refund-settlement.ts';
import {
  bookingOf,
  checkRefund,
  debitFor,
  isLegalRefundMove,
  needsSecondPerson,
  refundMoved,
  refundMoves,
  refundStates,
  refundSums,
  type Refund,
  type RefundState,
} from '../../src/domain/refund.ts';
import { anyInstant, anyPayment } from '../support/any.ts';
import { freshId, givenAccount, givenCustomer, noon } from '../support/given.ts';
import { givenPayment } from '../support/given-payments.ts';

/** A paid payment whose account was credited `credit` for `taken`. */
const paidWith = (credit: bigint, taken: bigint, currency: 'RUB' | 'USD' = 'RUB') => {
  const amount = money(credit, 'RUB');
  const charge = money(taken, currency);
  return {
    ...givenPayment(givenAccount(givenCustomer())),
    ...{ amount, charge, captured: charge, state: 'succeeded' },
    ...{ providerRef: 'r', paidAt: noon, late: false, providerFee: undefined },
  } as SucceededPayment;
};
const refundOf = (
  payment: SucceededPayment,
  minor: bigint,
  facts: Partial<Refund> = {},
): Refund => ({
  id: freshId<RefundId>(),
  paymentId: payment.id,
  customerId: payment.customerId,
  provider: payment.provider,
  amount: money(minor, payment.captured.currency),
  debit: money(minor, 'RUB'),
  state: 'succeeded',
  origin: 'staff',
  reason: '',
  requestedBy: freshId<StaffId>(),
  approvedBy: undefined,
  providerRef: undefined,
  createdAt: noon,
  updatedAt: noon,
  attempts: 0,
  ...facts,
});

describe('refunds of a payment', () => {
  it('never pay back more than was taken, whatever is asked, won, lost or still on its way', () => {
    const anyAsk = fc.tuple(fc.bigInt(-5n, 120n), fc.constantFrom(...refundStates));
    fc.assert(
      fc.property(fc.array(anyAsk, { maxLength: 12 }), fc.bigInt(0n, 120n), (asks, disputed) => {
        const payment = paidWith(100n, 100n);
        const refunds: Refund[] = [];
        for (const [minor, state] of asks) {
          const sums = refundSums(payment, refunds, money(disputed, 'RUB'));
          const asked = checkRefund(money(minor, 'RUB'), sums);
          assert.equal(asked.ok, minor > 0n && minor <= sums.left.minor);
          if (asked.ok) refunds.push(refundOf(payment, minor, { state }));
        }
        const { refunded, outstanding, left } = refundSums(
          payment,
          refunds,
          money(disputed, 'RUB'),
        );
        assert.ok(refunded.minor + outstanding.minor <= 100n);
        assert.ok(left.minor >= 0n);
      }),
    );
  });

  it('debit in all exactly what was credited once all is paid back, for any split, fee and quote', () => {
    const anyTaken = fc.tuple(fc.bigInt(1n, 10n ** 9n), fc.bigInt(1n, 10n ** 9n));
    const anyParts = fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 0, maxLength: 8 });
    fc.assert(
      fc.property(anyTaken, anyParts, fc.boolean(), ([credit, taken], parts, isDollars) => {
        const payment = paidWith(credit, taken, isDollars ? 'USD' : 'RUB');
        const refunds: Refund[] = [];
        const payBack = (minor: bigint) => {
          const amount = money(minor, payment.captured.currency);
          const debit = debitFor(amount, payment, refunds);
          assert.ok(debit.minor >= 0n);
          refunds.push(refundOf(payment, minor, { debit }));
        };
        let left = taken;
        for (const part of parts) {
          const minor = (left * BigInt(part)) / 100n;
          if (minor === 0n) continue;
          payBack(minor);
          left -= minor;
        }
        if (left > 0n) payBack(left);
        const debited = refunds.reduce((sum, { debit }) => sum + debit.minor, 0n);
        assert.equal(debited, credited(payment).minor);
      }),
    );
  });

  it('move along their table only; what is not in it is a bug', () => {
    const anyStates = fc.tuple(fc.constantFrom(...refundStates), fc.constantFrom(...refundStates));
    fc.assert(
      fc.property(anyStates, anyInstant, ([from, to], now) => {
        const refund = refundOf(paidWith(1n, 1n), 1n, { state: from });
        const go = () => refundMoved(refund, to, now);
        if (isLegalRefundMove(from, to)) assert.equal(go().state, to);
        else assert.throws(go, new RegExp(`no move ${from} → ${to}`));
      }),
    );
    assert.ok(refundMoves.every(({ from, to, because }) => from !== to && because !== ''));
  });

  it('end alike in whatever order a provider tells of them, and however often', () => {
    const anyStory = fc
      .constantFrom<readonly RefundState[]>(['pending', 'succeeded'], ['pending', 'failed'])
      .chain((story) => fc.shuffledSubarray([...story, ...story], { minLength: 2 }));
    fc.assert(
      fc.property(anyStory, (states) => {
        const end = states.reduce(
          (refund, state) => {
            const claim = { state: state as 'pending', ref: 'x', amount: undefined };
            const settled = settleRefund(refund, claim, noon);
            return settled.kind === 'moved' ? settled.refund : refund;
          },
          refundOf(paidWith(9n, 9n), 5n, { state: 'sending' }),
        );
        const final = states.find((state) => state !== 'pending');
        assert.equal(end.state, final ?? 'pending');
      }),
    );
  });

  it('tell of another sum than asked: a contradiction', () => {
    const refund = refundOf(paidWith(9n, 9n), 5n, { state: 'pending' });
    const claim = { state: 'succeeded', ref: 'x', amount: money(4n, 'RUB') } as const;

    assert.equal(settleRefund(refund, claim, noon).kind, 'conflict');
  });

  it('reach the books when money left, and again when it came back', () => {
    for (const is of refundStates) {
      for (const was of [undefined, ...refundStates]) {
        const expected =
          is === 'succeeded' && was !== 'succeeded'
            ? 'debit'
            : is === 'failed' && was === 'succeeded'
              ? 'reversal'
              : undefined;
        assert.equal(bookingOf(is, was), expected);
      }
    }
  });

  it('made elsewhere are what a total tells beyond all that we know of', () => {
    const payment = paidWith(100n, 100n);
    const known = [
      refundOf(payment, 10n),
      refundOf(payment, 20n, { state: 'pending' }),
      refundOf(payment, 30n, { state: 'failed' }),
      refundOf(payment, 5n, { state: 'requested' }),
    ];

    assert.equal(unknownRefund(money(30n, 'RUB'), known), undefined);
    assert.deepEqual(unknownRefund(money(31n, 'RUB'), known), money(1n, 'RUB'));
  });

  it('need a second person above the limit, and always where there is none', () => {
    const rules = [money(100n, 'RUB')];

    assert.equal(needsSecondPerson(money(100n, 'RUB'), rules), false);
    assert.equal(needsSecondPerson(money(101n, 'RUB'), rules), true);
    assert.equal(needsSecondPerson(money(1n, 'USD'), rules), true);
  });
});

describe('a paid payment', () => {
  it('credits what was asked if all was taken, else what was taken', () => {
    fc.assert(
      fc.property(anyPayment('succeeded'), (payment) => {
        assert.equal(payment.state, 'succeeded');
        const paid = payment;
        assert.deepEqual(credited(paid), paid.amount);
        const part = { ...paid, captured: money(paid.captured.minor + 1n, 'RUB') };
        assert.deepEqual(credited(part), part.captured);
      }),
    );
  });
});

describe('a dispute', () => {
  const of = { provider: 'alpha', paymentId: freshId(), customerId: freshId() } as Parameters<
    typeof settleDispute
  >[2];
  const claim = (state: DisputeClaim['state']): DisputeClaim => ({
    ref: 'd',
    state,
    amount: money(5n, 'RUB'),
    reason: 'fraudulent',
  });

  it('once decided stays decided, and keeps its sum unless it is won', () => {
    const opened = settleDispute(undefined, claim('open'), of, noon);
    assert.ok(opened);
    assert.equal(settleDispute(opened, claim('open'), of, noon), undefined);
    for (const end of ['won', 'lost'] as const) {
      const decided = settleDispute(opened, claim(end), of, noon);
      assert.ok(decided);
      assert.equal(
        settleDispute(decided, claim(end === 'won' ? 'lost' : 'won'), of, noon),
        undefined,
      );
      assert.deepEqual(disputedSum([decided], 'RUB'), money(end === 'won' ? 0n : 5n, 'RUB'));
    }
  });
});
