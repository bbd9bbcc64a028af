import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  isLegalMove,
  isOpen,
  paymentMoves,
  paymentStates,
} from '../../src/domain/payment-moves.ts';
import {
  isOutOfTime,
  markNotSent,
  markPending,
  moved,
  paymentLifetimeMs,
  providerRefOf,
  startSending,
  triedAgain,
  type InitiatingPayment,
  type PendingPayment,
} from '../../src/domain/payment.ts';
import { later } from '../../src/domain/time.ts';
import { anyCreatedPayment, anyInstant, anyPayment } from '../support/any.ts';

describe('a payment', () => {
  it('is never left once it is paid, and once it is with people only they close it', () => {
    for (const { from, because } of paymentMoves) {
      assert.notEqual(from, 'succeeded');
      if (from === 'review') assert.match(because, /^people: /);
    }
  });

  it('can reach every state from its beginning', () => {
    const reached = new Set(['created']);
    for (let n = 0; n < paymentStates.length; n += 1) {
      for (const { from, to } of paymentMoves) if (reached.has(from)) reached.add(to);
    }

    assert.deepEqual([...reached].toSorted(), paymentStates.toSorted());
  });

  it('has each move in the table once, and from no state to itself', () => {
    const moves = paymentMoves.map(({ from, to }) => `${from} ${to}`);

    assert.equal(new Set(moves).size, moves.length);
    assert.ok(paymentMoves.every(({ from, to, because }) => from !== to && because !== ''));
  });

  it('can still be paid late once it was closed, or found to be paid by people', () => {
    const closed = paymentStates.filter((state) => !isOpen(state) && state !== 'succeeded');

    assert.deepEqual(
      closed.filter((state) => isLegalMove(state, 'succeeded')),
      ['failed', 'canceled', 'expired', 'review'],
    );
  });

  it('that makes a move the table does not have is a bug', () => {
    const anyMove = fc.tuple(anyPayment(...paymentStates), fc.constantFrom('canceled', 'expired'));
    fc.assert(
      fc.property(anyMove, anyInstant, ([payment, state], now) => {
        const go = () => moved(payment, { state, providerRef: undefined }, now);
        if (isLegalMove(payment.state, state)) assert.equal(go().state, state);
        else assert.throws(go, new RegExp(`no move ${payment.state} → ${state}`));
      }),
    );
  });

  it('keeps who pays what into which account through every move', () => {
    fc.assert(
      fc.property(anyCreatedPayment, anyInstant, (created, now) => {
        const sent = startSending(created, now);
        const pending = markPending(sent, { providerRef: 'ref' }, now);
        for (const next of [sent, pending, markNotSent(sent, now)]) {
          const { state: _s, updatedAt, attempts, ...facts } = created;
          assert.deepEqual({ ...next, ...facts }, next);
          assert.ok(next.attempts > attempts || updatedAt !== next.updatedAt);
          assert.equal(next.updatedAt, now);
        }
      }),
    );
  });

  it('counts every call and every question', () => {
    fc.assert(
      fc.property(anyPayment('initiating', 'pending'), anyInstant, (payment, now) => {
        const again = triedAgain(payment as InitiatingPayment | PendingPayment, now);
        const expected = { ...payment, attempts: payment.attempts + 1, updatedAt: now };
        assert.deepEqual(again, expected);
      }),
    );
  });

  it('gives the payer an hour, or as long as the provider says', () => {
    fc.assert(
      fc.property(anyCreatedPayment, anyInstant, (created, until) => {
        const sent = startSending(created, created.createdAt);
        const usual = markPending(sent, {}, created.createdAt);
        const end = later(created.createdAt, paymentLifetimeMs);
        assert.equal(usual.expiresAt, end);
        for (const payment of [created, sent, usual]) {
          assert.equal(isOutOfTime(payment, later(end, -1)), false);
          assert.equal(isOutOfTime(payment, end), true);
        }

        const agreed = markPending(sent, { expiresAt: until }, created.createdAt);
        assert.equal(isOutOfTime(agreed, later(until, -1)), false);
        assert.equal(isOutOfTime(agreed, until), true);
      }),
    );
  });

  it('has the provider’s own name only where the provider may know it', () => {
    fc.assert(
      fc.property(anyPayment('created', 'initiating'), (payment) => {
        assert.equal(providerRefOf(payment), undefined);
      }),
    );
    fc.assert(
      fc.property(anyPayment('pending', 'succeeded', 'review'), (payment) => {
        assert.equal(providerRefOf(payment), 'providerRef' in payment && payment.providerRef);
      }),
    );
  });
});
