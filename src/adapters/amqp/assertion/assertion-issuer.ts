import { SignJWT } from 'jose';
import type { Clock } from '../../../application/ports/clock.ts';
import type { AssertionIssuer, Asking } from '../../../application/ports/customer-assertions.ts';
import { accountsPerAssertion } from '../../../application/ports/envelope.ts';
import type { AccountId, CustomerId } from '../../../domain/ids.ts';
import { minute } from '../../../domain/time.ts';
import type { SigningKey } from '../own-key.ts';
import { sha256 } from '../signing.ts';
import {
  assertionAlgorithm,
  assertionAudience,
  assertionIssuerName,
  assertionLifeMs,
  assertionType,
  type Claims,
} from './claims.ts';

/** Which accounts are a customer's. */
export type AccountsOf = (customer: CustomerId) => Promise<readonly AccountId[]>;

/** How long an assertion is used again: a minute less than it is good. */
const reusedMs = assertionLifeMs - minute;
const keptSessions = 2_000;

interface Kept {
  readonly token: string;
  readonly accounts: ReadonlySet<AccountId>;
  readonly subnet: string;
  readonly until: number;
}

/** Issues assertions with a key of their own and keeps each for the session's next questions. */
export const assertionIssuer = (
  key: () => SigningKey,
  accountsOf: AccountsOf,
  clock: Clock,
): AssertionIssuer => {
  const kept = new Map<string, Kept>();
  return {
    assertionFor: async (asking, account) => {
      const { tokenHash } = asking.session;
      const now = clock.now();
      const old = kept.get(tokenHash);
      if (old !== undefined && isGoodFor(old, asking, account, now)) return old.token;

      const own = await accountsOf(asking.session.customerId);
      const claims = claimsOf(asking, own, account, now);
      const token = await signed(claims, key());
      const accounts = new Set(claims.accounts as AccountId[]);
      kept.delete(tokenHash);
      kept.set(tokenHash, { token, accounts, subnet: asking.subnet, until: now + reusedMs });
      const [oldest] = kept.keys();
      if (kept.size > keptSessions && oldest !== undefined) kept.delete(oldest);
      return token;
    },
  };
};

const isGoodFor = (old: Kept, asking: Asking, account: AccountId, now: number): boolean =>
  now < old.until && old.subnet === asking.subnet && old.accounts.has(account);

const claimsOf = (
  { session, subnet }: Asking,
  own: readonly AccountId[],
  account: AccountId,
  now: number,
): Claims => {
  const iat = Math.floor(now / 1_000);
  const areMany = own.length > accountsPerAssertion;
  return {
    iss: assertionIssuerName,
    aud: assertionAudience,
    sub: session.customerId,
    sid: sha256(`kabinet session ${session.tokenHash}`),
    // Nobody is signed in here without the code sent to the phone.
    level: 'second-step',
    auth_time: Math.floor(session.signedInAt / 1_000),
    iat,
    exp: iat + assertionLifeMs / 1_000,
    accounts: areMany ? own.filter((id) => id === account) : [...own],
    ...(areMany ? { accountsdigest: sha256(own.toSorted().join('\n')) } : {}),
    subnet,
  };
};

const signed = (claims: Claims, { kid, privateKey }: SigningKey): Promise<string> =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: assertionAlgorithm, typ: assertionType, kid })
    .sign(privateKey);
