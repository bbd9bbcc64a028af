import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { keyId } from './signing.ts';
import { type Source, sources } from './sources.ts';

export interface KnownKey {
  readonly source: Source;
  readonly publicKey: KeyObject;
}

/** A program's own key and the public keys of those it listens to. */
export interface KeyRing {
  readonly own: { readonly source: Source; readonly kid: string; readonly privateKey: KeyObject };
  /** Whose key this is; undefined for a key nobody gave us. */
  find(kid: string): KnownKey | undefined;
}

/** How soon a directory that has not changed is read again for a key that was not there. */
const rereadMs = 1_000;
/** Directories keep the time of their last change no finer than this. */
const coarseMs = 20;

/**
 * Loads a program's key pair from `<directory>/<source>.private.pem` (mode 0600, made at the first start together
 * with `<source>.public.pem`) and everybody's public keys. Other programs may start later: an unknown key is looked
 * for again, at once where the directory has changed. Throws an Error with a sentence for a key others can read or
 * that is none.
 */
export const openKeyRing = (directory: string, source: Source): KeyRing => {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const privateKey = ownKey(directory, source);
  const publicKey = createPublicKey(privateKey);
  const publicPath = join(directory, `${source}.public.pem`);
  writeWhole(publicPath, publicKey.export({ type: 'spki', format: 'pem' }).toString());

  let known = readPublicKeys(directory);
  let readAt = Date.now();
  return {
    own: { source, kid: keyId(publicKey), privateKey },
    find: (kid) => {
      const found = known.get(kid);
      if (found !== undefined) return found;
      const hasChanged = statSync(directory).mtimeMs >= readAt - coarseMs;
      if (!hasChanged && Date.now() - readAt < rereadMs) return undefined;
      readAt = Date.now();
      known = readPublicKeys(directory);
      return known.get(kid);
    },
  };
};

const ownKey = (directory: string, source: Source): KeyObject => {
  const path = join(directory, `${source}.private.pem`);
  if (!existsSync(path)) makeKey(path);
  if ((statSync(path).mode & 0o077) !== 0) {
    throw new Error(`the key ${path} can be read by others: run chmod 600 on it`);
  }
  try {
    return ed25519(createPrivateKey(readFileSync(path)), path);
  } catch (error) {
    throw new Error(`the key ${path} is no Ed25519 private key in PEM`, { cause: error });
  }
};

/** Two programs of one source may start at once: the first one's key becomes theirs, whole or not at all. */
const makeKey = (path: string): void => {
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

const writeWhole = (path: string, text: string): void => {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  const draft = `${path}.${String(process.pid)}`;
  writeFileSync(draft, text, { mode: 0o644 });
  renameSync(draft, path);
};

const readPublicKeys = (directory: string): ReadonlyMap<string, KnownKey> => {
  const known = new Map<string, KnownKey>();
  for (const source of sources) {
    const path = join(directory, `${source}.public.pem`);
    if (!existsSync(path)) continue;
    const publicKey = ed25519(createPublicKey(readFileSync(path)), path);
    known.set(keyId(publicKey), { source, publicKey });
  }
  return known;
};

const ed25519 = (key: KeyObject, path: string): KeyObject => {
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw new Error(`the key ${path} is not an Ed25519 key`);
};
