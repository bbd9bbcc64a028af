import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cryptoRandomness, uuidV7Maker } from '../../../src/adapters/system/crypto-randomness.ts';
import { randomPool } from '../../../src/adapters/system/random-pool.ts';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';
import { isId } from '../../../src/domain/ids.ts';

describe('randomness', () => {
  it('makes ids that sort as they were made, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 47 })), (times) => {
        const next = uuidV7Maker();
        const ids = times.map(next);
        assert.deepEqual(ids.toSorted(), ids);
        assert.equal(new Set(ids).size, ids.length);
      }),
    );
    const next = uuidV7Maker();
    const burst = Array.from({ length: 10_000 }, () => next(1_700_000_000_000));
    assert.deepEqual(burst.toSorted(), burst);
  });

  it('makes ids of version 7 that carry the time', () => {
    const id = cryptoRandomness().id();

    assert.ok(isId(id));
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    const madeAt = parseInt(id.replaceAll('-', '').slice(0, 12), 16);
    assert.ok(Math.abs(systemClock.now() - madeAt) < 1_000);
  });

  it('draws digits evenly, with zeros in front, and tokens of 256 bits', () => {
    const randomness = cryptoRandomness();
    const counts = new Map<string, number>();
    for (const digit of randomness.digits(20_000)) {
      counts.set(digit, (counts.get(digit) ?? 0) + 1);
    }

    assert.equal(counts.size, 10);
    for (const count of counts.values()) assert.ok(count > 1_700 && count < 2_300);
    assert.match(randomness.token(), /^[\w-]{43}$/);
    assert.equal(randomness.bytes(10).length, 10);
  });

  it('gives out no byte twice, whatever lengths are drawn, and none of the next ones with it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 16, max: 100 }), { minLength: 200 }), (lengths) => {
        const drawn = lengths.map(randomPool());

        assert.deepEqual(
          drawn.map((bytes) => [bytes.length, bytes.buffer.byteLength]),
          lengths.map((length) => [length, length]),
        );
        const ends = drawn.flatMap((bytes) => [bytes.slice(0, 8), bytes.slice(-8)]);
        const texts = ends.map((bytes) => Buffer.from(bytes).toString('hex'));
        assert.equal(new Set(texts).size, texts.length);
      }),
    );
  });
});
