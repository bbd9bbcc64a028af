import assert from 'node:assert/strict';
import fc from 'fast-check';
import { InvariantBroken } from '../../src/domain/invariant.ts';
import { entry, reversal, sums, type Entry, type Posting } from '../../src/domain/ledger/entry.ts';
import { ofAccount, ofCompany } from '../../src/domain/ledger/chart-of-accounts.ts';
import { captureKey, postOperation, refundKey } from '../../src/domain/ledger/posting-rules.ts';
import {
  postCapture,
  postRefund,
  postRefundReversal,
} from '../../src/domain/ledger/provider-money.ts';
import { standingOf } from '../../src/domain/ledger/standing.ts';
import { money, negate } from '../../src/domain/money.ts';
import { operationKinds } from '../../src/domain/operation.ts';
import { instant } from '../../src/domain/time.ts';
import { anyInstant, anyMoney, anySumAbove } from '../support/any.ts';

const anyPosted: fc.Arbitrary<Entry> = fc.oneof(
  fc
    .tuple(anyMoney(), fc.bigInt(-1_000n, 1_000n), fc.constantFrom(...operationKinds), anyInstant)
    .map(([sum, before, kind, postedAt]) => {
      const amount = sum.minor === 0n ? money(1n, sum.currency) : sum;
      return postOperation({
        key: 'k',
        kind,
        standing: standingOf('A', money(before, sum.currency)),
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
      const owner = isKnown ? standingOf('A', money(-7n, amount.currency)) : 'unknown';
      const facts = { provider: 'stripe', paymentId: 'p', owner, amount, memo: '' } as const;
      const refunding = { ...facts, refundId: 'r', returned: captured, at };
      if (kind === 'refund') return postRefund(refunding);
      if (kind === 'reversal') return postRefundReversal(refunding);
      const providerFee = hasFee ? captured : undefined;
      const capture = { ...facts, captured, providerFee, paidAt: at };
      return postCapture({ ...capture, kind: 'payment-captured' });
    }),
);

/** What the customer's account gains: credits less debits. */
const gain = ({ postings }: Entry): bigint =>
  postings
    .filter(({ account }) => /^(receivable|prepayment):A$/.test(account))
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
      fc.property(anySumAbove(0n), fc.boolean(), fc.bigInt(), (sum, isMoneyIn, before) => {
        const amount = isMoneyIn ? sum : negate(sum);
        const standing = standingOf('A', money(before, sum.currency));
        const facts = { key: 'k', standing, postedAt: instant(0), description: '' };
        assert.equal(gain(postOperation({ ...facts, kind: 'charge', amount })), amount.minor);
      }),
    );
  });

  it('is undone to nothing by its reversal, which cannot be undone itself', () => {
    fc.assert(
      fc.property(anyPosted, anyInstant, (posted, at) => {
        const undone = reversal(posted, 'r', at);

        assert.equal(gain(posted) + gain(undone), 0n);
        assert.equal(undone.reverses, posted.key);
        assert.throws(() => reversal(undone, 'rr', at), InvariantBroken);
      }),
    );
  });

  it('has one key per capture, whoever reports it and whether the owner is known', () => {
    const one = money(1n, 'RUB');
    for (const owner of [standingOf('A', one), 'unknown'] as const) {
      const facts = { provider: 's', paymentId: 'p', owner, amount: one, memo: '' };
      const capture = { ...facts, captured: one, providerFee: undefined };
      const paid = postCapture({ ...capture, paidAt: instant(0), kind: 'payment-captured' });
      const refund = { ...facts, refundId: 'r', returned: one, at: instant(0) };

      assert.equal(paid.key, captureKey('s', 'p'));
      assert.equal(postRefund(refund).key, refundKey('s', 'r'));
      assert.notEqual(postRefundReversal(refund).key, refundKey('s', 'r'));
    }
  });

  const leg = (side: Posting['side'], minor: bigint, currency: 'RUB' | 'EUR' = 'RUB'): Posting => ({
    account: side === 'debit' ? ofAccount('receivable', 'A') : ofCompany('income', currency),
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
