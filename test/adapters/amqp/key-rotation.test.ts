import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyAnnouncer } from '../../../src/adapters/amqp/announce-keys.ts';
import { publicKeyOf, readBundle } from '../../../src/adapters/amqp/key-bundle.ts';
import { publicPath } from '../../../src/adapters/amqp/key-files.ts';
import { openKeyRing } from '../../../src/adapters/amqp/key-ring.ts';
import { messageReader } from '../../../src/adapters/amqp/message-reader.ts';
import { messageWriter } from '../../../src/adapters/amqp/message-writer.ts';
import { openOwnKey } from '../../../src/adapters/amqp/own-key.ts';
import { places } from '../../../src/adapters/amqp/places.ts';
import {
  overlapMs,
  revokeKey,
  rotateKey,
  settleMs,
} from '../../../src/adapters/amqp/rotate-keys.ts';
import { type KeyBundle } from '../../../src/adapters/amqp/schemas/keys-announced.ts';
import { keyId } from '../../../src/adapters/amqp/signing.ts';
import { InProcessBrokers } from '../../../src/adapters/in-process/in-process-broker.ts';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';
import type { WireMessage } from '../../../src/application/ports/broker.ts';
import { instant } from '../../../src/domain/time.ts';
import { anna, randomness, recordPayment } from '../../support/gateway-world.ts';

const began = Date.parse('2026-11-22T12:00:00.000Z');

