import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { SignJWT } from 'jose';
import {
  type AccountsOf,
  assertionIssuer,
} from '../../../src/adapters/amqp/assertion/assertion-issuer.ts';
import { assertionReader } from '../../../src/adapters/amqp/assertion/assertion-reader.ts';
import { messageReader } from '../../../src/adapters/amqp/message-reader.ts';
import { messageWriter } from '../../../src/adapters/amqp/message-writer.ts';
import { openOwnKey } from '../../../src/adapters/amqp/own-key.ts';
import { places } from '../../../src/adapters/amqp/places.ts';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';
import type { AccountId } from '../../../src/domain/ids.ts';
import { instant, later, minute, second, type Instant } from '../../../src/domain/time.ts';
import {
  anna,
  annasAccount,
  asking,
  givenKeyRings,
  randomness,
} from '../../support/gateway-world.ts';

const rings = givenKeyRings();
after(() => {
  rings.discard();
});
const identity = openOwnKey(rings.directory, 'identity');
const noon = instant(Date.parse('2026-11-22T12:00:00.000Z'));
const who = {
  ...asking(anna),
  session: { ...asking(anna).session, signedInAt: later(noon, -minute) },
};

const given = (accounts: readonly AccountId[] = [annasAccount]) => {
  const world = { now: noon, asked: 0 };
  const accountsOf: AccountsOf = () => {
    world.asked += 1;
    return Promise.resolve(accounts);
  };
  const issuer = assertionIssuer(identity, accountsOf, { now: () => world.now });
  return { world, issue: (account = annasAccount) => issuer.assertionFor(who, account) };
};
const outcome = async (token: string, now: Instant = noon) => {
  const read = await assertionReader(rings.gateway).read(token, now);
  return read.ok ? 'read' : read.refusal;
};

/** A token made by hand: whatever header and claims, signed by whatever key. */
const made = (claims: object, header: object = {}, key = identity().privateKey): string => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const full = { alg: 'EdDSA', typ: 'kabinet-assertion+jwt', kid: identity().kid, ...header };
  const text = `${part(full)}.${part(claims)}`;
  return `${text}.${sign(undefined, Buffer.from(text), key).toString('base64url')}`;
};
const iat = noon / second;
const claims = {
  iss: 'identity',
  aud: 'gateway',
  sub: anna,
  sid: 'x'.repeat(43),
  level: 'second-step',
  auth_time: iat - 60,
  iat,
  exp: iat + 300,
  accounts: [annasAccount],
  subnet: '192.0.2.0/24',
};

