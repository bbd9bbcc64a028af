import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CustomerId } from '../../../../src/domain/ids.ts';
import { allDetectors } from '../../../../src/domain/protection/detectors/all-detectors.ts';
import {
  attackSign,
  attackSignIn,
} from '../../../../src/domain/protection/detectors/attack-text.ts';
import { costHogDetector } from '../../../../src/domain/protection/detectors/cost-hog.ts';
import { foreignObjectDetector } from '../../../../src/domain/protection/detectors/foreign-object.ts';
import { alarm, calm } from '../../../../src/domain/protection/detectors/hysteresis.ts';
import { lastingConditionDetector } from '../../../../src/domain/protection/detectors/lasting-condition.ts';
import { recentKeys } from '../../../../src/domain/protection/detectors/recent-keys.ts';
import { usualDetection } from '../../../../src/domain/protection/detectors/settings.ts';
import type { Watched, Whence } from '../../../../src/domain/protection/detectors/watched.ts';
import { slidingDistinct } from '../../../../src/domain/protection/sketches/sliding-distinct.ts';
import { instant, later, minute, second } from '../../../../src/domain/time.ts';
import { fcRuns } from '../../../support/fc-runs.ts';
import { message, midnight, seeAll, whence } from '../../../support/given-traffic.ts';

describe('The foreign-object alarm', () => {
  const asks = (object: string, ms = 0, more: Partial<Whence> = {}): Watched => ({
    kind: 'foreign-object',
    at: later(midnight, ms),
    from: whence(more),
    object,
  });
  const foreign = () => foreignObjectDetector(usualDetection.foreignObject, 3);

  it('is gravest with the third thing that is somebody else’s, and stops the session', () => {
    const from = { session: 's', subnet: 'net' };
    const found = seeAll(foreign(), [
      asks('a', 0, from),
      asks('b', second, from),
      asks('c', 2 * second, from),
    ]);

    assert.deepEqual(
      found.map(({ severity, measure, isTold }) => [severity, measure, isTold]),
      [
        [undefined, undefined, true],
        [undefined, undefined, true],
        ['S1', 'quarantine', undefined],
      ],
    );
    assert.deepEqual(found[2]?.suspects, [{ kind: 'session', id: 's' }]);
  });

  it('stops the customer where no session is known, and never a network', () => {
    const found = seeAll(foreign(), [asks('a'), asks('b'), asks('c')]);

    assert.deepEqual(found[2]?.suspects, [{ kind: 'customer', id: 'anna' }]);
  });

  it('takes one old page asked for again and again for what it is', () => {
    const found = seeAll(foreign(), [asks('a'), asks('a'), asks('a'), asks('b')]);

    assert.ok(found.every(({ isTold }) => isTold));
  });

  it('forgets after the window', () => {
    const tick = { kind: 'tick', at: later(midnight, 10 * minute) } as const;
    const found = seeAll(foreign(), [asks('a'), asks('b'), tick, asks('c', 12 * minute)]);

    assert.equal(found.at(-1)?.severity, undefined);
  });
});

describe('The cost-hog alarm', () => {
  const minuteOf = (at: number, hogCost: number): Watched[] => {
    const now = later(midnight, at * minute);
    const others = Array.from({ length: 100 }, (_, n) =>
      message(now, { customer: `c${String(n)}` as CustomerId }),
    );
    return [...others, message(now, { customer: 'hog' as CustomerId, cost: hogCost })];
  };

  it('sees a customer who costs twenty fair shares five minutes in a row', () => {
    const events = Array.from({ length: 8 }, (_, at) => minuteOf(at, 200)).flat();
    const found = seeAll(costHogDetector(usualDetection.costHog, 3), events);

    assert.equal(found.length, 1);
    assert.equal(found[0]?.target, 'hog');
    assert.equal(found[0].at, later(midnight, 5 * minute));
  });

  it('is silent where it stops in between, and about what never went inside', () => {
    const pausing = Array.from({ length: 12 }, (_, at) => minuteOf(at, at % 4 === 0 ? 1 : 200));
    const refused = message(midnight, { cost: 9_999, passage: 'busy' });

    assert.deepEqual(
      seeAll(costHogDetector(usualDetection.costHog, 3), [refused, ...pausing.flat()]),
      [],
    );
  });
});

