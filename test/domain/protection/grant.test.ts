import assert from 'node:assert/strict';
import fc from 'fast-check';
import { limitsOf, newerGrant, type Grant } from '../../../src/domain/protection/grant.ts';
import { later } from '../../../src/domain/time.ts';
import { anyInstant } from '../../support/any.ts';

const anyGrant: fc.Arbitrary<Grant> = fc.record({
  operation: fc.constant('ledger.read-account'),
  seq: fc.nat(5),
  rate: fc.record({ perSecond: fc.nat(100), burst: fc.nat(100) }),
  concurrency: fc.nat(10),
  expiresAt: anyInstant,
  safe: fc.constant({ rate: { perSecond: 1, burst: 1 }, concurrency: 1 }),
});

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
});
