import { createHash, createHmac } from 'node:crypto';

export type Fields = ReadonlyMap<string, string>;

/** RFC 3986: everything but letters, digits and `-._~` is encoded. */
export function percentEncoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** What `sign` is made over: every field but itself, by name, the values encoded. */
export function stringToSign(fields: Fields): string {
  return [...fields]
    .filter(([name]) => name !== 'sign')
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}=${percentEncoded(value)}`)
    .join('&');
}

/** `sign`: HMAC-SHA256 in lower-case hex, keyed with the notification secret. */
export function signOf(fields: Fields, secret: string): string {
  return createHmac('sha256', secret).update(stringToSign(fields), 'utf8').digest('hex');
}

const covered = [
  'notification_type',
  'operation_id',
  'amount',
  'currency',
  'datetime',
  'sender',
  'codepro',
];

/** `sha1_hash`, no longer sent since May 2026; it covers neither the debited sum nor `unaccepted`. */
export function legacyHash(fields: Fields, secret: string): string {
  const values = [
    ...covered.map((name) => fields.get(name) ?? ''),
    secret,
    fields.get('label') ?? '',
  ];
  return createHash('sha1').update(values.join('&'), 'utf8').digest('hex');
}
