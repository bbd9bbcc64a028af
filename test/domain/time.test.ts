import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  day,
  dayIn,
  hour,
  instant,
  isBefore,
  isoText,
  later,
  nextDay,
  parseDay,
  parseInstant,
  startOfDay,
} from '../../src/domain/time.ts';
import { fcRuns } from '../support/fc-runs.ts';
import { anyDay, anyInstant, anyZone } from '../support/any.ts';

describe('time', () => {
  describe('a calendar day in a zone', () => {
    it('begins at its first moment: the one before belongs to another day', () => {
      fc.assert(
        fc.property(anyDay, anyZone, (of, zone) => {
          const start = startOfDay(of, zone);
          assert.equal(dayIn(zone, start), of);
          assert.ok(dayIn(zone, later(start, -1)) < of);
        }),
        // Clocks change twice a year, so that many more days than usual have to be looked at.
        { numRuns: Math.max(3_000, fcRuns.numRuns) },
      );
    });

    it('holds every moment from its start up to the next day’s start', () => {
      fc.assert(
        fc.property(anyInstant, anyZone, (at, zone) => {
          const of = dayIn(zone, at);
          assert.ok(startOfDay(of, zone) <= at);
          assert.ok(at < startOfDay(nextDay(of), zone));
        }),
      );
    });

    it('is as long as the clocks make it', () => {
      const length = (text: string, zone: string) => {
        const of = parseDay(text)!;
        return (startOfDay(nextDay(of), zone) - startOfDay(of, zone)) / hour;
      };

      assert.equal(length('2026-03-29', 'Europe/Berlin'), 23);
      assert.equal(length('2026-10-25', 'Europe/Berlin'), 25);
      assert.equal(length('2026-03-29', 'Europe/Moscow'), 24);
      assert.equal(length('2026-04-05', 'Australia/Lord_Howe'), 24.5);
      assert.equal(length('2026-03-08', 'America/Havana'), 23);
      assert.equal(length('2026-04-24', 'Africa/Cairo'), 23);
    });

    it('begins at one o’clock where the clocks jump over midnight', () => {
      const start = (text: string, zone: string) => isoText(startOfDay(parseDay(text)!, zone));

      assert.equal(start('2026-03-08', 'America/Havana'), '2026-03-08T05:00:00.000Z');
      assert.equal(start('2026-04-24', 'Africa/Cairo'), '2026-04-23T22:00:00.000Z');
      assert.equal(start('2026-03-29', 'Atlantic/Azores'), '2026-03-29T01:00:00.000Z');
    });

    it('begins in Moscow three hours before it begins in UTC', () => {
      const start = startOfDay(parseDay('2026-01-01')!, 'Europe/Moscow');

      assert.equal(isoText(start), '2025-12-31T21:00:00.000Z');
    });
  });

  describe('the next day', () => {
    it('is the smallest later one', () => {
      fc.assert(
        fc.property(anyDay, (of) => {
          assert.ok(nextDay(of) > of);
          assert.equal(Date.parse(nextDay(of)) - Date.parse(of), day);
        }),
      );
    });

    it('ends months and years where the calendar says', () => {
      assert.equal(nextDay(parseDay('2028-02-28')!), '2028-02-29');
      assert.equal(nextDay(parseDay('2026-02-28')!), '2026-03-01');
      assert.equal(nextDay(parseDay('2026-12-31')!), '2027-01-01');
    });
  });

  describe('as text', () => {
    it('reads back every moment and every day', () => {
      fc.assert(
        fc.property(anyInstant, anyDay, (at, of) => {
          assert.equal(parseInstant(isoText(at)), at);
          assert.equal(parseDay(of), of);
        }),
      );
    });

    it('reads the zone that is written', () => {
      const moscow = parseInstant('2026-03-11T12:00+03:00');

      assert.equal(moscow, parseInstant('2026-03-11T09:00:00.000Z'));
    });

    it('is refused without a zone, and for what is no moment', () => {
      const wrong = ['', '2026-03-11', '2026-03-11T12:00:00', '2026-13-11T12:00Z', 'now', '0'];
      for (const text of wrong) assert.equal(parseInstant(text), undefined, text);
    });

    it('is refused for days that no calendar has', () => {
      const wrong = ['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '26-01-01', ''];
      for (const text of wrong) assert.equal(parseDay(text), undefined, text);
    });
  });

  it('is a whole number of milliseconds', () => {
    for (const ms of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60]) {
      assert.throws(() => instant(ms), /is no instant/);
    }
  });

  it('goes forward', () => {
    const [now, then] = [instant(1), later(instant(1), 1)];

    assert.equal(isBefore(now, then), true);
    assert.equal(isBefore(now, now), false);
    assert.equal(isBefore(then, now), false);
  });
});
