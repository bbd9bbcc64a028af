import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CustomerId } from '../../../../src/domain/ids.ts';
import { harvestDetector } from '../../../../src/domain/protection/detectors/harvest.ts';
import { usualDetection } from '../../../../src/domain/protection/detectors/settings.ts';
import type { Watched } from '../../../../src/domain/protection/detectors/watched.ts';
import { day, hour, later, minute, type Instant } from '../../../../src/domain/time.ts';
import { fcRuns } from '../../../support/fc-runs.ts';
import { fetched, message, midnight, seeAll } from '../../../support/given-traffic.ts';

const settings = { ...usualDetection.harvest, operations: ['statement'], minADay: 10 };
const on = (dayNumber: number): Instant => later(midnight, dayNumber * day);
/** Documents one by one, as they are fetched through the gateway. */
const asked = (at: Instant, count: number, customer: string): Watched[] =>
  Array.from({ length: count }, () =>
    message(at, { operation: 'statement', customer: customer as CustomerId }),
  );
const detector = (more: Partial<typeof settings> = {}) => harvestDetector({ ...settings, ...more });

describe('The harvest alarm', () => {
  it('sees one fetch far more than all others and than they ever did', () => {
    const usual = Array.from({ length: 20 }, (_, n) => [
      fetched(on(n), 3, 'anna'),
      fetched(on(n), 8, 'office'),
    ]).flat();
    const found = seeAll(detector(), [...usual, ...asked(on(20), 30, 'anna')]);

    assert.deepEqual(found, [
      {
        detector: 'harvest',
        target: 'anna',
        evidence: '16 documents today, own median 3, most of others 10',
        suspects: [{ kind: 'customer', id: 'anna' }],
        measure: 'throttle',
        at: on(20),
      },
    ]);
  });

  it('tells anew with every multiple, for the measure has ended by then', () => {
    const found = seeAll(detector(), asked(on(0), 100, 'anna'));

    assert.deepEqual(
      found.map(({ evidence }) => Number(/^\d+/.exec(evidence)?.[0])),
      [11, 21, 31, 41, 51, 61, 71, 81, 91],
    );
  });

  it('tells of an operator as well, and slows none', () => {
    const found = seeAll(detector(), [fetched(on(0), 11, 'vera', 'operator')]);

    assert.equal(found[0]?.target, 'operator vera');
    assert.deepEqual([found[0].suspects, found[0].measure], [[], undefined]);
  });

  it('holds customers against customers and operators against operators', () => {
    const operators = Array.from({ length: 20 }, (_, n) =>
      fetched(on(0), 200, `operator ${String(n)}`, 'operator'),
    );
    const events = [
      ...operators,
      fetched(on(1), 11, 'anna'),
      fetched(on(1), 200, 'vera', 'operator'),
    ];
    const found = seeAll(detector(), events).filter(({ at }) => at === on(1));

    assert.deepEqual(
      found.map(({ target }) => target),
      ['anna'],
    );
    const same = seeAll(detector(), [
      fetched(on(0), 11, 'x', 'operator'),
      fetched(on(0), 11, 'x', 'customer'),
    ]);
    assert.deepEqual(
      same.map(({ target }) => target),
      ['operator x', 'x'],
    );
  });

  it('is silent about one who always fetches much, and about other operations', () => {
    const usual = Array.from({ length: 30 }, (_, n) => fetched(on(n), Math.min(10, n), 'office'));
    const office = detector();
    seeAll(office, usual);

    assert.deepEqual(seeAll(office, [fetched(on(30), 45, 'office')]), []);
    const others = Array.from({ length: 100 }, () => message(on(31)));
    assert.deepEqual(seeAll(office, others), []);
    const busy = asked(on(31), 100, 'boris').map((event): Watched => {
      return event.kind === 'message'
        ? { ...event, passing: { ...event.passing, passage: 'busy' } }
        : event;
    });
    assert.deepEqual(seeAll(office, busy), []);
  });

  it('remembers no more readers than it is told to', () => {
    const found = seeAll(detector({ customers: 1 }), [
      ...asked(on(0), 1, 'anna'),
      ...asked(on(0), 100, 'boris'),
      ...asked(on(31), 1, 'clara'),
    ]);

    assert.deepEqual(found, []);
  });

  it('finds by the numbers alone: however they are split over reports of a day', () => {
    const anyCounts = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 8 });
    fc.assert(
      fc.property(anyCounts, fc.nat(20), (counts, usual) => {
        const before = Array.from({ length: 28 }, (_, n) => fetched(on(n), usual, 'anna'));
        const [oneByOne, inReports] = [detector(), detector()];
        seeAll(oneByOne, before);
        seeAll(inReports, before);
        const sum = counts.reduce((total, count) => total + count, 0);
        const single = seeAll(oneByOne, asked(on(28), sum, 'anna'));
        const reported = seeAll(
          inReports,
          counts.map((count, n) => fetched(later(on(28), n * minute), count, 'anna')),
        );

        const threshold = Math.max(10, usual, 5 * usual);
        assert.equal(single.length > 0, Math.min(255, sum) > threshold);
        assert.equal(reported.length > 0, single.length > 0);
        assert.ok(reported.length <= single.length);
      }),
      fcRuns,
    );
  });

  it('says nothing of whoever stays at or below the least that counts', () => {
    const anyDays = fc.array(fc.array(fc.nat(10), { maxLength: 6 }), { maxLength: 40 });
    fc.assert(
      fc.property(anyDays, (counts) => {
        const events = counts.flatMap((today, n) =>
          today.map((count, who) => fetched(later(on(n), who * hour), count, String(who))),
        );
        assert.deepEqual(seeAll(detector(), events), []);
      }),
      fcRuns,
    );
  });
});
