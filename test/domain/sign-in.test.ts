import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  attemptLifetimeMs,
  isTooLongForPassword,
  longestPassword,
  normaliseLogin,
  openAttempt,
} from '../../src/domain/sign-in.ts';
import type { AttemptId } from '../../src/domain/ids.ts';
import { later } from '../../src/domain/time.ts';
import { anyCustomerId, anyText } from '../support/any.ts';
import { idOf, noon } from '../support/given.ts';

describe('a sign-in attempt', () => {
  it('looks the same for a known and an unknown login, but for whom it is', () => {
    fc.assert(
      fc.property(anyCustomerId, (customer) => {
        const id = idOf<AttemptId>(1);
        const known = openAttempt(id, customer, 'browser', noon);
        const unknown = openAttempt(id, undefined, 'browser', noon);
        assert.deepEqual({ ...known, customerId: undefined }, unknown);
        assert.equal(known.expiresAt, later(noon, attemptLifetimeMs));
        assert.equal(known.sends, 1);
      }),
    );
  });

  it('knows a login in any letter case, with spaces around, composed or not', () => {
    fc.assert(
      fc.property(anyText, (login) => {
        const known = normaliseLogin(login);
        assert.equal(normaliseLogin(`  ${login.normalize('NFD')} `), known);
        assert.equal(normaliseLogin(known), known);
      }),
    );
    assert.equal(normaliseLogin(' АННА@Example.org '), 'анна@example.org');
  });

  it('looks at passwords of 256 letters and signs, not of 257', () => {
    assert.equal(isTooLongForPassword('🔑'.repeat(longestPassword)), false);
    assert.equal(isTooLongForPassword('🔑'.repeat(longestPassword + 1)), true);
  });
});
