import assert from 'node:assert/strict';
import fc from 'fast-check';
import { add, money, negate } from '../../src/domain/money.ts';
import { allocate, roundDiv } from '../../src/domain/rounding.ts';
import { anyMoney } from '../support/any.ts';

describe('a whole number divided', () => {
  const vectors: readonly (readonly [bigint, bigint, bigint, bigint, bigint, bigint])[] = [
    // n, d, half-up, half-even, up, down
    [5n, 2n, 3n, 2n, 3n, 2n],
    [7n, 2n, 4n, 4n, 4n, 3n],
    [-5n, 2n, -3n, -2n, -3n, -2n],
    [1n, 3n, 0n, 0n, 1n, 0n],
    [2n, 3n, 1n, 1n, 1n, 0n],
    [0n, 7n, 0n, 0n, 0n, 0n],
    [15n, 10n, 2n, 2n, 2n, 1n],
    [25n, 10n, 3n, 2n, 3n, 2n],
    [5n, -2n, -3n, -2n, -3n, -2n],
  ];
  for (const [n, d, halfUp, halfEven, up, down] of vectors) {
    it(`rounds ${n}/${d}`, () => {
      assert.equal(roundDiv(n, d, 'half-up'), halfUp);
      assert.equal(roundDiv(n, d, 'half-even'), halfEven);
      assert.equal(roundDiv(n, d, 'up'), up);
      assert.equal(roundDiv(n, d, 'down'), down);
    });
  }

  it('is never further than half from the truth, and nothing divides by nothing', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt({ min: 1n, max: 10n ** 9n }), (n, d) => {
        for (const rounding of ['half-up', 'half-even'] as const) {
          const off = 2n * (roundDiv(n, d, rounding) * d - n);
          assert.ok(off <= d && off >= -d);
        }
      }),
    );
    assert.throws(() => roundDiv(1n, 0n, 'down'), /divided by nothing/);
  });
});

describe('a sum shared out by weights', () => {
  const parts = (total: bigint, ...weights: bigint[]) =>
    allocate(money(total, 'RUB'), weights).map(({ minor }) => minor);

  it('hands missing units out one by one, in order', () => {
    assert.deepEqual(parts(15n, 80n, 8n, 12n), [13n, 1n, 1n]);
    assert.deepEqual(parts(15n, 80n, 15n, 5n), [13n, 2n, 0n]);
    assert.deepEqual(parts(100n, 1n, 1n, 1n), [34n, 33n, 33n]);
    assert.deepEqual(parts(-100n, 1n, 1n, 1n), [-34n, -33n, -33n]);
    assert.deepEqual(parts(1n, 0n, 1n, 1n), [0n, 1n, 0n]);
  });

  it('loses nothing, gives each within a unit of its share, and nothing to who weighs nothing', () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 1_000_000n }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(anyMoney(), weights, fc.bigInt({ min: 1n, max: 9n }), (total, some, last) => {
        const all = [...some, last];
        const sum = all.reduce((a, b) => a + b);
        const shares = allocate(total, all);
        assert.deepEqual(shares.reduce(add), total);
        for (const [n, { minor }] of shares.entries()) {
          const off = minor * sum - total.minor * all[n]!;
          assert.ok(off < sum && off > -sum);
          if (all[n] === 0n) assert.equal(minor, 0n);
        }
        assert.deepEqual(allocate(negate(total), all), shares.map(negate));
      }),
    );
  });

  it('needs somebody to share among', () => {
    assert.throws(() => parts(1n), /nobody to share/);
    assert.throws(() => parts(1n, 0n, 0n), /nobody to share/);
    assert.throws(() => parts(1n, -1n, 2n), /weight below zero/);
  });
});
