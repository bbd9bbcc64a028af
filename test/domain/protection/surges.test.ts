import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  messageArrivals,
  volumeDetector,
} from '../../../src/domain/protection/detectors/volume.ts';
import { usualDetection } from '../../../src/domain/protection/detectors/settings.ts';
import {
  curbOf,
  noteSurge,
  type SeenSurge,
  type Sighting,
  type SurgeSettings,
} from '../../../src/domain/protection/surges.ts';
import { hour, instant, later, minute, second } from '../../../src/domain/time.ts';
import { fcRuns } from '../../support/fc-runs.ts';
import { daysTraffic, midnight } from '../../support/given-traffic.ts';

const settings: SurgeSettings = {
  floodShare: 0.5,
  portalFloodShare: 0.8,
  holdMs: 30_000,
  mostMs: 15 * minute,
};
const sighting = (more: Partial<Sighting> = {}): Sighting => ({
  surge: 'flood',
  place: 'messages',
  evidence: 'e',
  ...more,
});
const anySighting: fc.Arbitrary<Sighting> = fc.record({
  surge: fc.constantFrom('flood' as const, 'flash-crowd' as const),
  place: fc.constantFrom('messages', 'requests'),
  evidence: fc.constant('e'),
});
const anySightings = fc.array(fc.tuple(fc.nat(40_000), anySighting), { maxLength: 100 });
/** Sightings every so often, from the first to the last moment; answers what is remembered in the end. */
const seenEvery = (
  ms: number,
  from: number,
  to: number,
  one = sighting(),
): readonly SeenSurge[] => {
  let seen: readonly SeenSurge[] = [];
  for (let at = from; at <= to; at += ms) seen = noteSurge(seen, one, instant(at), settings);
  return seen;
};

describe('Surges', () => {
  it('hold back while they are seen, and nothing once they were not for a while', () => {
    const seen = seenEvery(10_000, 0, 60_000);

    const held = curbOf(seen, instant(89_999), settings);
    assert.deepEqual(held, {
      because: 'flood',
      share: 0.5,
      since: instant(0),
      until: instant(15 * minute),
      evidence: 'e',
    });
    assert.equal(curbOf(seen, instant(90_000), settings), undefined);
    assert.equal(curbOf([], instant(0), settings), undefined);
  });

  it('hold back for no longer than the bound, and again only after a pause', () => {
    const seen = seenEvery(10_000, 0, 20 * minute);

    assert.equal(curbOf(seen, instant(20 * minute), settings), undefined);
    const after = noteSurge(seen, sighting(), instant(20 * minute + 30_000), settings);
    assert.equal(curbOf(after, instant(20 * minute + 30_000), settings)?.share, 0.5);
  });

  it('take more of the grant for messages than for requests, and nothing of hi for a crowd', () => {
    const shareOf = (one: Sighting) =>
      curbOf(noteSurge([], one, instant(0), settings), instant(0), settings)?.share;

    assert.equal(shareOf(sighting()), 0.5);
    assert.equal(shareOf(sighting({ place: 'requests' })), 0.8);
    assert.equal(shareOf(sighting({ surge: 'flash-crowd' })), 1);
  });

  it('count by the strictest, in whichever order they were seen', () => {
    fc.assert(
      fc.property(anySightings, (steps) => {
        let seen: readonly SeenSurge[] = [];
        let now = 0;
        for (const [afterMs, one] of steps) {
          now += afterMs;
          seen = noteSurge(seen, one, instant(now), settings);
          const alone = seen
            .map((each) => curbOf([each], instant(now), settings))
            .filter((each) => each !== undefined);
          const all = curbOf(seen, instant(now), settings);
          assert.equal(
            all?.share,
            alone.length === 0 ? undefined : Math.min(...alone.map(({ share }) => share)),
          );
          const hasFlood = alone.some(({ because }) => because === 'flood');
          assert.equal(all?.because === 'flood', hasFlood);
        }
      }),
      fcRuns,
    );
  });

  it('end in any case: after the hold without a sighting, and never later than the bound', () => {
    fc.assert(
      fc.property(anySightings, fc.nat(60_000), (steps, laterMs) => {
        let seen: readonly SeenSurge[] = [];
        let now = 0;
        for (const [afterMs, one] of steps) {
          now += afterMs;
          seen = noteSurge(seen, one, instant(now), settings);
        }
        assert.ok(seen.length <= 4);
        const at = instant(now + laterMs);
        const held = curbOf(seen, at, settings);
        if (laterMs >= settings.holdMs) assert.equal(held, undefined);
        if (held === undefined) return;
        assert.ok(at < held.until);
        assert.equal(held.until - held.since, settings.mostMs);
      }),
      fcRuns,
    );
  });

  it('are never a flood for a crowd alone, whatever its settings say', () => {
    fc.assert(
      fc.property(anySightings, fc.double({ min: 0, max: 1, noNaN: true }), (steps, share) => {
        const set = { ...settings, floodShare: share, portalFloodShare: share };
        let seen: readonly SeenSurge[] = [];
        let now = 0;
        for (const [afterMs, one] of steps) {
          now += afterMs;
          seen = noteSurge(seen, { ...one, surge: 'flash-crowd' }, instant(now), set);
          assert.equal(curbOf(seen, instant(now), set)?.share, 1);
        }
      }),
      fcRuns,
    );
  });
});

describe('Surges of a day as the volume alarm sees it', () => {
  const { bucketMs } = usualDetection.volume;
  /** The curb at the end of each bucket of the traffic. */
  const curbsIn = (kind: 'crowd' | 'flood', forMs: number) => {
    const from = later(midnight, 9 * hour);
    const detector = volumeDetector('messages', usualDetection.volume, 7, messageArrivals);
    let seen: readonly SeenSurge[] = [];
    const curbs: { readonly at: number; readonly share: number | undefined }[] = [];
    for (const event of daysTraffic(3, 7 * hour, 3 * hour, { kind, from, forMs, times: 5 })) {
      for (const { detector: surge, target: place, evidence } of detector.see(event)) {
        assert.ok(surge === 'flood' || surge === 'flash-crowd');
        seen = noteSurge(seen, { surge, place, evidence }, event.at, settings);
      }
      const share = curbOf(seen, event.at, settings)?.share;
      if (event.kind === 'tick') curbs.push({ at: event.at - from, share });
    }
    return curbs;
  };

  it('throttle within 20 s of a flood, all through it, and let go within a minute of its end', () => {
    const forMs = 5 * minute;
    const curbs = curbsIn('flood', forMs);
    const shares = (begin: number, end: number) => [
      ...new Set(curbs.filter(({ at }) => at >= begin && at < end).map(({ share }) => share)),
    ];

    assert.deepEqual(shares(-2 * hour, 0), [undefined]);
    assert.deepEqual(shares(3 * bucketMs, forMs), [0.5]);
    assert.deepEqual(shares(forMs + minute + 2 * bucketMs, hour), [undefined]);
  });

  it('never throttle the lane hi for a crowd of five times the customers', () => {
    const shares = new Set(curbsIn('crowd', 5 * minute).map(({ share }) => share));

    assert.deepEqual(shares, new Set([undefined, 1]));
  });

  it('let go of a flood of an hour after a quarter of it', () => {
    const last = curbsIn('flood', 50 * minute)
      .filter(({ share }) => share !== undefined)
      .at(-1);

    assert.ok(last !== undefined && last.at <= 15 * minute + 20 * second);
  });
});
