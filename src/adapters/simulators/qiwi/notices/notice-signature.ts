import { createHmac } from 'node:crypto';

/** What a signature covers: nothing of dates, customers or comments. */
export interface SignedValues {
  readonly currency: string;
  /** With two decimals, unless somebody signs it as it is sent. */
  readonly value: string;
  readonly billId: string;
  readonly siteId: string;
  readonly status: string;
}

/** Signs a notification: HMAC-SHA256 in lower-case hex, in the order of the fields' names. */
export function noticeSignature(values: SignedValues, secretKey: string): string {
  const { currency, value, billId, siteId, status } = values;
  const message = [currency, value, billId, siteId, status].join('|');
  return createHmac('sha256', secretKey).update(message, 'utf8').digest('hex');
}
