import assert from 'node:assert/strict';
import { usualDetection } from '../../../../src/domain/protection/detectors/settings.ts';
import { slowRampDetector } from '../../../../src/domain/protection/detectors/slow-ramp.ts';
import {
  edgeArrivals,
  messageArrivals,
  volumeDetector,
} from '../../../../src/domain/protection/detectors/volume.ts';
import type { Watched } from '../../../../src/domain/protection/detectors/watched.ts';
import { day, hour, instant, later, minute, second } from '../../../../src/domain/time.ts';
import {
  daysTraffic,
  edge,
  edgeRow,
  message,
  midnight,
  seeAll,
  seededDice,
} from '../../../support/given-traffic.ts';

const volume = () => volumeDetector('messages', usualDetection.volume, 7, messageArrivals);
const surge = (kind: 'crowd' | 'flood', hours: number, forMs = 5 * minute) =>
  ({ kind, from: later(midnight, hours * hour), forMs, times: 5 }) as const;
const before = 2 * hour;

describe('The volume alarm', () => {
  it('is silent all through a usual day', () => {
    const found = seeAll(volume(), daysTraffic(1, 0, day));

    assert.deepEqual(found, []);
  });

  for (const hours of [3, 9, 15, 20]) {
    it(`takes five times the customers at ${String(hours)} o’clock for a crowd, never for a flood`, () => {
      const crowd = surge('crowd', hours);
      const traffic = daysTraffic(hours, hours * hour - before, before + hour, crowd);
      const found = seeAll(volume(), traffic);

      assert.ok(found.some(({ detector }) => detector === 'flash-crowd'));
      assert.deepEqual(
        found.filter(({ detector }) => detector === 'flood'),
        [],
      );
    });

    it(`tells of a flood of five times the messages at ${String(hours)} o’clock within 20 s`, () => {
      const flood = surge('flood', hours);
      const traffic = daysTraffic(hours, hours * hour - before, before + hour, flood);
      const found = seeAll(volume(), traffic);

      const first = found.find(({ detector }) => detector === 'flood');
      assert.ok(first, 'no flood');
      assert.ok(first.at - flood.from <= 20 * second, `after ${String(first.at - flood.from)} ms`);
      assert.match(first.evidence, /requests per customer|a few have most/);
      const last = found.at(-1)?.at ?? 0;
      assert.ok(last <= flood.from + flood.forMs + minute, 'it must end with the flood');
      const dying = found.filter(({ at }) => at >= flood.from + flood.forMs + 10 * second);
      assert.ok(dying.every(({ detector }) => detector === 'flood'));
    });
  }

  it('takes a crowd that fails more often for a crowd: one hint is no proof', () => {
    const traffic = daysTraffic(9, 7 * hour, 3 * hour, surge('crowd', 9));
    const failing = [...traffic].map((event): Watched => {
      if (event.kind !== 'message' || event.at < later(midnight, 9 * hour)) return event;
      return { ...event, passing: { ...event.passing, passage: 'refused' } };
    });
    const found = seeAll(volume(), failing);

    assert.ok(found.length > 0);
    assert.ok(found.every(({ detector }) => detector === 'flash-crowd'));
    assert.match(found[0]?.evidence ?? '', /failures/);
  });

  it('knows a network for a day or two', () => {
    const detector = volumeDetector('requests', usualDetection.volume, 7, edgeArrivals);
    for (let at = 0; at < 5; at += 1) detector.see(edge(later(midnight, at * day), [edgeRow('a')]));

    assert.deepEqual(detector.see(edge(later(midnight, 6 * day), [edgeRow('a')])), []);
  });

  it('is not taught by a flood of half an hour: the next one is seen as soon', () => {
    const detector = volume();
    const first = surge('flood', 10, 30 * minute);
    const again = { ...first, from: later(first.from, 40 * minute), forMs: 5 * minute };
    seeAll(detector, daysTraffic(3, 8 * hour, 2 * hour + 35 * minute, first));
    const found = seeAll(detector, daysTraffic(4, 10 * hour + 35 * minute, 20 * minute, again));

    const seen = found.find(({ detector: code }) => code === 'flood');
    assert.ok(seen !== undefined && seen.at - again.from <= 20 * second);
  });

  it('learns in the end that more has become usual', () => {
    const detector = volume();
    const crowd = surge('crowd', 3, 12 * hour);
    const found = seeAll(detector, daysTraffic(5, hour, 14 * hour, crowd));

    assert.ok((found.at(-1)?.at ?? 0) < crowd.from + 8 * hour);
  });

  it('needs more than a trickle, and a usual to compare with', () => {
    const few = { ...usualDetection.volume, warmUpBuckets: 3 };
    const detector = volumeDetector('messages', few, 7, messageArrivals);
    const events: Watched[] = Array.from({ length: 30 }, (_, bucket) =>
      Array.from({ length: bucket > 20 ? 40 : 2 }, () =>
        message(later(midnight, bucket * 10 * second)),
      ),
    ).flat();

    assert.deepEqual(seeAll(detector, events), []);
  });

  it('sees at the portal that nobody of the many is signed in, is known or looks different', () => {
    const detector = volumeDetector('requests', usualDetection.volume, 7, edgeArrivals);
    const dice = seededDice(9);
    const events = Array.from({ length: 900 }, (_, at) => {
      const isFlood = at >= 600;
      const rows = Array.from({ length: isFlood ? 100 : 20 }, () =>
        edgeRow(`subnet ${String(Math.floor(dice() * (isFlood ? 90_000 : 500)))}`, {
          requests: 2,
          unauthenticated: isFlood ? 2 : 0,
          refused: isFlood ? 1 : 0,
        }),
      );
      return edge(later(midnight, at * second), rows, isFlood ? 0.3 : 0.9);
    });
    const found = seeAll(detector, events);

    const [first] = found;
    assert.equal(first?.detector, 'flood');
    assert.ok(first.at - (midnight + 600 * second) <= 20 * second);
    for (const hint of [/not signed in/, /failures/, /never-seen networks/, /same fingerprints/]) {
      assert.match(first.evidence, hint);
    }
  });

  it('survives a clock that goes back and a long silence', () => {
    const detector = volume();
    detector.see(message(midnight));

    assert.deepEqual(detector.see(message(instant(midnight - hour))), []);
    assert.deepEqual(detector.see(message(later(midnight, day))), []);
    assert.deepEqual(detector.see(message(later(midnight, 3 * day))), []);
  });
});

describe('The slow-ramp alarm', () => {
  const minuteOf = (at: number, count: number): Watched[] =>
    Array.from({ length: count }, () => message(later(midnight, at * minute)));

  it('sees traffic creep up that never stands out, and ends when it is over', () => {
    const creeping = Array.from({ length: 60 }, (_, n) =>
      minuteOf(60 + n, Math.round(100 * 1.07 ** n)),
    );
    const usual = Array.from({ length: 60 }, (_, n) => minuteOf(n, 100));
    const found = seeAll(slowRampDetector(usualDetection.slowRamp), [...usual, ...creeping].flat());

    assert.equal(found.length, 1);
    assert.equal(found[0]?.detector, 'slow-ramp');
  });

  it('is silent where nothing rises', () => {
    const usual = Array.from({ length: 120 }, (_, n) => minuteOf(n, n % 2 === 0 ? 90 : 110));

    assert.deepEqual(seeAll(slowRampDetector(usualDetection.slowRamp), usual.flat()), []);
  });
});
