import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPublicKey } from 'node:crypto';
import { openKeyRing } from '../../../src/adapters/amqp/key-ring.ts';
import { keyId } from '../../../src/adapters/amqp/signing.ts';

describe('A key ring', () => {
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'kabinet-keys-'));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it('makes a program’s key at the first start and keeps it from then on', () => {
    const first = openKeyRing(directory, 'portal');
    const second = openKeyRing(directory, 'portal');

    assert.equal(first.own.kid, second.own.kid);
    assert.equal(statSync(join(directory, 'portal.private.pem')).mode & 0o777, 0o600);
  });

  it('knows by a key whose it is', () => {
    const portal = openKeyRing(directory, 'portal');
    const gateway = openKeyRing(directory, 'gateway');

    assert.equal(gateway.find(portal.own.kid)?.source, 'portal');
    assert.equal(gateway.find(gateway.own.kid)?.source, 'gateway');
    assert.equal(gateway.find('nobody'), undefined);
  });

  it('finds the key of a program that starts in the same moment, however many come', () => {
    const portal = openKeyRing(directory, 'portal');
    assert.equal(portal.find('nobody'), undefined);
    for (const source of ['gateway', 'accounting'] as const) {
      const { own } = openKeyRing(directory, source);
      assert.equal(portal.find(own.kid)?.source, source);
    }
  });

  it('finds the key of a program that starts later', async () => {
    const portal = openKeyRing(directory, 'portal');
    const accounting = openKeyRing(directory, 'accounting');

    await new Promise((resolve) => setTimeout(resolve, 1_050));

    assert.equal(portal.find(accounting.own.kid)?.source, 'accounting');
  });

  it('does not use a private key others can read', () => {
    openKeyRing(directory, 'portal');
    chmodSync(join(directory, 'portal.private.pem'), 0o644);

    assert.throws(() => openKeyRing(directory, 'portal'), /can be read by others/);
  });

  it('says which file is no key', () => {
    writeFileSync(join(directory, 'portal.private.pem'), 'no key', { mode: 0o600 });

    assert.throws(() => openKeyRing(directory, 'portal'), /portal\.private\.pem is no Ed25519/);
  });

  it('names keys by their thumbprint of RFC 7638, as RFC 8037 computes it', () => {
    const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });

    assert.equal(keyId(key), 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
  });
});
