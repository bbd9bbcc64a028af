import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  addOrigin,
  keptLimit,
  noOrigins,
  originCount,
  topOrigins,
} from '../../../src/domain/protection/origins.ts';
import { fcFewRuns } from '../../support/fc-runs.ts';

const from = (origins: readonly string[]) => origins.reduce(addOrigin, noOrigins);

describe('the origins of an incident', () => {
  it('are counted exactly while they are few', () => {
    const few = fc.array(fc.nat(keptLimit - 1).map(String), { maxLength: 300 });
    fc.assert(
      fc.property(few, (origins) => {
        const counted = from(origins);
        assert.equal(originCount(counted), new Set(origins).size);
        for (const { origin, sightings } of topOrigins(counted)) {
          assert.equal(sightings, origins.filter((one) => one === origin).length);
        }
      }),
    );
  });

  it('name the busiest twenty, the busiest first', () => {
    const origins = Array.from({ length: 30 }, (_, n) =>
      Array<string>(n + 1).fill(`o${String(n)}`),
    );
    const top = topOrigins(from(origins.flat()));
    assert.equal(top.length, 20);
    assert.deepEqual(top[0], { origin: 'o29', sightings: 30 });
    assert.deepEqual(top[19], { origin: 'o10', sightings: 11 });
  });

  it('are counted within a fifth when they are many', () => {
    const many = fc.tuple(fc.integer({ min: 100, max: 4_000 }), fc.string());
    fc.assert(
      fc.property(many, ([count, salt]) => {
        const origins = Array.from({ length: count }, (_, n) => `${salt}10.${String(n)}`);
        const estimate = originCount(from(origins));
        assert.ok(
          Math.abs(estimate - count) <= 0.25 * count,
          `${String(estimate)} of ${String(count)}`,
        );
      }),
      fcFewRuns,
    );
  });

  it('count one more than all as soon as one more came', () => {
    const origins = Array.from({ length: keptLimit + 1 }, (_, n) => String(n));
    assert.ok(originCount(from(origins)) > keptLimit);
  });

  it('keep whatever makes up a good part, among however many others', () => {
    const origins = Array.from({ length: 3_000 }, (_, n) => (n % 10 === 0 ? 'busy' : String(n)));
    const [busiest] = topOrigins(from(origins));
    assert.equal(busiest?.origin, 'busy');
    assert.ok(busiest.sightings >= 300);
    assert.equal(Object.keys(from(origins).kept).length, keptLimit);
  });

  it('take little room however many they are', () => {
    const origins = Array.from({ length: 10_000 }, (_, n) => `10.0.${String(n)}`);
    assert.ok(JSON.stringify(from(origins)).length < 3_000);
  });
});
