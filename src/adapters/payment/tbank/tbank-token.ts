import { createHash, timingSafeEqual } from 'node:crypto';

/** The fields of a request, an answer or a notification, as JSON has them. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Signs a request or a notification: SHA-256 over the plain values of the outermost object and the terminal's password,
 * in the ASCII order of their names, one straight after the other. What is nested is not covered.
 */
export function tokenOf(fields: Fields, password: string): string {
  return digestOf(fields, password).toString('hex');
}

/** Whether one of our passwords (several while one is being replaced) signed these very fields. */
export function isTokenGood(fields: Fields, passwords: readonly string[]): boolean {
  const { Token: token } = fields;
  if (typeof token !== 'string' || !/^[0-9a-f]{64}$/i.test(token)) return false;
  const given = Buffer.from(token, 'hex');
  // Every password is tried, so that the time taken tells nothing.
  let good = false;
  for (const password of passwords) {
    good = timingSafeEqual(given, digestOf(fields, password)) || good;
  }
  return good;
}

function digestOf(fields: Fields, password: string): Buffer {
  const covered = Object.entries(fields)
    .filter(([name, value]) => name !== 'Token' && name !== 'Password' && isPlain(value))
    .concat([['Password', password]])
    .sort(([one], [other]) => (one < other ? -1 : Number(one > other)));
  const text = covered.map(([, value]) => String(value)).join('');
  return createHash('sha256').update(text, 'utf8').digest();
}

const isPlain = (value: unknown): boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
