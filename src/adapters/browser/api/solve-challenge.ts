import {
  type Challenge,
  type DeriveKeyFunction,
  solveChallenge as searchSolution,
} from 'altcha-lib';

/** Derives keys in the browser's own threads: the page stays alive meanwhile. */
const deriveKey: DeriveKeyFunction = async ({ cost, keyLength }, salt, password) => {
  const key = await crypto.subtle.importKey('raw', copied(password), 'PBKDF2', false, [
    'deriveBits',
  ]);
  const settings = { name: 'PBKDF2', hash: 'SHA-256', salt: copied(salt), iterations: cost };
  const bits = await crypto.subtle.deriveBits(settings, key, keyLength * 8);
  return { derivedKey: new Uint8Array(bits) };
};

/** Answers the portal's challenge; undefined where a minute and a half was not enough. */
export async function solveChallenge(text: string): Promise<string | undefined> {
  const challenge = JSON.parse(decoded(text)) as Challenge;
  const found = await searchSolution({ challenge, deriveKey });
  if (found === null) return undefined;
  const solution = { counter: found.counter, derivedKey: found.derivedKey };
  return encoded(JSON.stringify({ challenge, solution }));
}

/** The library reuses its buffer, and what is being derived from must not change meanwhile. */
const copied = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

/** Both texts are ASCII. */
const decoded = (text: string): string => atob(text.replaceAll('-', '+').replaceAll('_', '/'));
const encoded = (text: string): string =>
  btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