describe('Keys that change', () => {
  let inside = '';
  let gatewayHost = '';
  let now = began;
  const clock = () => now;
  const folder = () => mkdtempSync(join(tmpdir(), 'kabinet-keys-'));
  /** Two hosts: portal and inside keep their keys in one place, the gateway in another. */
  const given = () => {
    const portal = openKeyRing(inside, 'portal', clock);
    const accounting = openKeyRing(inside, 'accounting', clock);
    for (const source of ['portal', 'accounting'] as const) {
      writeFileSync(publicPath(gatewayHost, source), readFileSync(publicPath(inside, source)));
    }
    const gateway = openKeyRing(gatewayHost, 'gateway', clock);
    const writer = messageWriter(portal, 'portal', systemClock, randomness);
    const reader = messageReader(gateway);
    const sent = (): WireMessage =>
      writer.write(
        {
          type: 'ledger.record-payment',
          subject: anna,
          data: recordPayment(),
          idempotencyKey: randomness.id(),
        },
        places.command(anna),
      );
    const verdict = (message: WireMessage): string => {
      const read = reader.read(message);
      return read.ok ? 'read' : read.refusal.why;
    };
    return { portal, accounting, gateway, sent, verdict };
  };
  const announced = (): KeyBundle => {
    const bundle = readBundle(inside);
    assert.ok(bundle);
    return bundle;
  };
  beforeEach(() => {
    inside = folder();
    gatewayHost = folder();
    now = began;
  });
  afterEach(() => {
    rmSync(inside, { recursive: true });
    rmSync(gatewayHost, { recursive: true });
  });

  it('are used one after another without a moment in which a message is not believed', () => {
    const { portal, gateway, sent, verdict } = given();
    const old = sent();
    const fresh = rotateKey(inside, 'portal', now);
    assert.ok(gateway.take(announced()));

    now += settleMs - 1;
    assert.equal(sent().headers.kid, old.headers.kid);
    now += 1_001;
    const next = sent();
    assert.equal(next.headers.kid, fresh.kid);
    assert.equal(portal.own.kid, fresh.kid);
    assert.equal(statSync(join(inside, 'portal.private.pem')).mode & 0o777, 0o600);
    assert.deepEqual([verdict(old), verdict(next)], ['read', 'read']);

    now = began + settleMs + overlapMs - 1;
    assert.equal(verdict(old), 'read');
    now += 1;
    assert.deepEqual([verdict(old), verdict(next)], ['key', 'read']);
  });

  it('are believed no more at once when they are revoked, also after a restart', () => {
    const { gateway, sent, verdict, portal } = given();
    const old = sent();
    const fresh = rotateKey(inside, 'portal', now);
    revokeKey(inside, old.headers.kid, now);

    assert.ok(gateway.take(announced()));

    assert.equal(verdict(old), 'key');
    assert.equal(openKeyRing(gatewayHost, 'gateway', clock).find(old.headers.kid), undefined);
    now += 1_000;
    assert.equal(portal.own.kid, fresh.kid);
    assert.equal(verdict(sent()), 'read');
  });

  it('come from the newest bundle only, and from none that contradicts itself', () => {
    const { gateway, sent, verdict } = given();
    const old = sent();
    rotateKey(inside, 'portal', now);
    const earlier = announced();
    revokeKey(inside, old.headers.kid, now);
    const later = announced();

    assert.ok(gateway.take(later));
    assert.equal(gateway.take(earlier), false);
    assert.equal(gateway.take(later), false);
    assert.equal(verdict(old), 'key');
    const [key] = later.keys;
    assert.ok(key);
    const weak = Buffer.alloc(32).fill(1, 0, 1).toString('base64url');
    const weakKey = publicKeyOf(weak)!;
    const ofSmallOrder = { ...key, x: weak, kid: keyId(weakKey) };
    const { x } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
    for (const odd of [
      { ...later, seq: 99, keys: [{ ...key, x: x! }] },
      { ...later, seq: 99, sources: [] },
      { ...later, seq: 99, keys: [{ ...key, x: '' }] },
      { ...later, seq: 99, keys: [ofSmallOrder] },
    ]) {
      assert.equal(gateway.take(odd), false);
    }
  });

  it('may be made on another host, which gives the public half only', () => {
    const { gateway } = given();
    const { publicKey } = generateKeyPairSync('ed25519');
    const file = join(gatewayHost, 'new.pem');
    writeFileSync(file, publicKey.export({ type: 'spki', format: 'pem' }));
    const fresh = rotateKey(inside, 'portal', now, file);

    gateway.take(announced());

    assert.equal(gateway.find(fresh.kid)?.source, 'portal');
    now += settleMs;
    assert.throws(() => rotateKey(inside, 'portal', now, file), /is known already/);
    assert.throws(() => rotateKey(inside, 'gateway', now), /not here/);
    const weak = publicKeyOf(Buffer.alloc(32).fill(1, 0, 1).toString('base64url'))!;
    writeFileSync(file, weak.export({ type: 'spki', format: 'pem' }));
    assert.throws(() => rotateKey(inside, 'gateway', now, file), /of small order/);
  });

  it('are not changed twice at once, and never all taken from accounting', () => {
    const { accounting } = given();
    rotateKey(inside, 'portal', now);

    assert.throws(() => rotateKey(inside, 'portal', now), /announced already/);
    assert.throws(() => revokeKey(inside, 'nobody', now), /no key is called/);
    assert.throws(() => revokeKey(inside, accounting.own.kid, now), /rotate it first/);
  });

  it('are announced at once when they change and again every half minute', async () => {
    const { accounting, gateway } = given();
    const brokers = new InProcessBrokers({ pickUpMs: 500, verdictMs: 2_000, againMs: 1 });
    const taken: number[] = [];
    const reader = messageReader(gateway);
    await brokers.broker('core', 'gateway').consume('core.ctl.gateway-2', 1, (message) => {
      const read = reader.read(message);
      assert.ok(read.ok);
      taken.push((read.value.data as KeyBundle).seq);
      return Promise.resolve('done');
    });
    const at = { now: () => instant(now) };
    const writer = messageWriter(accounting, 'accounting', at, randomness);
    const announce = keyAnnouncer(brokers.broker('core', 'connector'), writer, inside, at);

    await announce();
    rotateKey(inside, 'portal', now);
    await announce();
    await announce();
    now += 30_000;
    await announce();
    revokeKey(inside, announced().keys.find(({ source }) => source === 'portal')!.kid, now);
    await announce();
    for (; taken.length < 3;) await new Promise((resolve) => setTimeout(resolve, 5));

    assert.deepEqual(taken, [1, 1, 2]);
  });

  it('of a directory are looked for again although nothing is unknown', async () => {
    const portal = openKeyRing(inside, 'portal', clock);
    const accounting = openKeyRing(inside, 'accounting', clock);
    assert.ok(portal.find(accounting.own.kid));
    rotateKey(inside, 'accounting', now);
    revokeKey(inside, accounting.own.kid, now);
    utimesSync(inside, new Date(), new Date());
    await new Promise((resolve) => setTimeout(resolve, 1_050));

    assert.equal(portal.find(accounting.own.kid), undefined);
  });

  it('that are half copied leave those that were known in force', async () => {
    const portal = openKeyRing(inside, 'portal', clock);
    const accounting = openKeyRing(inside, 'accounting', clock);
    writeFileSync(join(inside, 'bundle.json'), '{');
    await new Promise((resolve) => setTimeout(resolve, 1_050));

    assert.equal(portal.find(portal.own.kid)?.source, 'portal');
    assert.throws(() => openKeyRing(inside, 'portal', clock), /is no bundle of keys/);
    assert.equal(createPublicKey(accounting.own.privateKey).asymmetricKeyType, 'ed25519');
    assert.equal(openOwnKey(gatewayHost, 'identity')().source, 'identity');
  });
});
