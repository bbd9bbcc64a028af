import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isEmailAddress, maskEmail } from '../../src/domain/email-address.ts';
import '../support/fc-runs.ts';

describe('an e-mail address', () => {
  it('is one address on one line', () => {
    for (const good of ['a@b.cd', 'anna.petrova+bills@mail.example.org', 'анна@почта.рф']) {
      assert.equal(isEmailAddress(good), true, good);
    }
    for (const bad of [
      '',
      'anna',
      'anna@',
      '@example.org',
      'anna@example',
      'a@b@c.de',
      'a@b.cd, e@f.gh',
      'a@b.cd;e@f.gh',
      'Anna <a@b.cd>',
      'a@b.cd\r\nBcc: e@f.gh',
      'a b@c.de',
      `${'a'.repeat(65)}@b.cd`,
      `a@${'b'.repeat(250)}.cd`,
    ]) {
      assert.equal(isEmailAddress(bad), false, JSON.stringify(bad));
    }
  });

  it('is masked to its first letter and its host', () => {
    assert.equal(maskEmail('anna.petrova@example.org'), 'a•••@example.org');
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        const masked = maskEmail(address);
        const host = address.slice(address.lastIndexOf('@'));
        assert.equal(masked, `${address.charAt(0)}•••${host}`);
      }),
    );
  });
});
