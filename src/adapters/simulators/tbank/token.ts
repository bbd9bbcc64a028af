import { createHash } from 'node:crypto';

/** The fields of a request or a notification, as JSON has them. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Signs a request or a notification: SHA-256 over the plain values of the outermost object and the terminal's password,
 * in the order of their names, one straight after the other. Nested objects and lists are not covered.
 */
export function tokenOf(fields: Fields, password: string): string {
  const covered = Object.entries({ ...fields, Password: password })
    .filter(([name, value]) => name !== 'Token' && isPlain(value))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const text = covered.map(([, value]) => String(value)).join('');
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

export const withToken = (fields: Fields, password: string): Fields => ({
  ...fields,
  Token: tokenOf(fields, password),
});

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
