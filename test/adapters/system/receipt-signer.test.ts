import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { MemoryReceiptKeyStore } from '../../../src/adapters/memory/memory-receipt-key-store.ts';
import {
  isSealedBy,
  newReceiptKey,
  receiptSigner,
} from '../../../src/adapters/system/receipt-signer.ts';
import type { ReceiptContent } from '../../../src/domain/receipt-content.ts';
import { secrets } from '../../support/given.ts';

const content = { v: 1, number: 'R-2026-7000001-0001', account: '•••1' } as ReceiptContent;

describe('the signer of receipts', () => {
  const given = () => {
    const store = new MemoryReceiptKeyStore();
    return { store, signer: receiptSigner(store, secrets) };
  };

  it('writes JSON as RFC 8785 does: its own example', () => {
    // Section 3.2.2 and 3.2.3 of the RFC.
    const example = JSON.parse(
      String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],` +
        String.raw`"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
    ) as unknown;

    assert.equal(
      given().signer.canonical(example),
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],` +
        String.raw`"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('signs the same content with the same bytes, and makes its key once', async () => {
    const { signer, store } = given();

    const seals = await Promise.all([signer.seal(content), signer.seal(content)]);

    assert.deepEqual(seals[0], seals[1]);
    assert.equal((await store.all()).length, 1);
    assert.match(seals[0].kid, /^[\w-]{8}$/);
    assert.equal(await signer.check(seals[0]), 'valid');
  });

  it('goes on knowing what an older key signed, which signs no more', async () => {
    const { signer, store } = given();
    const old = await signer.seal(content);
    await store.replace(newReceiptKey(secrets));

    const next = await signer.seal(content);

    assert.notEqual(next.kid, old.kid);
    assert.equal(await signer.check(old), 'valid');
    assert.equal(await signer.check({ ...old, kid: next.kid }), 'altered');
    assert.equal(await signer.check({ ...old, kid: 'nobodys1' }), 'unknown-key');
  });

  it('keeps its private key under lock', async () => {
    const { signer, store } = given();
    await signer.seal(content);
    const key = (await store.atWork())!;

    assert.ok(!key.lockedPrivate!.includes('PRIVATE'));
    const stranger = receiptSigner(store, { ...secrets, open: () => '' });
    await assert.rejects(stranger.seal(content));
    const gone = { ...store, atWork: async () => ({ ...key, lockedPrivate: undefined }) };
    const without = receiptSigner(Object.assign(new MemoryReceiptKeyStore(), gone), secrets);
    await assert.rejects(without.seal(content), /no private part/);
  });

  it('believes no seal of which one byte was changed', async () => {
    const { signer } = given();
    const seal = await signer.seal(content);
    const [key] = await signer.keys();
    const changed = (text: string, at: number, bit: number) => {
      const bytes = Buffer.from(text);
      bytes[at % bytes.length]! ^= 1 << bit;
      return bytes.toString();
    };

    assert.ok(isSealedBy(seal, key!));
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(7), fc.boolean(), (at, bit, inContent) => {
        const name = inContent ? 'content' : 'signature';
        const forged = { ...seal, [name]: changed(seal[name], at, bit) };
        assert.ok(!isSealedBy(forged, key!));
      }),
      { numRuns: 500 },
    );
  });

  it('signs so that openssl agrees', async () => {
    const { signer } = given();
    const { content: text, signature } = await signer.seal(content);
    const { kty, crv, x } = (await signer.keys())[0]!;
    const key = createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
    const folder = mkdtempSync(join(tmpdir(), 'kabinet-seal-'));
    try {
      const put = (name: string, bytes: string | Uint8Array) => {
        writeFileSync(join(folder, name), bytes);
        return join(folder, name);
      };
      const args = (signed: string) => [
        ...['pkeyutl', '-verify', '-pubin', '-rawin'],
        ...['-inkey', put('key.pem', key.export({ type: 'spki', format: 'pem' }))],
        ...['-sigfile', put('sig', Buffer.from(signature, 'base64url'))],
        ...['-in', put('content.json', signed)],
      ];

      const said = execFileSync('openssl', args(text), { encoding: 'utf8' });

      assert.match(said, /Verified Successfully/);
      assert.throws(() => execFileSync('openssl', args(`${text} `), { stdio: 'ignore' }));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
