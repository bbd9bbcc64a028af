import assert from 'node:assert/strict';
import fc from 'fast-check';
import { money } from '../../src/domain/money.ts';
import {
  checkAmount,
  limitsIn,
  range,
  type PaymentMethod,
} from '../../src/domain/payment-limits.ts';
import { ok, refused } from '../../src/domain/result.ts';
import { anyMoney } from '../support/any.ts';

const route = (limits: ReturnType<typeof range>, provider = 'alpha') => ({ provider, ...limits });
const card: PaymentMethod = {
  code: 'card',
  title: { ru: 'Карта', en: 'Card' },
  marks: [],
  routes: [route(range('RUB', 100n, 50_000n)), route(range('USD', 0n, 10n))],
  speed: 'at-once',
};
const check = (minor: bigint, currency: 'RUB' | 'USD' | 'EUR' = 'RUB', account = currency) =>
  checkAmount(money(minor, currency), card, account);

describe('the limits of a payment method', () => {
  it('allow what lies within them, both ends included, and nothing else', () => {
    fc.assert(
      fc.property(anyMoney(fc.constant('RUB')), (amount) => {
        const isWithin = amount.minor >= 100n && amount.minor <= 50_000n;
        assert.equal(checkAmount(amount, card, 'RUB').ok, isWithin);
      }),
    );
    assert.deepEqual(check(100n), ok(card.routes[0]));
    assert.deepEqual(check(50_000n), ok(card.routes[0]));
  });

  it('refuse a kopeck less and a kopeck more, and say what is possible', () => {
    const [min, max] = [money(100n, 'RUB'), money(50_000n, 'RUB')];

    assert.deepEqual(check(99n), refused({ reason: 'amount-below-minimum', min }));
    assert.deepEqual(check(50_001n), refused({ reason: 'amount-above-maximum', max }));
  });

  it('refuse nothing and less than nothing, even where the least is nothing', () => {
    for (const minor of [0n, -1n]) {
      assert.deepEqual(check(minor, 'USD'), refused({ reason: 'amount-not-positive' }));
    }
  });

  it('refuse another currency than the account’s, and one the method does not take', () => {
    assert.deepEqual(check(500n, 'RUB', 'USD'), refused({ reason: 'wrong-currency' }));
    assert.deepEqual(check(500n, 'EUR'), refused({ reason: 'wrong-currency' }));
    assert.equal(limitsIn(card, 'EUR'), undefined);
  });

  it('lead a sum to the first provider that takes it, and tell of a gap between two', () => {
    const [small, large] = [route(range('RUB', 1n, 10n)), route(range('RUB', 20n, 30n), 'beta')];
    const both = { ...card, routes: [small, large] };
    const by = (minor: bigint) => checkAmount(money(minor, 'RUB'), both, 'RUB');

    assert.deepEqual(limitsIn(both, 'RUB'), range('RUB', 1n, 30n));
    assert.deepEqual([by(10n), by(20n)], [ok(small), ok(large)]);
    assert.deepEqual(by(15n), refused({ reason: 'amount-above-maximum', max: money(10n, 'RUB') }));
    assert.deepEqual(by(31n), refused({ reason: 'amount-above-maximum', max: money(30n, 'RUB') }));
  });
});
