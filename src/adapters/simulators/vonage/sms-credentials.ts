import { createHash, timingSafeEqual } from 'node:crypto';
import type { Fields, SmsRefusal } from './sms-request.ts';

export interface VonageSettings {
  readonly apiKey: string;
  readonly apiSecret: string;
}

/**
 * Says who is calling. A wrong Basic header is answered by HTTP (401), wrong fields by a status in
 * the body. Signed requests are refused: the account has no signature secret.
 */
export function checkCredentials(
  authorization: string,
  fields: Fields,
  { apiKey, apiSecret }: VonageSettings,
): 'welcome' | 'unauthorized' | SmsRefusal {
  if (fields.has('sig')) {
    const isMixed = fields.has('api_secret');
    return isMixed
      ? { status: '32', errorText: 'Signature and API secret disallowed' }
      : { status: '14', errorText: 'Invalid Signature' };
  }
  if (/^basic /i.test(authorization)) {
    const given = Buffer.from(authorization.slice('basic '.length), 'base64').toString('utf8');
    return isSame(given, `${apiKey}:${apiSecret}`) ? 'welcome' : 'unauthorized';
  }
  const given = `${fields.get('api_key') ?? ''}:${fields.get('api_secret') ?? ''}`;
  if (isSame(given, `${apiKey}:${apiSecret}`)) return 'welcome';
  return { status: '4', errorText: 'Bad Credentials' };
}

function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
