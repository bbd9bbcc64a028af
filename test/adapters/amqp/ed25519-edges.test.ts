import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { isSignedFor, signFor } from '../../../src/adapters/amqp/signing.ts';
import { isWeakKey, isWeakPoint } from '../../../src/adapters/amqp/weak-points.ts';

// The key pair of RFC 8037, appendix A.
const d = 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A';
const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
const privateKey = createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', d, x }, format: 'jwk' });
const publicKey = createPublicKey(privateKey);
const place = { context: 'kabinet-message-1', exchange: 'gw.in.c', routingKey: '0a' } as const;
const body = Buffer.from('{}');
const good = Buffer.from(signFor(privateKey, place, body), 'base64url');

const order = 2n ** 252n + 27742317777372353535851937790883648493n;
const prime = 2n ** 255n - 19n;
const fromBytes = (bytes: Uint8Array): bigint =>
  BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
const toBytes = (value: bigint): Buffer =>
  Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse();
const [r, s] = [good.subarray(0, 32), fromBytes(good.subarray(32))];
const withS = (value: bigint): Buffer => Buffer.concat([r, toBytes(value)]);
const keyOf = (bytes: Uint8Array): KeyObject =>
  createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(bytes).toString('base64url') },
    format: 'jwk',
  });
const holds = (signature: Uint8Array | string, key = publicKey): boolean =>
  isSignedFor(
    key,
    place,
    body,
    typeof signature === 'string' ? signature : Buffer.from(signature).toString('base64url'),
  );

/** The eight points of small order, and the ways to write them that RFC 8032 forbids. */
const smallPoints = [
  '0100000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000080',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0000000000000000000000000000000000000000000000000000000000000080',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
].map((hex) => Buffer.from(hex, 'hex'));

/** Arithmetic of the curve, enough to show that the points are what they are said to be. */
const curve = (() => {
  const mod = (a: bigint): bigint => ((a % prime) + prime) % prime;
  const power = (value: bigint, exponent: bigint): bigint => {
    let [result, factor] = [1n, mod(value)];
    for (let left = exponent; left > 0n; left >>= 1n) {
      if (left & 1n) result = mod(result * factor);
      factor = mod(factor * factor);
    }
    return result;
  };
  const inverse = (a: bigint): bigint => power(a, prime - 2n);
  const d2 = mod(-121665n * inverse(121666n));
  /** x² of a point by its y; the sign of x does not matter for its order. */
  const xOf = (y: bigint): bigint => {
    const square = mod((y * y - 1n) * inverse(d2 * y * y + 1n));
    let root = power(square, (prime + 3n) / 8n);
    if (mod(root * root - square) !== 0n) root = mod(root * power(2n, (prime - 1n) / 4n));
    assert.equal(mod(root * root - square), 0n, 'no point of the curve');
    return root;
  };
  const twice = ([px, py]: readonly [bigint, bigint]): readonly [bigint, bigint] => {
    const t = mod(d2 * px * px * py * py);
    return [mod(2n * px * py * inverse(1n + t)), mod((py * py + px * px) * inverse(1n - t))];
  };
  return { mod, xOf, twice };
})();

describe('A signature at the edges of Ed25519', () => {
  it('holds as it was made', () => {
    assert.ok(holds(good));
  });

  it('does not hold with s not below the order of the base point', () => {
    for (const other of [s + order, order, prime, 2n ** 252n + order, 2n ** 256n - 1n]) {
      assert.ok(!holds(withS(other)));
    }
    for (let times = 2n; s + times * order < 2n ** 256n; times += 1n) {
      assert.ok(!holds(withS(s + times * order)));
    }
  });

  it('does not hold with s or r made of noughts, ones or another value near', () => {
    for (const other of [0n, 1n, s - 1n, s + 1n, order - s, order - 1n]) {
      assert.ok(!holds(withS(other)));
    }
    for (const fill of [0x00, 0xff, 0x01, 0x7f]) {
      assert.ok(!holds(Buffer.alloc(64, fill)));
      assert.ok(!holds(Buffer.concat([Buffer.alloc(32, fill), good.subarray(32)])));
      assert.ok(!holds(Buffer.concat([r, Buffer.alloc(32, fill)])));
    }
    const mirrored = Buffer.from(good);
    mirrored[31]! ^= 0x80;
    assert.ok(!holds(mirrored));
  });

  it('does not hold when it is cut, longer, doubled or spelled otherwise', () => {
    const text = good.toString('base64url');
    for (let length = 0; length < 64; length += 1) assert.ok(!holds(good.subarray(0, length)));
    for (const more of [1, 2, 32, 64]) assert.ok(!holds(Buffer.concat([good, Buffer.alloc(more)])));
    const standard = good.toString('base64');
    assert.notEqual(standard, text);
    for (const other of [`${text}=`, `${text}==`, standard, ` ${text}`, `${text}\n`, `${text}.`]) {
      assert.ok(!holds(other), other);
    }
    assert.ok(!holds(good.toString('hex')));
    // The last character carries two spare bits, which another reader may ignore.
    const spelled = ['A', 'B', 'w', 'g', 'Q', 'x'].map((last) => text.slice(0, -1) + last);
    assert.equal(spelled.filter((one) => holds(one)).length, spelled.includes(text) ? 1 : 0);
  });

  it('knows the fourteen spellings of the points of small order by their eightfold', () => {
    for (const point of smallPoints) {
      const y = fromBytes(point) & (2n ** 255n - 1n);
      const at = [curve.xOf(curve.mod(y)), curve.mod(y)] as const;
      const eightfold = curve.twice(curve.twice(curve.twice(at)));
      assert.deepEqual(eightfold, [0n, 1n], point.toString('hex'));
      assert.ok(isWeakPoint(point));
    }
    assert.ok(!isWeakKey(publicKey));
  });

  it('does not hold under a key of small order, whatever r and s', () => {
    for (const point of smallPoints) {
      const weak = keyOf(point);
      assert.ok(isWeakKey(weak));
      for (const first of smallPoints) {
        for (const second of [0n, 1n, s]) {
          assert.ok(!holds(Buffer.concat([first, toBytes(second)]), weak));
        }
      }
      assert.ok(!holds(Buffer.concat([point, toBytes(0n)])));
      assert.ok(!holds(Buffer.concat([point, toBytes(s)])));
    }
  });

  it('does not hold with a point not spelled as it should be: y of the prime and more', () => {
    for (let y = prime; y < 2n ** 255n; y += 1n) {
      assert.ok(isWeakPoint(toBytes(y)));
      assert.ok(!holds(Buffer.concat([toBytes(y), toBytes(s)])));
    }
    assert.ok(!isWeakPoint(toBytes(prime - 2n)));
  });

  it('does not hold for another context, place, body or key', () => {
    const text = good.toString('base64url');
    assert.ok(!isSignedFor(publicKey, { ...place, context: 'kabinet-hop-1' }, body, text));
    assert.ok(!isSignedFor(publicKey, { ...place, routingKey: '0b' }, body, text));
    const shifted = { ...place, exchange: 'gw.in.c0', routingKey: 'a' };
    assert.ok(!isSignedFor(publicKey, shifted, body, text));
    assert.ok(!isSignedFor(publicKey, place, Buffer.from('{} '), text));
    assert.ok(!holds(good, keyOf(Buffer.from(x, 'base64url').fill(7, 0, 1))));
  });
});
