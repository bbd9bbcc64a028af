import { hash, type KeyObject, sign, verify } from 'node:crypto';
import { isWeakKey, isWeakPoint } from './weak-points.ts';

/** What a signature covers besides the bytes: a message moved to another place is not signed there. */
export interface SignedPlace {
  readonly context: 'kabinet-message-1' | 'kabinet-hop-1' | 'kabinet-audit-1';
  readonly exchange: string;
  readonly routingKey: string;
}

/** Signs bytes for one place with Ed25519; the answer is base64url. */
export const signFor = (key: KeyObject, place: SignedPlace, body: Uint8Array): string =>
  sign(undefined, encoded(place, body), key).toString('base64url');

/** Tells whether a signature holds. The algorithm is ours, never the message's. */
export const isSignedFor = (
  key: KeyObject,
  place: SignedPlace,
  body: Uint8Array,
  signature: string,
): boolean => {
  const bytes = Buffer.from(signature, 'base64url');
  // Only one spelling of a signature is taken, so that nothing about a message can be changed.
  if (bytes.byteLength !== 64 || bytes.toString('base64url') !== signature) return false;
  if (isWeakKey(key) || isWeakPoint(bytes.subarray(0, 32))) return false;
  return verify(undefined, encoded(place, body), key, bytes);
};

/** Pre-authentication encoding: every part with its length before it, so that no two lists of parts look alike. */
const encoded = (place: SignedPlace, body: Uint8Array): Buffer =>
  Buffer.concat([encodedPlace(place), lengthOf(body), body]);

const lengthOf = ({ byteLength }: Uint8Array): Buffer => {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(byteLength));
  return length;
};

/** Places are few, but for what strangers make up: those are forgotten together. */
const placesKept = 1_000;
const encodedPlaces = new Map<string, Buffer>();

const encodedPlace = ({ context, exchange, routingKey }: SignedPlace): Buffer => {
  const key = JSON.stringify([context, exchange, routingKey]);
  const before = encodedPlaces.get(key);
  if (before !== undefined) return before;

  const parts = [context, exchange, routingKey].map((part) => Buffer.from(part));
  const fresh = Buffer.concat(parts.flatMap((part) => [lengthOf(part), part]));
  if (encodedPlaces.size >= placesKept) encodedPlaces.clear();
  encodedPlaces.set(key, fresh);
  return fresh;
};

/** The name of a public key: its thumbprint by RFC 7638. */
export const keyId = (publicKey: KeyObject): string => {
  const { crv, kty, x } = publicKey.export({ format: 'jwk' });
  return sha256(JSON.stringify({ crv, kty, x }));
};

export const sha256 = (bytes: Uint8Array | string): string => hash('sha256', bytes, 'base64url');
