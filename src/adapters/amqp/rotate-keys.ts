import { createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import { day, minute } from '../../domain/time.ts';
import { bytesOf, readBundle, writeBundle } from './key-bundle.ts';
import {
  makePrivateKey,
  nextPath,
  privatePath,
  publicPath,
  readPrivateKey,
  readPublicKey,
} from './key-files.ts';
import type { BundleKey, KeyBundle } from './schemas/keys-announced.ts';
import { keyId } from './signing.ts';
import { type KeySource, keySources } from './sources.ts';

/** How long everybody has to learn a new key before it is signed with. */
export const settleMs = 5 * minute;
/** How long the old key is believed beside the new one. */
export const overlapMs = day;

/** The keys as they would be announced now: the bundle, or what the public keys of the directory say. */
export const bundleOf = (directory: string, now: number): KeyBundle =>
  readBundle(directory) ?? firstBundle(directory, now);

/**
 * Announces a new key of a source: the one in a PEM file from the host where it was made, else one made here. It is
 * signed with in five minutes; the old ones are believed a day longer. Throws an Error with a sentence where the last
 * rotation is still under way.
 */
export const rotateKey = (
  directory: string,
  source: KeySource,
  now: number,
  publicFile?: string,
): BundleKey => {
  const bundle = bundleOf(directory, now);
  const mine = bundle.keys.filter((key) => key.source === source);
  if (mine.some(({ from }) => Date.parse(from) > now)) {
    throw new Error(`the next key of ${source} is announced already; wait until it is in use`);
  }
  const publicKey =
    publicFile === undefined ? newKey(directory, source) : readPublicKey(publicFile);
  const from = now + (mine.length === 0 ? 0 : settleMs);
  const until = new Date(from + overlapMs).toISOString();
  const fresh = bundleKey(source, publicKey, from);
  if (mine.some(({ kid }) => kid === fresh.kid)) throw new Error(`${fresh.kid} is known already`);
  const old = bundle.keys.map((key) => (key.source === source ? { until, ...key } : key));
  writeBundle(directory, {
    seq: bundle.seq + 1,
    sources: [...new Set([...bundle.sources, source])],
    keys: [...old.filter((key) => Date.parse(key.until ?? until) > now), fresh],
  });
  return fresh;
};

/** Announces that a key is believed no more, at once. Throws an Error with a sentence where that cannot be. */
export const revokeKey = (directory: string, kid: string, now: number): BundleKey => {
  const bundle = bundleOf(directory, now);
  const gone = bundle.keys.find((key) => key.kid === kid);
  if (gone === undefined) throw new Error(`no key is called ${kid}; list shows which there are`);
  const keys = bundle.keys.filter((key) => key !== gone);
  if (gone.source === 'accounting' && !keys.some(({ source }) => source === 'accounting')) {
    throw new Error('nobody could announce anything without a key of accounting: rotate it first');
  }
  writeBundle(directory, { ...bundle, seq: bundle.seq + 1, keys });
  return gone;
};

const firstBundle = (directory: string, now: number): KeyBundle => {
  const sources = keySources.filter((source) => existsSync(publicPath(directory, source)));
  const keys = sources.map((source) =>
    bundleKey(source, readPublicKey(publicPath(directory, source)), now),
  );
  return { seq: 0, sources, keys };
};

const bundleKey = (source: KeySource, publicKey: KeyObject, from: number): BundleKey => ({
  source,
  kid: keyId(publicKey),
  x: bytesOf(publicKey),
  from: new Date(from).toISOString(),
});

const newKey = (directory: string, source: KeySource): KeyObject => {
  if (!existsSync(privatePath(directory, source))) {
    throw new Error(
      `the private key of ${source} is not here: make the new one on its host and give --public`,
    );
  }
  const path = nextPath(directory, source);
  makePrivateKey(path);
  return createPublicKey(readPrivateKey(path));
};
