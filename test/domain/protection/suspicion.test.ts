import assert from 'node:assert/strict';
import fc from 'fast-check';
import { banMs, measureOf, scoreAt, suspect } from '../../../src/domain/protection/suspicion.ts';
import { hour, instant, later, minute } from '../../../src/domain/time.ts';
import { fcRuns } from '../../support/fc-runs.ts';

const start = instant(1_000_000_000);
const levels = { 'step-up': 30, throttle: 60, quarantine: 100 };

describe('Suspicion', () => {
  it('halves in an hour, whatever it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), fc.nat(48), (weight, hours) => {
        const held = suspect(undefined, weight, start);
        const score = scoreAt(held, later(start, hours * hour));
        assert.ok(Math.abs(score - weight / 2 ** hours) < 1e-9);
      }),
      fcRuns,
    );
  });

  it('adds up what comes together', () => {
    const twice = suspect(suspect(undefined, 40, start), 30, later(start, hour));

    assert.equal(twice.score, 50);
  });

  it('does not grow where a clock goes back', () => {
    const held = suspect(undefined, 40, start);

    assert.equal(scoreAt(held, instant(start - hour)), 40);
  });

  it('asks for a harder measure the higher it is', () => {
    const at = (score: number) => measureOf(score, levels);

    assert.deepEqual([29, 30, 59, 60, 99, 100].map(at), [
      undefined,
      'step-up',
      'step-up',
      'throttle',
      'throttle',
      'quarantine',
    ]);
  });
});

describe('A ban', () => {
  it('lasts ten minutes, twice as long each time, a day at most, and never to the second', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.double({ min: 0, max: 1, noNaN: true }), (before, dice) => {
        const usual = Math.min(24 * hour, 10 * minute * 2 ** before);
        const lasts = banMs(before, dice);
        assert.ok(lasts <= 24 * hour);
        assert.ok(lasts >= Math.floor(usual * 0.9) && lasts <= Math.ceil(usual * 1.1));
      }),
      fcRuns,
    );
    assert.equal(banMs(0, 0.5), 10 * minute);
    assert.equal(banMs(3, 0.5), 80 * minute);
  });
});
