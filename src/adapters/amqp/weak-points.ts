import type { KeyObject } from 'node:crypto';

/** y of the points whose eightfold is nothing, without their sign; under such a key anybody signs anything. */
const smallOrder = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);

/** Tells whether 32 bytes are a point of small order, or one not spelled as RFC 8032 spells it: y of 2^255 - 19 and more. */
export const isWeakPoint = (encoded: Uint8Array): boolean => {
  const y = Buffer.from(encoded);
  y.writeUInt8(y.readUInt8(31) & 0x7f, 31);
  const text = y.toString('hex');
  return smallOrder.has(text) || /^(ed|ee|ef|f.)(ff){30}7f$/.test(text);
};

const judged = new WeakMap<KeyObject, boolean>();

/** Tells whether a public key is such a point; looked at once a key. */
export const isWeakKey = (key: KeyObject): boolean => {
  const before = judged.get(key);
  if (before !== undefined) return before;
  const isWeak = isWeakPoint(Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url'));
  judged.set(key, isWeak);
  return isWeak;
};
