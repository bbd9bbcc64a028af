import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type Grant,
  grantModes,
  isOpenFor,
  type Lane,
  limitsOf,
  newerGrant,
} from '../../../src/domain/protection/grant.ts';
import { later } from '../../../src/domain/time.ts';
import { anyInstant } from '../../support/any.ts';
import { anyLimits } from '../../support/any-grant.ts';

const anyGrant: fc.Arbitrary<Grant> = fc
  .record({ limits: anyLimits, seq: fc.nat(5), expiresAt: anyInstant })
  .map(({ limits, seq, expiresAt }) => ({
    operation: 'ledger.read-account',
    seq,
    ...limits,
    cost: 1,
    mode: 'open',
    customer: { perSecond: 2, burst: 20 },
    expiresAt,
    safe: { rate: { perSecond: 1, burst: 1 }, concurrency: 1 },
  }));

describe('a grant', () => {
  it('holds to its last millisecond; after that only what is safe', () => {
    fc.assert(
      fc.property(anyGrant, (grant) => {
        assert.equal(limitsOf(grant, later(grant.expiresAt, -1)), grant);
        assert.equal(limitsOf(grant, grant.expiresAt), grant.safe);
      }),
    );
  });

  it('gives way to a newer one only: in any order the newest holds', () => {
    fc.assert(
      fc.property(fc.array(anyGrant, { minLength: 1 }), (offered) => {
        const held = offered.reduce<Grant | undefined>(newerGrant, undefined);
        assert.equal(held?.seq, Math.max(...offered.map(({ seq }) => seq)));
        assert.equal(
          held,
          offered.find(({ seq }) => seq === held?.seq),
        );
      }),
    );
  });

  it('sheds what may wait first, then questions, then all', () => {
    const lanes: Lane[] = ['lo', 'hi', 'command'];
    const open = grantModes.map((mode) => lanes.map((lane) => isOpenFor({ mode }, lane)));

    assert.deepEqual(open, [
      [true, true, true],
      [false, true, true],
      [false, false, true],
      [false, false, false],
    ]);
  });
});
