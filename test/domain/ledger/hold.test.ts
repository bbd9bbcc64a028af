import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ofAccount, ofProvider } from '../../../src/domain/ledger/chart-of-accounts.ts';
import {
  availableBalance,
  countersOf,
  isAboveFloor,
  noCounters,
  postedBalance,
} from '../../../src/domain/ledger/counters.ts';
import { credit, debit } from '../../../src/domain/ledger/entry.ts';
import {
  holdKey,
  isHeld,
  newHold,
  resolveHold,
  type HoldEnd,
} from '../../../src/domain/ledger/hold.ts';
import { money } from '../../../src/domain/money.ts';
import { later } from '../../../src/domain/time.ts';
import { noon } from '../../support/given.ts';

const rub = (minor: bigint) => money(minor, 'RUB');
const clearing = ofProvider('clearing', 'alpha', 'RUB');
const receivable = ofAccount('receivable', '1');
const expiresAt = later(noon, 1_000);
const held = newHold({
  key: holdKey('alpha', 'a'),
  debit: clearing,
  credit: receivable,
  amount: rub(100n),
  expiresAt,
});
const capture = (minor: bigint): HoldEnd => ({ tag: 'capture', amount: rub(minor) });

describe('money held', () => {
  it('is captured in full or in part up to its last moment, and never more than was held', () => {
    const last = later(expiresAt, -1);
    for (const minor of [1n, 99n, 100n]) {
      const ended = resolveHold(held, capture(minor), last);
      assert.ok(ended.ok);
      assert.deepEqual(ended.value.state, { tag: 'captured', amount: rub(minor), at: last });
    }
    const refusal = { reason: 'over-held', held: rub(100n) } as const;
    assert.deepEqual(resolveHold(held, capture(101n), last), { ok: false, refusal });
    assert.throws(() => resolveHold(held, capture(0n), last), /capture of nothing/);
    const euro: HoldEnd = { tag: 'capture', amount: money(1n, 'EUR') };
    assert.throws(() => resolveHold(held, euro, last), /in EUR/);
    assert.throws(() => newHold({ ...held, amount: rub(0n) }), /is of nothing/);
  });

  it('cannot be captured once its time is over, though nobody has let it go yet', () => {
    assert.deepEqual(resolveHold(held, capture(1n), expiresAt), {
      ok: false,
      refusal: { reason: 'hold-expired' },
    });
    assert.ok(isHeld(held, later(expiresAt, -1)));
    assert.ok(!isHeld(held, expiresAt));
  });

  it('expires not before its time, and may be let go at any time', () => {
    assert.deepEqual(resolveHold(held, { tag: 'expire' }, later(expiresAt, -1)), {
      ok: false,
      refusal: { reason: 'hold-not-expired' },
    });
    assert.ok(resolveHold(held, { tag: 'expire' }, expiresAt).ok);
    assert.ok(resolveHold(held, { tag: 'void' }, expiresAt).ok);
  });

  it('is resolved once, however it was', () => {
    const ends: readonly HoldEnd[] = [capture(100n), { tag: 'void' }, { tag: 'expire' }];
    for (const [n, end] of ends.entries()) {
      const ended = resolveHold(held, end, n === 2 ? expiresAt : noon);
      assert.ok(ended.ok);
      for (const again of ends) {
        const as: string = ended.value.state.tag;
        const answer = resolveHold(ended.value, again, noon);
        const refusal = { reason: 'already-resolved', as };
        assert.deepEqual(answer, { ok: false, refusal });
      }
    }
  });
});

describe('the counters of an account', () => {
  it('give a balance from its own side, and count out what holds may take but not what they may bring', () => {
    const postings = [
      debit(clearing, rub(500n)),
      credit(receivable, rub(500n)),
      credit(clearing, rub(30n)),
    ];
    const other = newHold({
      ...held,
      key: 'b',
      debit: receivable,
      credit: clearing,
      amount: rub(7n),
    });
    const of = countersOf(clearing, postings, [held, other]);

    assert.deepEqual(of, {
      debitsPosted: 500n,
      creditsPosted: 30n,
      debitsPending: 100n,
      creditsPending: 7n,
    });
    assert.equal(postedBalance(clearing, of), 470n);
    assert.equal(availableBalance(clearing, of), 463n);
    assert.equal(postedBalance(ofAccount('prepayment', '1'), of), -470n);
    assert.equal(availableBalance(ofAccount('prepayment', '1'), of), -570n);
    assert.deepEqual(countersOf(ofAccount('prepayment', '1'), postings, []), noCounters);
  });

  it('tell which side of nothing an account may not fall to', () => {
    fc.assert(
      fc.property(fc.bigInt(), (balance) => {
        assert.equal(isAboveFloor(receivable, balance), balance >= 0n);
        assert.equal(isAboveFloor(ofAccount('prepayment', '1'), balance), balance <= 0n);
        assert.ok(isAboveFloor(clearing, balance));
      }),
    );
  });
});
