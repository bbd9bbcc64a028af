import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isOpen, paymentStates } from '../../src/domain/payment-moves.ts';
import { nextLook } from '../../src/domain/payment-schedule.ts';
import { triedAgain, type PendingPayment } from '../../src/domain/payment.ts';
import { day, hour, later, minute, second } from '../../src/domain/time.ts';
import { anyPayment } from '../support/any.ts';

describe('the schedule of a payment', () => {
  it('looks at every open payment again, later than the last time, and at no settled one', () => {
    fc.assert(
      fc.property(anyPayment(...paymentStates), (payment) => {
        const look = nextLook(payment);
        if (isOpen(payment.state)) assert.ok(look! > payment.updatedAt);
        else assert.equal(look, undefined);
      }),
    );
  });

  it('never waits longer than a day after the payer’s time is over', () => {
    fc.assert(
      fc.property(anyPayment('initiating', 'pending'), fc.nat(40), (payment, times) => {
        let current = payment as PendingPayment;
        for (let n = 0; n < times; n += 1) {
          const look = nextLook(current)!;
          assert.ok(look - current.updatedAt <= day);
          current = triedAgain(current, look);
        }
      }),
    );
  });

  it('leaves a new payment to its page for five seconds', () => {
    fc.assert(
      fc.property(anyPayment('created'), (payment) => {
        const fresh = { ...payment, attempts: 0 };
        assert.equal(nextLook(fresh), later(fresh.updatedAt, 5 * second));
      }),
    );
  });

  it('spaces out calls that nobody answers: 15 s, 1, 5, 15 min, 1 h, 6 h, then daily', () => {
    const pauses = [15 * second, minute, 5 * minute, 15 * minute, hour, 6 * hour, day, day, day];
    fc.assert(
      fc.property(anyPayment('created', 'capturing', 'canceling'), (payment) => {
        const looks = pauses.map((_, n) => nextLook({ ...payment, attempts: n + 1 })!);
        assert.deepEqual(
          looks.map((look) => look - payment.updatedAt),
          pauses,
        );
        if (payment.state === 'created') return;
        assert.equal(nextLook({ ...payment, attempts: 0 }), later(payment.updatedAt, 15 * second));
      }),
    );
  });

  it('spaces out a payment of unknown outcome alike, and does not sleep through the end of its time', () => {
    fc.assert(
      fc.property(anyPayment('initiating'), fc.integer({ min: 1, max: 9 }), (payment, attempts) => {
        const end = later(payment.createdAt, hour);
        const look = nextLook({ ...payment, attempts })!;
        const paused = later(
          payment.updatedAt,
          nextLook({ ...payment, state: 'created', attempts })! - payment.updatedAt,
        );
        assert.equal(look, payment.updatedAt < end && end < paused ? end : paused);
      }),
    );
  });

  it('asks for a pending payment after ten minutes, at its end, an hour, a day later, then daily', () => {
    fc.assert(
      fc.property(anyPayment('pending'), (payment) => {
        const { createdAt } = payment;
        let current = triedAgain(payment as PendingPayment, createdAt);
        const looks: number[] = [];
        for (let n = 0; n < 6; n += 1) {
          current = triedAgain(current, nextLook(current)!);
          looks.push(current.updatedAt - createdAt);
        }
        const end = hour;
        const expected = [10 * minute, end, end + hour, end + day, end + 2 * day, end + 3 * day];
        assert.deepEqual(looks, expected);
      }),
    );
  });
});
