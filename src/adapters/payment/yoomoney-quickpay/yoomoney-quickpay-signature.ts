import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** The fields of a notification by name. A map, since a field may be called anything. */
export type Fields = ReadonlyMap<string, string>;

/**
 * Reads the bytes of a form; undefined for what is none, has a name twice, or bytes that are no UTF-8. A name with `=`
 * or `&` in it is refused too: names are signed as they stand, and such a one could swallow the field beside it.
 */
export function readForm(body: Uint8Array): Fields | undefined {
  const fields = new Map<string, string>();
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    for (const pair of text.split('&')) {
      const at = pair.indexOf('=');
      const name = decoded(at < 0 ? pair : pair.slice(0, at));
      if (name === '' || /[=&]/.test(name) || fields.has(name)) return undefined;
      fields.set(name, at < 0 ? '' : decoded(pair.slice(at + 1)));
    }
  } catch {
    return undefined;
  }
  return fields;
}

const decoded = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));

/** What `sign` is made over: every field but itself, by name, the values encoded. */
export function stringToSign(fields: Fields): string {
  return [...fields]
    .filter(([name]) => name !== 'sign')
    .toSorted(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
    .map(([name, value]) => `${name}=${percentEncoded(value)}`)
    .join('&');
}

/** RFC 3986: the platform leaves five more characters as they are. */
const percentEncoded = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const hmacOf = (fields: Fields, secret: string): Buffer =>
  createHmac('sha256', secret).update(stringToSign(fields), 'utf8').digest();

/** What `sha1_hash` covers before the secret; the label comes after it. */
const hashed = [
  ...['notification_type', 'operation_id', 'amount', 'currency', 'datetime', 'sender', 'codepro'],
];

const sha1Of = (fields: Fields, secret: string): Buffer => {
  const before = hashed.map((name) => fields.get(name) ?? '');
  const text = [...before, secret, fields.get('label') ?? ''].join('&');
  return createHash('sha1').update(text, 'utf8').digest();
};

/**
 * By what a notification is proved. Where `sign` is there, however bad, it alone decides; the old `sha1_hash` counts
 * only without it, and only where the settings say so.
 */
export function provedBy(
  fields: Fields,
  secrets: readonly string[],
  acceptsSha1: boolean,
): 'sign' | 'sha1' | undefined {
  const sign = fields.get('sign');
  if (sign !== undefined) {
    return isMadeBy(sign, secrets, (secret) => hmacOf(fields, secret)) ? 'sign' : undefined;
  }
  const hash = fields.get('sha1_hash');
  if (!acceptsSha1 || hash === undefined) return undefined;
  return isMadeBy(hash, secrets, (secret) => sha1Of(fields, secret)) ? 'sha1' : undefined;
}

function isMadeBy(
  given: string,
  secrets: readonly string[],
  make: (secret: string) => Buffer,
): boolean {
  let good = false;
  // Every secret is tried, so that the time taken tells nothing.
  for (const secret of secrets) {
    const expected = make(secret);
    const isHex = /^[0-9a-f]+$/i.test(given) && given.length === expected.length * 2;
    if (isHex && secret !== '') {
      good = timingSafeEqual(Buffer.from(given, 'hex'), expected) || good;
    }
  }
  return good;
}
