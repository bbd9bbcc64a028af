import assert from 'node:assert/strict';
import fc from 'fast-check';
import { InvariantBroken } from '../../src/domain/invariant.ts';
import { entry, reversal, sums, type Entry, type Posting } from '../../src/domain/ledger/entry.ts';
import {
  captureKey,
  customerAccount,
  postOperation,
} from '../../src/domain/ledger/posting-rules.ts';
import {
  postCapture,
  postRefund,
  postRefundReversal,
  refundKey,
} from '../../src/domain/ledger/provider-money.ts';
import { suspenseAccount } from '../../src/domain/ledger/suspense.ts';
import { money, negate } from '../../src/domain/money.ts';
import { operationKinds } from '../../src/domain/operation.ts';
import { instant } from '../../src/domain/time.ts';
import { anyInstant, anyMoney, anySumAbove } from '../support/any.ts';

const anyPosted: fc.Arbitrary<Entry> = fc.oneof(
  fc
    .tuple(anyMoney(), fc.constantFrom(...operationKinds), anyInstant)
    .map(([sum, kind, postedAt]) => {
      const amount = sum.minor === 0n ? money(1n, sum.currency) : sum;
      return postOperation({
        key: 'k',
        kind,
        accountNumber: 'A',
        amount,
        postedAt,
        description: '',
      });
    }),
  fc
    .record({
      amount: anySumAbove(0n),
      captured: anySumAbove(0n),
      isSame: fc.boolean(),
      isKnown: fc.boolean(),
      hasFee: fc.boolean(),
      kind: fc.constantFrom('capture', 'refund', 'reversal'),
      at: anyInstant,
    })
    .map(({ amount, captured: other, isSame, isKnown, hasFee, kind, at }) => {
      const captured = isSame ? amount : other;
      const owner = isKnown ? customerAccount('A') : suspenseAccount('stripe', amount.currency);
      const facts = { provider: 'stripe', owner, amount, memo: '' };
      const refunding = { ...facts, refundId: 'r', returned: captured, at };
      if (kind === 'refund') return postRefund(refunding);
      if (kind === 'reversal') return postRefundReversal(refunding);
      const providerFee = hasFee ? captured : undefined;
      const capture = { ...facts, paymentId: 'p', captured, providerFee, paidAt: at };
      return postCapture({ ...capture, kind: 'payment-captured' });
    }),
);

/** What the customer's account gains: credits less debits. */
const gain = ({ postings }: Entry): bigint =>
  postings
    .filter(({ account }) => account === customerAccount('A'))
    .reduce(
      (sum, { side, amount }) => sum + (side === 'credit' ? amount.minor : -amount.minor),
      0n,
    );

describe('An entry of the ledger', () => {
  it('made by any posting rule balances in every currency', () => {
    fc.assert(
      fc.property(anyPosted, ({ postings }) => {
        for (const { debit, credit } of sums(postings).values()) assert.equal(debit, credit);
      }),
    );
  });

  it('gives the customer exactly the amount of the operation', () => {
    fc.assert(
      fc.property(anySumAbove(0n), fc.boolean(), (sum, isMoneyIn) => {
        const amount = isMoneyIn ? sum : negate(sum);
        const facts = { key: 'k', accountNumber: 'A', postedAt: instant(0), description: '' };
        assert.equal(gain(postOperation({ ...facts, kind: 'charge', amount })), amount.minor);
      }),
    );
  });

  it('is undone to nothing by its reversal, and comes back by the reversal’s own', () => {
    fc.assert(
      fc.property(anyPosted, anyInstant, (posted, at) => {
        const undone = reversal(posted, 'r', at);

        assert.equal(gain(posted) + gain(undone), 0n);
        assert.deepEqual(reversal(undone, 'rr', at).postings, posted.postings);
      }),
    );
  });

  it('has one key per capture, whoever reports it and whether the owner is known', () => {
    const one = money(1n, 'RUB');
    for (const owner of [customerAccount('A'), suspenseAccount('s', 'RUB')]) {
      const facts = { provider: 's', owner, amount: one, memo: '' };
      const capture = { ...facts, paymentId: 'p', captured: one, providerFee: undefined };
      const paid = postCapture({ ...capture, paidAt: instant(0), kind: 'payment-captured' });
      const refund = { ...facts, refundId: 'r', returned: one, at: instant(0) };

      assert.equal(paid.key, captureKey('s', 'p'));
      assert.equal(postRefund(refund).key, refundKey('s', 'r'));
      assert.notEqual(postRefundReversal(refund).key, refundKey('s', 'r'));
    }
  });

  const leg = (side: Posting['side'], minor: bigint, currency: 'RUB' | 'EUR' = 'RUB'): Posting => ({
    account: customerAccount('A'),
    side,
    amount: money(minor, currency),
  });
  const wrong: Readonly<Record<string, readonly Posting[]>> = {
    'no postings': [],
    'one side only': [leg('debit', 1n)],
    'sides that differ': [leg('debit', 2n), leg('credit', 1n)],
    'two currencies against each other': [leg('debit', 1n), leg('credit', 1n, 'EUR')],
    'a posting of nothing': [leg('debit', 0n), leg('credit', 0n)],
    'a posting below zero': [leg('debit', -1n), leg('credit', -1n)],
  };
  for (const [title, postings] of Object.entries(wrong)) {
    it(`cannot be made with ${title}`, () => {
      const facts = { key: 'k', kind: 'x', effectiveAt: instant(0), memo: '', postings };
      assert.throws(() => entry(facts), InvariantBroken);
    });
  }

  it('cannot be made without a key', () => {
    const postings = [leg('debit', 1n), leg('credit', 1n)];
    const facts = { key: '', kind: 'x', effectiveAt: instant(0), memo: '', postings };
    assert.throws(() => entry(facts), InvariantBroken);
  });
});
