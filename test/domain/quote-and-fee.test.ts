import assert from 'node:assert/strict';
import fc from 'fast-check';
import { exponentOf } from '../../src/domain/currency.ts';
import { money } from '../../src/domain/money.ts';
import { feeOf } from '../../src/domain/payment-fee.ts';
import { freezeQuote, parseRate, type Rate } from '../../src/domain/quote.ts';
import { anyCurrency, anyInstant, anySumAbove } from '../support/any.ts';
import { noon } from '../support/given.ts';

const anyRate: fc.Arbitrary<Rate> = fc.record({
  from: anyCurrency,
  to: anyCurrency,
  numerator: fc.bigInt(1n, 10n ** 12n),
  denominator: fc.nat(9).map((digits) => 10n ** BigInt(digits)),
});

describe('a quote', () => {
  it('asks for no less than the sum is worth, and for less than one smallest unit more', () => {
    fc.assert(
      fc.property(
        anyRate.chain((rate) => fc.tuple(fc.constant(rate), anySumAbove(0n, rate.from))),
        anyInstant,
        ([rate, from], until) => {
          const { to } = freezeQuote(from, rate, until);
          const worth = from.minor * rate.numerator * 10n ** BigInt(exponentOf(rate.to));
          const unit = rate.denominator * 10n ** BigInt(exponentOf(rate.from));
          assert.ok(to.minor * unit >= worth);
          assert.ok((to.minor - 1n) * unit < worth);
          assert.equal(to.currency, rate.to);
        },
      ),
    );
  });

  it('knows digits after the point: 1 008 roubles at 0.0125 are 12.60 dollars, at 1.5 they are 1 512 yen', () => {
    const roubles = money(100_800n, 'RUB');
    const dollars = parseRate('RUB', 'USD', '0.0125');
    const yen = parseRate('RUB', 'JPY', '1.5');
    assert.ok(dollars && yen);

    assert.deepEqual(freezeQuote(roubles, dollars, noon).to, money(1_260n, 'USD'));
    assert.deepEqual(freezeQuote(roubles, yen, noon).to, money(1_512n, 'JPY'));
  });

  it('reads decimal rates exactly and refuses what is none', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 999_999_999n), fc.integer({ min: 1, max: 9 }), (digits, places) => {
        const text = digits.toString().padStart(places + 1, '0');
        const written = `${text.slice(0, -places)}.${text.slice(-places)}`;
        const rate = parseRate('RUB', 'USD', written);
        assert.ok(rate, written);
        assert.equal(rate.numerator * 10n ** BigInt(places), digits * rate.denominator);
      }),
    );
    for (const text of ['', '0', '0.000', '-1', '1e2', '1,5', '.5', '1.', ' 1', '01', 'NaN']) {
      assert.equal(parseRate('RUB', 'USD', text), undefined, text);
    }
  });

  it('for another currency than its rate’s is a bug', () => {
    const rate = parseRate('RUB', 'USD', '1');
    assert.ok(rate);
    assert.throws(() => freezeQuote(money(1n, 'EUR'), rate, noon), /a rate of RUB for EUR/);
  });
});

describe('the fee of a method', () => {
  it('is its share, rounded half up, and no less than the least', () => {
    fc.assert(
      fc.property(
        anySumAbove(0n, 'RUB'),
        fc.nat(10_000),
        fc.bigInt(0n, 10_000n),
        (sum, bp, RUB) => {
          const { minor, currency } = feeOf(sum, { basisPoints: bp, least: { RUB } });
          const exact = sum.minor * BigInt(bp);
          assert.equal(currency, 'RUB');
          assert.ok(minor >= RUB);
          if (minor > RUB) {
            assert.ok(minor * 10_000n - exact <= 5_000n);
            assert.ok(exact - minor * 10_000n < 5_000n);
          }
        },
      ),
    );
  });

  it('is nothing without a rule, or on nothing', () => {
    assert.deepEqual(feeOf(money(100n, 'KWD'), undefined), money(0n, 'KWD'));
    assert.deepEqual(feeOf(money(0n, 'RUB'), { basisPoints: 100 }), money(0n, 'RUB'));
    assert.deepEqual(
      feeOf(money(100n, 'USD'), { basisPoints: 0, least: { RUB: 5n } }),
      money(0n, 'USD'),
    );
  });
});
