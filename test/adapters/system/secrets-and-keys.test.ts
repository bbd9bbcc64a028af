import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { keyedSecrets } from '../../../src/adapters/system/keyed-secrets.ts';
import { loadMasterKey } from '../../../src/adapters/system/master-key.ts';

const secrets = keyedSecrets(randomBytes(32));

describe('keyed secrets', () => {
  it('open what they sealed, for the same purpose only, and never the same way twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, purpose) => {
        const sealed = secrets.seal(text, purpose);
        assert.equal(secrets.open(sealed, purpose), text.toWellFormed());
        assert.notEqual(secrets.seal(text, purpose), sealed);
        assert.throws(() => secrets.open(sealed, `${purpose}!`));
      }),
    );
  });

  it('refuse a seal with one bit changed, cut short, or of another key', () => {
    const sealed = secrets.seal('the code is 123456', 'sms');
    const [name, body = ''] = sealed.split('.');
    const bytes = Buffer.from(body, 'base64url');

    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      assert.throws(() => secrets.open(`${name}.${changed.toString('base64url')}`, 'sms'));
    }
    for (let length = 0; length < bytes.length; length += 1) {
      const cut = bytes.subarray(0, length).toString('base64url');
      assert.throws(() => secrets.open(`${name}.${cut}`, 'sms'));
    }
    assert.throws(() => keyedSecrets(randomBytes(32)).open(sealed, 'sms'), /another key/);
  });

  it('give the same digest for the same context and key, another for any other', () => {
    assert.equal(secrets.mac('a'), secrets.mac('a'));
    assert.notEqual(secrets.mac('a'), secrets.mac('b'));
    assert.notEqual(secrets.mac('a'), keyedSecrets(randomBytes(32)).mac('a'));
    assert.match(secrets.mac('a'), /^[\w-]{8}\.[\w-]{43}$/);
    assert.equal(secrets.hashToken('abc'), secrets.hashBytes(Buffer.from('abc')));
    assert.equal(secrets.hashToken('abc'), 'ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
  });

  it('compare digests of any length', () => {
    assert.ok(secrets.matches(secrets.mac('a'), secrets.mac('a')));
    assert.ok(!secrets.matches(secrets.mac('a'), secrets.mac('b')));
    assert.ok(!secrets.matches(secrets.mac('a'), ''));
  });

  it('want a key of at least 32 bytes', () => {
    assert.throws(() => keyedSecrets(randomBytes(31)), RangeError);
  });
});

describe('the master key', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'kabinet-key-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is made once, for its owner only, and stays', () => {
    const file = join(folder, 'deep', 'key');

    const key = loadMasterKey(file, {});

    assert.equal(key.length, 32);
    assert.deepEqual(loadMasterKey(file, {}), key);
    assert.deepEqual(new Uint8Array(readFileSync(file)), key);
    assert.equal(statSync(file).mode & 0o777, 0o600);
  });

  it('is taken from the environment where it is given there, if it is long enough', () => {
    const given = randomBytes(32);
    const KABINET_MASTER_KEY = given.toString('base64');

    assert.deepEqual(
      loadMasterKey(join(folder, 'key'), { KABINET_MASTER_KEY }),
      new Uint8Array(given),
    );
    assert.throws(() => loadMasterKey('', { KABINET_MASTER_KEY: 'c2hvcnQ=' }), /5 bytes/);
  });
});
