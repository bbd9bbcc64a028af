import assert from 'node:assert/strict';
import fc from 'fast-check';
import { countMin } from '../../../../src/domain/protection/sketches/count-min.ts';
import {
  distinctCount,
  exactUpTo,
} from '../../../../src/domain/protection/sketches/distinct-count.ts';
import { heavyHitters } from '../../../../src/domain/protection/sketches/heavy-hitters.ts';
import { seededHash } from '../../../../src/domain/protection/sketches/seeded-hash.ts';
import { slidingCount } from '../../../../src/domain/protection/sketches/sliding-count.ts';
import { instant } from '../../../../src/domain/time.ts';
import { fcRuns } from '../../../support/fc-runs.ts';

const anyKey = fc.nat(40).map(String);
const anyStream = fc.array(fc.tuple(anyKey, fc.integer({ min: 1, max: 9 })), {
  maxLength: 300,
  size: 'max',
});

const exactly = (stream: readonly (readonly [string, number])[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const [key, weight] of stream) counts.set(key, (counts.get(key) ?? 0) + weight);
  return counts;
};

describe('A count-min sketch', () => {
  it('never tells less than was added, nor less than the union after a merge', () => {
    fc.assert(
      fc.property(anyStream, anyStream, fc.integer(), (one, other, seed) => {
        const shape = { width: 16, depth: 3, seed };
        const [a, b] = [countMin(shape), countMin(shape)];
        for (const [key, weight] of one) a.add(key, weight);
        for (const [key, weight] of other) b.add(key, weight);
        for (const [key, count] of exactly(one)) assert.ok(a.estimate(key) >= count);

        a.merge(b);

        for (const [key, count] of exactly([...one, ...other])) assert.ok(a.estimate(key) >= count);
      }),
      fcRuns,
    );
  });

  it('is exact while nothing collides', () => {
    const sketch = countMin({ width: 27_184, depth: 7, seed: 5 });
    for (let n = 0; n < 300; n += 1) sketch.add(`key ${String(n)}`, n);

    for (let n = 0; n < 300; n += 1) assert.equal(sketch.estimate(`key ${String(n)}`), n);
    assert.equal(sketch.estimate('never seen'), 0);
  });

  it('adds no sketch of another shape', () => {
    const sketch = countMin({ width: 8, depth: 2, seed: 1 });

    assert.throws(() => {
      sketch.merge(countMin({ width: 9, depth: 2, seed: 1 }));
    }, /two shapes/);
  });
});

describe('A distinct count', () => {
  it('is exact while keys are few, however often they come', () => {
    fc.assert(
      fc.property(fc.array(anyKey, { maxLength: 200, size: 'max' }), fc.integer(), (keys, seed) => {
        const count = distinctCount(seed);
        for (const key of keys) count.add(key);
        assert.equal(count.count(), new Set(keys).size);
      }),
      fcRuns,
    );
  });

  it('errs by no more than three standard errors in 99 of 100 streams', () => {
    let outside = 0;
    for (let stream = 0; stream < 200; stream += 1) {
      const size = 65 + ((stream * 7_919) % 20_000);
      const count = distinctCount(seededHash('seed', stream));
      for (let n = 0; n < size; n += 1) count.add(`${String(stream)}/${String(n)}`);
      if (Math.abs(count.count() - size) > 3 * 0.0163 * size + 1) outside += 1;
    }

    assert.ok(outside <= 2, `${String(outside)} of 200 streams were outside`);
  });

  it('is of two streams together what it is of their union', () => {
    const anySize = fc.nat(3 * exactUpTo);
    fc.assert(
      fc.property(anySize, anySize, anySize, fc.integer(), (left, right, from, seed) => {
        const [a, b, both] = [distinctCount(seed), distinctCount(seed), distinctCount(seed)];
        for (let n = 0; n < left; n += 1) [a, both].forEach((one) => void one.add(String(n)));
        for (let n = from; n < from + right; n += 1) {
          [b, both].forEach((one) => void one.add(String(n)));
        }

        a.merge(b);

        assert.equal(a.count(), both.count());
      }),
      fcRuns,
    );
  });
});

describe('Heavy hitters', () => {
  it('hold every key above its share, and no count too small or too large by more than the share', () => {
    const most = 8;
    fc.assert(
      fc.property(anyStream, (stream) => {
        const hitters = heavyHitters(most);
        for (const [key, weight] of stream) hitters.add(key, weight);
        const total = stream.reduce((sum, [, weight]) => sum + weight, 0);

        assert.equal(hitters.total(), total);
        assert.ok(hitters.top(100).length <= most);
        for (const [key, count] of exactly(stream)) {
          const found = hitters.find(key);
          if (count > total / most) assert.ok(found, `${key} is missing`);
          if (found === undefined) continue;
          assert.ok(found.count >= count && found.count - found.error <= count);
          assert.ok(found.error <= total / most);
        }
      }),
      fcRuns,
    );
  });

  it('come largest first, and halving keeps their order', () => {
    fc.assert(
      fc.property(anyStream, (stream) => {
        const hitters = heavyHitters(16);
        for (const [key, weight] of stream) hitters.add(key, weight);
        const before = hitters.top(16);
        hitters.halve();
        const after = hitters.top(16);

        const counts = before.map(({ count }) => count);
        assert.deepEqual(
          counts,
          counts.toSorted((a, b) => b - a),
        );
        assert.deepEqual(
          after.map(({ count }) => count),
          counts.filter((count) => count >= 2).map((count) => count / 2),
        );
        hitters.add('new', 1_000);
        assert.equal(hitters.top(1)[0]?.key, 'new');
      }),
      fcRuns,
    );
  });

  it('are nobody after a clearing', () => {
    const hitters = heavyHitters(2);
    hitters.add('a');
    hitters.clear();

    assert.deepEqual(hitters.top(5), []);
    assert.equal(hitters.total(), 0);
  });
});

describe('A sliding count', () => {
  it('is what came within the span, but for a bucket at its far end', () => {
    const [spanMs, buckets] = [1_000, 10];
    const anySteps = fc.array(fc.tuple(fc.nat(400), fc.nat(5)), { maxLength: 80, size: 'max' });
    fc.assert(
      fc.property(anySteps, (steps) => {
        const sliding = slidingCount(spanMs, buckets);
        const came: { at: number; count: number }[] = [];
        let now = 1_700_000_000_000;
        const since = (from: number): number =>
          came.reduce((sum, { at, count }) => (at > from ? sum + count : sum), 0);
        for (const [afterMs, count] of steps) {
          now += afterMs;
          sliding.add(instant(now), count);
          came.push({ at: now, count });

          const sum = sliding.sum(instant(now));
          assert.ok(sum >= since(now - spanMs + spanMs / buckets));
          assert.ok(sum <= since(now - spanMs));
        }
        assert.equal(sliding.sum(instant(now + spanMs)), 0);
      }),
      fcRuns,
    );
  });
});
