import { type JWTHeaderParameters, type JWTVerifyResult, jwtVerify } from 'jose';
import { JWTExpired } from 'jose/errors';
import type { AssertionReader } from '../../../application/ports/customer-assertions.ts';
import type { CustomerAssertion } from '../../../application/ports/envelope.ts';
import type { AccountId, CustomerId } from '../../../domain/ids.ts';
import { ok, refused } from '../../../domain/result.ts';
import { instant, second, type Instant } from '../../../domain/time.ts';
import type { KeyRing } from '../key-ring.ts';
import { sha256 } from '../signing.ts';
import {
  assertionAlgorithm,
  assertionAudience,
  assertionIssuerName,
  assertionLifeMs,
  assertionType,
  type Claims,
  claimsSchema,
} from './claims.ts';

/** How far the clock of who signs customers in may be from ours. */
const skewMs = 30 * second;
const keptTokens = 10_000;

interface Opened {
  readonly assertion: CustomerAssertion;
  readonly kid: string;
  readonly until: number;
}

/** Reads assertions by the keys of a ring; one that comes again within its time costs a digest only. */
export const assertionReader = (keys: KeyRing, limit = keptTokens): AssertionReader => {
  const opened = new Map<string, Opened>();
  return {
    read: async (token, now) => {
      const digest = sha256(token);
      const before = opened.get(digest);
      // A key may have been revoked since.
      if (before !== undefined && now < before.until && isIdentity(keys, before.kid)) {
        return ok(before.assertion);
      }
      opened.delete(digest);
      const fresh = await open(keys, token, now);
      if (typeof fresh === 'string') return refused(fresh);
      opened.set(digest, fresh);
      const [oldest] = opened.keys();
      if (opened.size > limit && oldest !== undefined) opened.delete(oldest);
      return ok(fresh.assertion);
    },
  };
};

const isIdentity = (keys: KeyRing, kid: string): boolean => keys.find(kid)?.source === 'identity';

const open = async (
  keys: KeyRing,
  token: string,
  now: Instant,
): Promise<Opened | 'forged' | 'expired'> => {
  try {
    const { payload, protectedHeader } = await verified(keys, token, now);
    const claims = claimsSchema.safeParse(payload);
    if (!claims.success || !isPlain(protectedHeader) || !isOfOurTime(claims.data, now)) {
      return 'forged';
    }
    return {
      assertion: toAssertion(claims.data),
      kid: protectedHeader.kid ?? '',
      until: claims.data.exp * 1_000 + skewMs,
    };
  } catch (error) {
    return error instanceof JWTExpired ? 'expired' : 'forged';
  }
};

const verified = (keys: KeyRing, token: string, now: Instant): Promise<JWTVerifyResult> =>
  jwtVerify(
    token,
    ({ kid = '' }) => {
      const known = keys.find(kid);
      if (known?.source === 'identity') return known.publicKey;
      throw new Error('not a key of who signs customers in');
    },
    {
      algorithms: [assertionAlgorithm],
      typ: assertionType,
      issuer: assertionIssuerName,
      audience: assertionAudience,
      clockTolerance: skewMs / 1_000,
      currentDate: new Date(now),
    },
  );

/** Nothing in the header asks for anything: no embedded keys, no addresses, no critical extensions. */
const isPlain = (header: JWTHeaderParameters): boolean =>
  Object.keys(header).toSorted().join(' ') === 'alg kid typ';

const isOfOurTime = ({ iat, exp, auth_time }: Claims, now: Instant): boolean =>
  exp > iat &&
  (exp - iat) * 1_000 <= assertionLifeMs &&
  iat * 1_000 <= now + skewMs &&
  auth_time <= iat;

const toAssertion = (claims: Claims): CustomerAssertion => ({
  customerId: claims.sub as CustomerId,
  sessionId: claims.sid,
  level: claims.level,
  authenticatedAt: instant(claims.auth_time * 1_000),
  accounts: claims.accounts as AccountId[],
  subnet: claims.subnet,
});