describe('A customer assertion', () => {
  it('tells the gateway who asks, from where and what they own', async () => {
    const read = await assertionReader(rings.gateway).read(await given().issue(), noon);

    assert.ok(read.ok);
    const { sessionId, ...rest } = read.value;
    assert.deepEqual(rest, {
      customerId: anna,
      level: 'second-step',
      authenticatedAt: who.session.signedInAt,
      accounts: [annasAccount],
      subnet: '192.0.2.0/24',
    });
    assert.ok(!sessionId.includes(who.session.tokenHash));
  });

  it('is signed once for four minutes of a session, and good for five', async () => {
    const { issue, world } = given();
    const first = await issue();
    world.now = later(noon, 4 * minute - 1);
    assert.equal(await issue(), first);
    assert.equal(await outcome(first, later(noon, 5 * minute)), 'read');
    world.now = later(noon, 4 * minute);
    assert.notEqual(await issue(), first);
    assert.equal(world.asked, 2);

    assert.equal(await outcome(first, later(noon, 5 * minute + 31 * second)), 'expired');
  });

  it('is made anew for an account that it does not name', async () => {
    const { issue, world } = given();
    await issue();
    await issue('01890000-0000-7000-8000-0000000000ff' as AccountId);

    assert.equal(world.asked, 2);
  });

  it('names of too many accounts the one asked about, beside a digest of all', async () => {
    const many = Array.from({ length: 65 }, () => randomness.id() as AccountId);
    const read = await assertionReader(rings.gateway).read(await given(many).issue(many[64]), noon);
    const foreign = await assertionReader(rings.gateway).read(await given(many).issue(), noon);

    assert.deepEqual(read.ok && read.value.accounts, [many[64]]);
    assert.deepEqual(foreign.ok && foreign.value.accounts, []);
  });

  it('is forged unless the part that signs customers in signed it, whatever its header says', async () => {
    const stranger = generateKeyPairSync('ed25519').privateKey;
    const { portal } = rings;
    assert.equal(await outcome(made(claims)), 'read');
    for (const forged of [
      made(claims, {}, stranger),
      made(claims, { kid: 'nobody' }),
      made(claims, { kid: portal.own.kid }, portal.own.privateKey),
      made(claims, { alg: 'none' }),
      `${made(claims, { alg: 'none' }).split('.').slice(0, 2).join('.')}.`,
      made(claims, { typ: 'JWT' }),
      made(claims, { jwk: { kty: 'OKP' } }),
      made(claims, { crit: ['b64'], b64: false }),
      await new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'HS256', typ: 'kabinet-assertion+jwt', kid: identity().kid })
        .sign(Buffer.alloc(32)),
      'not.a.token',
      '',
    ]) {
      assert.equal(await outcome(forged), 'forged', forged);
    }
  });

  it('is forged when its claims are not those agreed on', async () => {
    for (const change of [
      { iss: 'portal' },
      { aud: 'portal' },
      { sub: 'anna' },
      { more: 1 },
      { level: 'none' },
      { exp: iat + 301 },
      { iat: iat + 31, exp: iat + 300 },
      { exp: iat },
      { auth_time: iat + 1 },
      { accounts: Array.from({ length: 65 }, () => annasAccount) },
    ]) {
      assert.equal(await outcome(made({ ...claims, ...change })), 'forged', JSON.stringify(change));
    }
  });

  it('is forged when any of its characters is another', async () => {
    const token = made(claims);
    for (let at = 0; at < token.length; at += 3) {
      // The first bits of a character: the last ones of a part may be padding.
      const other = token.charCodeAt(at) < 0x60 ? 'z' : 'A';
      const changed = `${token.slice(0, at)}${other}${token.slice(at + 1)}`;
      assert.equal(await outcome(changed), 'forged', `character ${String(at)}`);
    }
  });

  it('is read again from memory, but not once the key is revoked or the time is over', async () => {
    const known = new Set([identity().kid]);
    let looked = 0;
    const find = (kid: string) => {
      looked += 1;
      return known.has(kid) ? rings.gateway.find(kid) : undefined;
    };
    const reader = assertionReader({ ...rings.gateway, find }, 2);
    const token = made(claims);
    const again = await Promise.all([1, 2].map(() => reader.read(token, noon)));
    assert.deepEqual(again[0], again[1]);
    const before = performance.now();
    for (let n = 0; n < 1_000; n += 1) assert.ok((await reader.read(token, noon)).ok);
    const eachMs = (performance.now() - before) / 1_000;
    console.log(`      a known assertion costs ${(eachMs * 1_000).toFixed(1)} µs`);

    assert.equal((await reader.read(token, later(noon, 6 * minute))).ok, false);
    assert.ok((await reader.read(token, noon)).ok);
    known.clear();
    assert.deepEqual(await reader.read(token, noon), { ok: false, refusal: 'forged' });
    assert.ok(looked > 1_000);
  });

  it('is all that its key may sign: no message is believed of it', () => {
    const query = {
      type: 'ledger.read-account',
      subject: anna,
      assertion: made(claims),
      data: { accountId: annasAccount },
    } as const;
    const asIf = { ...rings.portal, own: { ...identity(), source: 'portal' as const } };
    const writer = messageWriter(asIf, 'portal-1', systemClock, randomness);

    const read = messageReader(rings.gateway).read(writer.write(query, places.query(anna)));

    assert.deepEqual(read, { ok: false, refusal: { why: 'key' } });
  });

  it('does not fill the memory with tokens', async () => {
    const reader = assertionReader(rings.gateway, 3);
    for (let n = 0; n < 9; n += 1) {
      assert.ok((await reader.read(made({ ...claims, sid: String(n).repeat(43) }), noon)).ok);
    }
  });
});
