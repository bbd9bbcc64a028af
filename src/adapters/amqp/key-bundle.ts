import { createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from './key-files.ts';
import { type BundleKey, type KeyBundle, keysAnnouncedSchema } from './schemas/keys-announced.ts';
import { keyId } from './signing.ts';
import { isWeakKey } from './weak-points.ts';

const bundlePath = (directory: string): string => join(directory, 'bundle.json');

/** The bundle a directory holds; undefined where keys were never rotated. Throws an Error with a sentence for another file. */
export const readBundle = (directory: string): KeyBundle | undefined => {
  const path = bundlePath(directory);
  if (!existsSync(path)) return undefined;
  try {
    return keysAnnouncedSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new Error(`${path} is no bundle of keys`, { cause: error });
  }
};

export const writeBundle = (directory: string, bundle: KeyBundle): void => {
  writeWhole(bundlePath(directory), `${JSON.stringify(bundle, undefined, 2)}\n`);
};

/** Tells whether every key is a sound one, has its own name and belongs to a source the bundle speaks for. */
export const isSound = (bundle: KeyBundle): boolean =>
  bundle.keys.every(({ source, kid, x }) => {
    const key = publicKeyOf(x);
    if (key === undefined || isWeakKey(key)) return false;
    return keyId(key) === kid && bundle.sources.includes(source);
  });

/** The key whose 32 bytes these are; undefined for what is none. */
export const publicKeyOf = (x: string): KeyObject | undefined => {
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  } catch {
    return undefined;
  }
};

/** The 32 bytes of a public key as RFC 8037 writes them. */
export const bytesOf = (key: KeyObject): string => key.export({ format: 'jwk' }).x ?? '';

/** Whether a key of a bundle is still believed. */
export const isBelieved = ({ until }: Pick<BundleKey, 'until'>, now: number): boolean =>
  until === undefined || now < Date.parse(until);
