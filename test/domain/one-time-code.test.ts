import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CodeId } from '../../src/domain/ids.ts';
import {
  codeContext,
  codeExpiry,
  codePolicy,
  delayedUntil,
  isDisabled,
  normaliseCode,
  resendTime,
} from '../../src/domain/one-time-code.ts';
import { later, minute, second } from '../../src/domain/time.ts';
import { anyInstant } from '../support/any.ts';
import { noon } from '../support/given.ts';

describe('a one-time code', () => {
  it('keeps the bounds of NIST SP 800-63B: six digits or more, ten minutes or less', () => {
    assert.ok(codePolicy.digits >= 6);
    assert.ok(codePolicy.lifetimeMs <= 10 * minute);
    assert.equal(codeExpiry(noon), later(noon, 5 * minute));
  });

  it('is read however it was typed or pasted', () => {
    for (const typed of ['012345', ' 012345\n', '012-345', '012 345', '0 1 2 3 4 5']) {
      assert.equal(normaliseCode(typed), '012345');
    }
  });

  it('costs no try when it cannot be one', () => {
    for (const typed of ['', '12345', '1234567', '12345a', '１２３４５６', '-12.34']) {
      assert.equal(normaliseCode(typed), undefined, typed);
    }
  });

  it('is good for one challenge only: another id or another code is another context', () => {
    const anyDigits = fc.stringMatching(/^\d{6}$/);
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), anyDigits, anyDigits, (id, otherId, code, other) => {
        const context = (of: string, digits: string) =>
          codeContext(of as CodeId, 'sign-in', digits);
        assert.equal(
          context(id, code) === context(otherId, other),
          id === otherId && code === other,
        );
      }),
    );
  });

  it('is sent again after 60, 120 and 300 seconds, and then no more', () => {
    assert.equal(resendTime(1, noon), later(noon, 60 * second));
    assert.equal(resendTime(2, noon), later(noon, 120 * second));
    assert.equal(resendTime(3, noon), later(noon, 300 * second));
    assert.equal(resendTime(4, noon), undefined);
  });

  it('may be guessed wrong nine times in a row without waiting, ten times not', () => {
    fc.assert(
      fc.property(anyInstant, fc.nat(200), (at, failures) => {
        const wait = delayedUntil(failures, at) - at;
        assert.equal(wait, failures >= 10 ? 10 * minute : 0);
      }),
    );
    assert.equal(delayedUntil(9, noon), noon);
    assert.equal(delayedUntil(10, noon), later(noon, 10 * minute));
  });

  it('is no way in any more after fifty wrong ones in a row', () => {
    assert.equal(isDisabled(49), false);
    assert.equal(isDisabled(50), true);
  });
});
