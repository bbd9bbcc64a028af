import { createHmac, timingSafeEqual } from 'node:crypto';
import { twoDecimals } from './qiwi-money.ts';

/** What a signature covers: nothing of dates, customers or the version. */
export interface SignedValues {
  readonly currency: string;
  /** As it was written in the JSON. */
  readonly value: string;
  readonly billId: string;
  readonly siteId: string;
  readonly status: string;
}

/** HMAC-SHA256 over the values in the order of the fields' names. */
export function signatureOf(values: SignedValues, key: string): Buffer {
  const { currency, value, billId, siteId, status } = values;
  const message = [currency, value, billId, siteId, status].join('|');
  return createHmac('sha256', key).update(message, 'utf8').digest();
}

/**
 * Whether one of our keys made this signature: over the sum with exactly two decimals, or as it stands in the
 * notification, which old editions did.
 */
export function isSignedBy(
  values: SignedValues,
  header: string | readonly string[] | undefined,
  keys: readonly string[],
): boolean {
  if (typeof header !== 'string' || !/^[0-9a-f]{64}$/i.test(header)) return false;
  const given = Buffer.from(header, 'hex');
  const spellings = [twoDecimals(values.value) ?? values.value, values.value];
  let good = false;
  // Every key and spelling is tried, so that the time taken tells nothing.
  for (const key of keys) {
    for (const value of spellings) {
      const expected = signatureOf({ ...values, value }, key);
      good = (key !== '' && timingSafeEqual(given, expected)) || good;
    }
  }
  return good;
}
