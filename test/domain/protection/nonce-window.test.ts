import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nonceWindow } from '../../../src/domain/protection/nonce-window.ts';
import { instant } from '../../../src/domain/time.ts';
import { fcRuns } from '../../support/fc-runs.ts';

const began = instant(1_000_000);
const spanMs = 100;

describe('A nonce window', () => {
  it('never takes a nonce for new again within its span, and never a new one for seen', () => {
    const anyStep = fc.record({ afterMs: fc.nat(60), nonce: fc.nat(8).map(String) });
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 100 }), (steps) => {
        const window = nonceWindow(spanMs, began);
        const lastNewAt = new Map<string, number>();
        let now: number = began;
        for (const { afterMs, nonce } of steps) {
          now += afterMs;
          const verdict = window.see(nonce, began, instant(now));
          const before = lastNewAt.get(nonce);
          if (before === undefined) assert.equal(verdict, 'new');
          else if (now - before < spanMs) assert.equal(verdict, 'seen');
          if (verdict === 'new') lastNewAt.set(nonce, now);
        }
      }),
      fcRuns,
    );
  });

  it('forgets what came long ago', () => {
    const window = nonceWindow(spanMs, began);
    window.see('a', began, began);

    assert.equal(window.see('a', began, instant(began + 2 * spanMs)), 'new');
  });

  it('forgets within two spans when it is used all the time', () => {
    const window = nonceWindow(spanMs, began);
    window.see('a', began, began);
    window.see('b', began, instant(began + spanMs));

    assert.equal(window.see('a', began, instant(began + 2 * spanMs - 1)), 'seen');
    assert.equal(window.see('a', began, instant(began + 2 * spanMs)), 'new');
  });

  it('cannot know what was issued before it began', () => {
    const window = nonceWindow(spanMs, began);

    assert.equal(window.see('a', instant(began - 1), began), 'unknowable');
    assert.equal(window.see('a', began, began), 'new');
  });

  it('cannot know, once it takes over from another, what that one was asked', () => {
    const window = nonceWindow(spanMs, began);
    window.see('a', began, began);
    window.beginAgain(instant(began + 10));

    assert.equal(window.see('b', instant(began + 9), instant(began + 11)), 'unknowable');
    assert.equal(window.see('b', instant(began + 10), instant(began + 11)), 'new');
    assert.equal(window.see('b', instant(began + 10), instant(began + 12)), 'seen');
  });

  it('takes no more than it can remember, and recovers', () => {
    const window = nonceWindow(spanMs, began, 2);
    window.see('a', began, began);
    window.see('b', began, began);

    assert.equal(window.see('c', began, began), 'full');
    assert.equal(window.see('a', began, began), 'seen');
    assert.equal(window.see('c', began, instant(began + spanMs)), 'new');
  });
});
