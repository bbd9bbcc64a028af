import assert from 'node:assert/strict';
import fc from 'fast-check';
import { totpCode } from '../../../src/adapters/simulators/authenticator/authenticator.ts';
import { totp } from '../../../src/adapters/system/totp.ts';
import { instant } from '../../../src/domain/time.ts';
import { anyInstant } from '../../support/any.ts';

const factor = totp('Kabinet');
/** `12345678901234567890` of RFC 6238 appendix B, in base32. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('the second factor', () => {
  it('knows the codes of RFC 6238, appendix B', () => {
    for (const [seconds, code] of [
      [59, '287082'],
      [1_111_111_109, '081804'],
      [1_234_567_890, '005924'],
      [20_000_000_000, '353130'],
    ] as const) {
      const step = Math.floor(seconds / 30);
      assert.equal(factor.stepOf(code, secret, instant(seconds * 1_000)), step);
      assert.equal(totpCode(secret, step), code);
    }
  });

  it('takes the code of now and of one step beside it, and tells which', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: -1, max: 1 }), (now, away) => {
        const mine = factor.newSecret();
        const step = Math.floor(now / 30_000) + away;
        const code = totpCode(mine, step);
        const beside = [-1, 0, 1].map((one) => totpCode(mine, Math.floor(now / 30_000) + one));
        fc.pre(new Set(beside).size === 3);
        assert.equal(factor.stepOf(code, mine, now), step);
      }),
      { numRuns: 20 },
    );
  });

  it('takes no code two steps away, and nothing that is no code', () => {
    const now = instant(1_111_111_109_000);
    const step = Math.floor(now / 30_000);

    for (const code of [totpCode(secret, step - 2), totpCode(secret, step + 2), '', '12345x']) {
      assert.equal(factor.stepOf(code, secret, now), undefined, code);
    }
  });

  it('tells an authenticator app what it needs', () => {
    const address = new URL(factor.address(secret, 'vera'));

    assert.equal(address.protocol, 'otpauth:');
    assert.equal(address.searchParams.get('secret'), secret);
    assert.equal(address.searchParams.get('issuer'), 'Kabinet');
    assert.notEqual(factor.newSecret(), factor.newSecret());
  });
});
