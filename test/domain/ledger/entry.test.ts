import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  entry,
  reversal,
  sums,
  type Entry,
  type LedgerAccountId,
  type Posting,
} from '../../../src/domain/ledger/entry.ts';
import { money } from '../../../src/domain/money.ts';
import { anyCurrency, anyInstant, anySumAbove, anyText } from '../../support/any.ts';
import { noon } from '../../support/given.ts';

const anyLedgerAccount = fc.constantFrom('a', 'b', 'c', 'd').map((name) => name as LedgerAccountId);

/** Pairs of postings, so that every currency balances by construction. */
const anyBalanced: fc.Arbitrary<Posting[]> = fc
  .array(
    anyCurrency
      .chain((currency) => anySumAbove(0n, currency))
      .chain((amount) =>
        fc.tuple(anyLedgerAccount, anyLedgerAccount).map(([from, to]): Posting[] => [
          { account: from, side: 'debit', amount },
          { account: to, side: 'credit', amount },
        ]),
      ),
    { minLength: 1, maxLength: 5 },
  )
  .map((pairs) => pairs.flat());

const anyEntry: fc.Arbitrary<Entry> = fc
  .record({
    key: fc.uuid(),
    kind: fc.constant('charge'),
    effectiveAt: anyInstant,
    memo: anyText,
    postings: anyBalanced,
  })
  .map(entry);

const facts = { key: 'k', kind: 'charge', effectiveAt: noon, memo: '' };
const posting = (side: Posting['side'], minor: bigint, currency: 'RUB' | 'USD' = 'RUB') => ({
  account: 'a' as LedgerAccountId,
  side,
  amount: money(minor, currency),
});

describe('an entry of the books', () => {
  it('balances in every currency', () => {
    fc.assert(
      fc.property(anyEntry, ({ postings }) => {
        for (const { debit, credit } of sums(postings).values()) assert.equal(debit, credit);
      }),
    );
  });

  it('that is out of balance by a kopeck is a bug', () => {
    fc.assert(
      fc.property(anyBalanced, fc.nat(), (postings, place) => {
        const n = place % postings.length;
        const wrong = postings.map((one, m) =>
          m === n ? { ...one, amount: money(one.amount.minor + 1n, one.amount.currency) } : one,
        );
        assert.throws(() => entry({ ...facts, postings: wrong }), /out of balance/);
      }),
    );
  });

  it('does not set one currency against another', () => {
    const postings = [posting('debit', 5n, 'RUB'), posting('credit', 5n, 'USD')];

    assert.throws(() => entry({ ...facts, postings }), /out of balance in RUB/);
  });

  it('of no key, of nothing, or of no sum is a bug', () => {
    const pair = [posting('debit', 5n), posting('credit', 5n)];

    assert.throws(() => entry({ ...facts, key: '', postings: pair }), /needs a key/);
    assert.throws(() => entry({ ...facts, postings: [] }), /fewer than two/);
    for (const minor of [0n, -5n]) {
      const postings = [posting('debit', minor), posting('credit', minor)];
      assert.throws(() => entry({ ...facts, postings }), /not above zero/);
    }
    assert.throws(() => entry({ ...facts, postings: [posting('credit', 5n)] }), /no debit/);
  });

  it('is undone by its reversal: together they move nothing on any account', () => {
    fc.assert(
      fc.property(anyEntry, anyInstant, (of, at) => {
        const undone = reversal(of, `undo ${of.key}`, at);

        assert.equal(undone.kind, 'reversal');
        assert.equal(undone.effectiveAt, at);
        for (const account of new Set(of.postings.map((one) => one.account))) {
          const both = [...of.postings, ...undone.postings].filter(
            (one) => one.account === account,
          );
          for (const { debit, credit } of sums(both).values()) assert.equal(debit, credit);
        }
      }),
    );
  });

  it('that undoes another cannot be undone', () => {
    fc.assert(
      fc.property(anyEntry, (of) => {
        const undone = reversal(of, 'undo', noon);
        assert.equal(undone.reverses, of.key);
        assert.throws(() => reversal(undone, of.key, noon), /is a reversal itself/);
      }),
    );
  });
});