describe('A lasting condition', () => {
  const holds = (ms: number, is = true): Watched => ({
    kind: 'condition',
    at: later(midnight, ms),
    detector: 'connector-silent',
    target: 'ledger',
    holds: is,
  });

  it('is told once when it has lasted, and again after it has ended', () => {
    const detector = lastingConditionDetector(usualDetection.lasting);
    const found = seeAll(detector, [
      ...[0, 14_999].map((ms) => holds(ms)),
      ...[15_000, 16_000].map((ms) => holds(ms)),
      holds(17_000, false),
      ...[18_000, 32_999, 33_000].map((ms) => holds(ms)),
      message(midnight),
    ]);

    assert.deepEqual(
      found.map(({ at }) => at - midnight),
      [15_000, 33_000],
    );
  });
});

describe('Text that looks like an attack', () => {
  it('is told from what people write', () => {
    const attacks = {
      '<script>alert(1)</script>': 'markup',
      'Hi {{7*7}}': 'template',
      '${jndi:ldap://x}': 'jndi',
      "x' OR 1=1 --": 'sql',
      '../../../etc/passwd': 'path',
      'a; curl http://x': 'shell',
    };
    for (const [text, sign] of Object.entries(attacks)) assert.equal(attackSign(text), sign);
    for (const text of ['Оплата за август', "O'Reilly & Sons", 'a < b and b > c', 'select one']) {
      assert.equal(attackSign(text), undefined);
    }
  });

  it('is found however deep it lies, and nothing else breaks', () => {
    assert.equal(attackSignIn({ a: [{ b: ['x', '<script>'] }] }), 'markup');
    fc.assert(
      fc.property(fc.jsonValue(), (content) => {
        attackSignIn(content);
      }),
      fcRuns,
    );
  });
});

describe('The hysteresis of an alarm', () => {
  it('opens above the threshold and closes after three windows at half of it', () => {
    const changes: string[] = [];
    let state = calm;
    for (const value of [10, 11, 6, 5, 5, 6, 5, 5, 5, 5]) {
      const next = alarm(state, value, 10);
      state = next.state;
      changes.push(next.change);
    }

    assert.deepEqual(changes, [
      'quiet',
      'opened',
      ...Array.from({ length: 6 }, () => 'lasts'),
      'closed',
      'quiet',
    ]);
  });
});

describe('Recent keys', () => {
  it('are never more than the limit, and the one longest unused gives way', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9).map(String), { maxLength: 60, size: 'max' }), (keys) => {
        const held = recentKeys(4, 100, () => ({}));
        for (const [at, key] of keys.entries()) held.of(key, instant(at));

        const expected = [...new Set(keys.toReversed())].slice(0, 4);
        assert.deepEqual([...held.entries()].map(([key]) => key).toReversed(), expected);
        held.forgetIdle(instant(keys.length + 100));
        assert.equal(held.size(), 0);
      }),
      fcRuns,
    );
  });
});

describe('A sliding distinct count', () => {
  it('counts what came within the span, but for a slice at its far end', () => {
    const anySteps = fc.array(fc.tuple(fc.nat(300), fc.nat(9).map(String)), {
      maxLength: 60,
      size: 'max',
    });
    fc.assert(
      fc.property(anySteps, (steps) => {
        const sliding = slidingDistinct(600, 1, 6);
        const came: [number, string][] = [];
        let now = 1_000_000;
        const since = (from: number) =>
          new Set(came.filter(([at]) => at > from).map(([, key]) => key)).size;
        for (const [afterMs, key] of steps) {
          now += afterMs;
          sliding.add(key, instant(now));
          came.push([now, key]);
          const count = sliding.count(instant(now));
          assert.ok(count >= since(now - 500) && count <= since(now - 600));
        }
      }),
      fcRuns,
    );
  });
});

describe('All detectors together', () => {
  it('find the same in the same events: they know no other clock or dice', () => {
    const anyAt = fc.nat(10_000).map((ms) => later(midnight, ms));
    const anyEvent: fc.Arbitrary<Watched> = fc.oneof(
      anyAt.map((at) => message(at)),
      anyAt.map((at) => ({ kind: 'tick', at }) as const),
      fc.tuple(anyAt, fc.nat(5)).map(([at, n]): Watched => ({
        kind: 'foreign-object',
        at,
        from: whence(),
        object: String(n),
      })),
      anyAt.map((at): Watched => ({ kind: 'canary', at, from: whence(), object: 'canary' })),
      anyAt.map((at): Watched => ({ kind: 'text', at, from: whence(), sign: 'sql' })),
    );
    fc.assert(
      fc.property(
        fc.array(anyEvent, { maxLength: 60, size: 'max' }),
        fc.integer(),
        (events, seed) => {
          const run = () => {
            const detectors = allDetectors(usualDetection, seed);
            return events.flatMap((event) => detectors.flatMap((detector) => detector.see(event)));
          };
          assert.deepEqual(run(), run());
        },
      ),
      fcRuns,
    );
  });
});
