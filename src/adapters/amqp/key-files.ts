import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import {
  existsSync,
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { KeySource } from './sources.ts';
import { isWeakKey } from './weak-points.ts';

export const privatePath = (directory: string, source: KeySource): string =>
  join(directory, `${source}.private.pem`);
/** The key that a rotation made, until it is signed with. */
export const nextPath = (directory: string, source: KeySource): string =>
  join(directory, `${source}.next.private.pem`);
export const publicPath = (directory: string, source: KeySource): string =>
  join(directory, `${source}.public.pem`);

/** Reads a private key. Throws an Error with a sentence for one that others can read or that is none. */
export const readPrivateKey = (path: string): KeyObject => {
  if ((statSync(path).mode & 0o077) !== 0) {
    throw new Error(`the key ${path} can be read by others: run chmod 600 on it`);
  }
  try {
    return ed25519(createPrivateKey(readFileSync(path)), path);
  } catch (error) {
    throw new Error(`the key ${path} is no Ed25519 private key in PEM`, { cause: error });
  }
};

export const readPublicKey = (path: string): KeyObject =>
  ed25519(createPublicKey(readFileSync(path)), path);

/** Two programs of one source may start at once: the first one's key becomes theirs, whole or not at all. */
export const makePrivateKey = (path: string): void => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const draft = `${path}.${String(process.pid)}`;
  writeFileSync(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
};

export const writePublicKey = (path: string, key: KeyObject): void => {
  writeWhole(path, key.export({ type: 'spki', format: 'pem' }).toString());
};

/** Writes a file that anybody may read, whole or not at all. */
export const writeWhole = (path: string, text: string): void => {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  const draft = `${path}.${String(process.pid)}`;
  writeFileSync(draft, text, { mode: 0o644 });
  renameSync(draft, path);
};

const ed25519 = (key: KeyObject, path: string): KeyObject => {
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`the key ${path} is not an Ed25519 key`);
  if (key.type === 'public' && isWeakKey(key)) throw new Error(`the key ${path} is of small order`);
  return key;
};
