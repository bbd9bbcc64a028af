import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isId } from '../../src/domain/ids.ts';
import { InvariantBroken, invariant, unreachable } from '../../src/domain/invariant.ts';
import { isLocale } from '../../src/domain/locale.ts';
import { isPhoneNumber, maskPhone } from '../../src/domain/phone-number.ts';
import '../support/fc-runs.ts';

describe('the shared words', () => {
  it('take a UUID in lower case for an id, and nothing else', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        assert.equal(isId(id), true);
        assert.equal(isId(`${id} `), false);
        assert.equal(isId(id.toUpperCase()), id.toUpperCase() === id);
      }),
    );
    for (const text of ['', '1', '01900000-0000-0000-8000-000000000001']) {
      assert.equal(isId(text), false);
    }
  });

  it('take E.164 with the plus for a phone number', () => {
    for (const text of ['+79990000001', '+1234567', '+123456789012345']) {
      assert.equal(isPhoneNumber(text), true, text);
    }
    const wrong = ['79990000001', '+09990000001', '+123456', '+1234567890123456', '', '+7 999'];
    for (const text of wrong) assert.equal(isPhoneNumber(text), false, text);
  });

  it('show of a phone number its beginning and end only', () => {
    const text = '+79990000001';

    assert.ok(isPhoneNumber(text));
    assert.equal(maskPhone(text), '+7********01');
  });

  it('know Russian and English', () => {
    assert.deepEqual(['ru', 'en', 'RU', 'de', ''].map(isLocale), [true, true, false, false, false]);
  });

  it('call what cannot be a bug, by a sentence', () => {
    invariant(true, 'never said');
    assert.throws(
      () => {
        invariant(false, 'water runs uphill');
      },
      (error) => error instanceof InvariantBroken && error.message === 'water runs uphill',
    );
    assert.throws(() => unreachable('a fifth season' as never), /no case for a fifth season/);
  });
});
