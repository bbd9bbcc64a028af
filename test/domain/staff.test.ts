import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { StaffId } from '../../src/domain/ids.ts';
import {
  deskLogin,
  isDeskLogin,
  isDeskSessionLive,
  openDeskSession,
  deskSessionPolicy,
} from '../../src/domain/desk-session.ts';
import {
  may,
  staffActions,
  staffRoles,
  type Staff,
  type StaffRole,
} from '../../src/domain/staff.ts';
import { later } from '../../src/domain/time.ts';
import { anyInstant } from '../support/any.ts';

const anyRoles = fc.subarray([...staffRoles]);
const anyAction = fc.constantFrom(...staffActions);
const somebody = (roles: readonly StaffRole[], isActive = true): Staff => ({
  ...{ id: 'id' as StaffId, login: 'vera', name: 'Вера', roles, isActive },
});

describe('what staff may do', () => {
  it('never shrinks with another role', () => {
    fc.assert(
      fc.property(anyRoles, fc.constantFrom(...staffRoles), anyAction, (roles, more, action) => {
        if (may(somebody(roles), action)) assert.ok(may(somebody([...roles, more]), action));
      }),
    );
  });

  it('is nothing for whoever is disabled or has no role', () => {
    fc.assert(
      fc.property(anyRoles, anyAction, (roles, action) => {
        assert.equal(may(somebody(roles, false), action), false);
        assert.equal(may(somebody([]), action), false);
      }),
    );
  });

  it('lets a viewer only look, and a cashier approve no refund', () => {
    const allowed = (role: StaffRole) => staffActions.filter((one) => may(somebody([role]), one));

    assert.deepEqual(allowed('viewer'), ['look']);
    assert.ok(!allowed('cashier').includes('decide-refund'));
    assert.deepEqual(allowed('approver'), ['look', 'decide-refund', 'resolve-review']);
  });
});

describe('a staff session', () => {
  const { idleMs, absoluteMs } = deskSessionPolicy;

  it('lives while somebody is there, until ten minutes of silence', () => {
    fc.assert(
      fc.property(anyInstant, fc.nat({ max: 2 * idleMs }), (now, silentMs) => {
        const session = openDeskSession('token', 'id' as StaffId, now);
        assert.equal(isDeskSessionLive(session, later(now, silentMs)), silentMs < idleMs);
      }),
    );
  });

  it('ends after eight hours, however busy', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: -2, max: 2 }), (now, aside) => {
        const end = later(now, absoluteMs + aside);
        const session = {
          ...openDeskSession('token', 'id' as StaffId, now),
          lastSeenAt: later(end, -1),
        };
        assert.equal(isDeskSessionLive(session, end), aside < 0);
      }),
    );
  });
});

describe('a staff login', () => {
  it('is read without regard to case and space around it', () => {
    assert.equal(deskLogin('  Vera '), 'vera');
    assert.ok(isDeskLogin('vera.s-2'));
  });

  it('takes only letters nobody can mistake', () => {
    for (const login of ['', 'v', '1vera', 'vera sokolova', 'вера', `v${'a'.repeat(32)}`]) {
      assert.equal(isDeskLogin(login), false, login);
    }
  });
});
