import { createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { readBundle } from './key-bundle.ts';
import {
  makePrivateKey,
  nextPath,
  privatePath,
  publicPath,
  readPrivateKey,
  writePublicKey,
} from './key-files.ts';
import { keyId } from './signing.ts';
import type { KeySource } from './sources.ts';

export interface SigningKey<Of extends KeySource = KeySource> {
  readonly source: Of;
  readonly kid: string;
  readonly privateKey: KeyObject;
}

/** How soon it is looked for a key that a rotation made. */
const lookEveryMs = 1_000;

/**
 * A program's key to sign with, from `<directory>/<source>.private.pem` (mode 0600, made at the first start together
 * with `<source>.public.pem`). Asked again it may be another one: what a rotation made takes over at its time. Throws an
 * Error with a sentence for a key others can read or that is none.
 */
export const openOwnKey = <Of extends KeySource>(
  directory: string,
  source: Of,
  now: () => number = Date.now,
): (() => SigningKey<Of>) => {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  let key = load(directory, source, now());
  let lookedAt = now();
  let changedAt = changeOf(directory);
  return () => {
    if (now() - lookedAt < lookEveryMs) return key;
    lookedAt = now();
    if (!existsSync(nextPath(directory, source)) && changeOf(directory) === changedAt) return key;
    key = load(directory, source, now());
    changedAt = changeOf(directory);
    return key;
  };
};

const changeOf = (directory: string): number => statSync(directory).mtimeMs;

const load = <Of extends KeySource>(directory: string, source: Of, now: number): SigningKey<Of> => {
  const path = privatePath(directory, source);
  if (!existsSync(path)) makePrivateKey(path);
  promote(directory, source, now);
  const privateKey = readPrivateKey(path);
  const publicKey = createPublicKey(privateKey);
  writePublicKey(publicPath(directory, source), publicKey);
  return { source, kid: keyId(publicKey), privateKey };
};

/** Puts the next key in the place of the old one: at its time, or at once where the old one was revoked. */
const promote = (directory: string, source: KeySource, now: number): void => {
  const next = nextPath(directory, source);
  if (!existsSync(next)) return;
  const mine = (readBundle(directory)?.keys ?? []).filter((key) => key.source === source);
  const nextKid = keyId(createPublicKey(readPrivateKey(next)));
  const oldKid = keyId(createPublicKey(readPrivateKey(privatePath(directory, source))));
  const announced = mine.find(({ kid }) => kid === nextKid);
  if (announced === undefined) return;
  const isRevoked = !mine.some(({ kid }) => kid === oldKid);
  if (isRevoked || Date.parse(announced.from) <= now) {
    renameSync(next, privatePath(directory, source));
  }
};
