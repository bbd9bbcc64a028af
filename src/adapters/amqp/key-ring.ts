import type { KeyObject } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { isBelieved, isSound, publicKeyOf, readBundle, writeBundle } from './key-bundle.ts';
import { publicPath, readPublicKey } from './key-files.ts';
import { openOwnKey, type SigningKey } from './own-key.ts';
import type { KeyBundle } from './schemas/keys-announced.ts';
import { keyId } from './signing.ts';
import { type KeySource, keySources, type Source } from './sources.ts';

export interface KnownKey {
  readonly source: KeySource;
  readonly publicKey: KeyObject;
}

/** A program's own key and the public keys of those it listens to. */
export interface KeyRing {
  readonly own: SigningKey<Source>;
  /** Whose key this is; undefined for a key nobody gave us, that was revoked or is past its time. */
  find(kid: string): KnownKey | undefined;
  /** Takes what the inside announced and keeps it over restarts; answers whether it was newer than what we had. */
  take(bundle: KeyBundle): boolean;
}

/** How soon a directory is looked at again. */
const rereadMs = 1_000;
/** Directories keep the time of their last change no finer than this. */
const coarseMs = 20;

interface Known extends KnownKey {
  readonly until?: string | undefined;
}

interface Held {
  readonly keys: ReadonlyMap<string, Known>;
  readonly seq: number;
}

/**
 * Opens the ring of a directory: the own key (see `openOwnKey`), everybody's `<source>.public.pem`, and the newest
 * bundle the inside announced, which alone counts for the sources it names. Other programs may start later: an unknown
 * key is looked for again, at once where the directory has changed. Throws an Error with a sentence for files that are
 * not what they should be.
 */
export const openKeyRing = (
  directory: string,
  source: Source,
  now: () => number = Date.now,
): KeyRing => {
  const own = openOwnKey(directory, source, now);
  let held = readHeld(directory);
  let readAt = Date.now();
  let lookedAt = readAt;

  const read = (): void => {
    readAt = Date.now();
    try {
      held = readHeld(directory);
    } catch {
      // Half a file of somebody who copies by hand: what we knew still holds.
    }
  };
  const look = (): void => {
    lookedAt = Date.now();
    if (statSync(directory).mtimeMs >= readAt - coarseMs) read();
  };
  const lookFor = (kid: string): Known | undefined => {
    if (Date.now() - lookedAt >= rereadMs) look();
    const found = held.keys.get(kid);
    if (found !== undefined) return found;
    look();
    if (Date.now() - readAt >= rereadMs) read();
    return held.keys.get(kid);
  };
  return {
    get own() {
      return own();
    },
    find: (kid) => {
      const found = lookFor(kid);
      return found !== undefined && isBelieved(found, now()) ? found : undefined;
    },
    take: (bundle) => {
      if (bundle.seq <= held.seq || !isSound(bundle)) return false;
      writeBundle(directory, bundle);
      read();
      return true;
    },
  };
};

const readHeld = (directory: string): Held => {
  const bundle = readBundle(directory);
  const keys = new Map<string, Known>();
  for (const { source, kid, x, until } of bundle?.keys ?? []) {
    const publicKey = publicKeyOf(x);
    if (publicKey !== undefined) keys.set(kid, { source, publicKey, until });
  }
  for (const source of keySources) {
    const path = publicPath(directory, source);
    if (bundle?.sources.includes(source) === true || !existsSync(path)) continue;
    const publicKey = readPublicKey(path);
    keys.set(keyId(publicKey), { source, publicKey });
  }
  return { keys, seq: bundle?.seq ?? -1 };
};
