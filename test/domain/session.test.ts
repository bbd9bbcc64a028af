import assert from 'node:assert/strict';
import type { CustomerId } from '../../src/domain/ids.ts';
import {
  absoluteUntil,
  idleUntil,
  isLive,
  needsTouch,
  openSession,
  sessionPolicy,
} from '../../src/domain/session.ts';
import { hour, later, minute } from '../../src/domain/time.ts';
import { idOf, noon } from '../support/given.ts';

describe('a session', () => {
  const session = openSession('hash', idOf<CustomerId>(1), noon);
  const busyUntil = (ms: number) => ({ ...session, lastSeenAt: later(noon, ms) });

  it('keeps the bounds of NIST SP 800-63B for AAL2', () => {
    assert.ok(sessionPolicy.idleMs <= hour);
    assert.ok(sessionPolicy.absoluteMs <= 24 * hour);
  });

  it('lives to the last millisecond of its idle time and not to the next', () => {
    assert.equal(isLive(session, later(idleUntil(session), -1)), true);
    assert.equal(isLive(session, idleUntil(session)), false);
  });

  it('lives on while somebody is there, but never over its whole time', () => {
    const busy = busyUntil(sessionPolicy.absoluteMs - minute);

    assert.equal(isLive(busy, later(absoluteUntil(busy), -1)), true);
    assert.equal(isLive(busy, absoluteUntil(busy)), false);
  });

  it('is noted as seen once a minute', () => {
    assert.equal(needsTouch(session, later(noon, minute - 1)), false);
    assert.equal(needsTouch(session, later(noon, minute)), true);
  });
});
