import { createHash, timingSafeEqual } from 'node:crypto';

/** The values a notification is hashed over, as texts in the order of the protocol. */
export interface HashedValues {
  readonly purse: string;
  readonly amount: string;
  readonly hold: string | undefined;
  readonly number: string;
  readonly mode: string;
  readonly invoice: string;
  readonly transfer: string;
  readonly date: string;
  readonly payerPurse: string;
  readonly payerWmid: string;
}

function inOrder(values: HashedValues, secretKey: string): string[] {
  const { purse, amount, hold, number, mode, invoice, transfer, date } = values;
  const held = hold === undefined ? [] : [hold];
  return [
    ...[purse, amount, ...held, number, mode, invoice, transfer, date],
    ...[secretKey, values.payerPurse, values.payerWmid],
  ];
}

const digestOf = (method: 'sha256' | 'md5', text: string): string =>
  createHash(method).update(text, 'utf8').digest('hex');

/** `LMI_HASH`: the values one after another. Source: WebMoney Merchant, "Payment notification form". */
export const hashOf = (values: HashedValues, secretKey: string, method: 'sha256' | 'md5'): string =>
  digestOf(method, inOrder(values, secretKey).join(''));

/** `LMI_HASH2`: the values with `;` between, so that no digit can move from one to the next. */
export const hash2Of = (values: HashedValues, secretKey: string): string =>
  digestOf('sha256', inOrder(values, secretKey).join(';'));

/** `LMI_PAYMENTFORM_SIGN`: keeps a payer from editing purse, sum and number. */
export const formSign = (purse: string, amount: string, number: string, keyX20: string): string =>
  digestOf('sha256', `${purse};${amount};${number};${keyX20};`);

/** The proof of an X18 question. */
export const questionProof = (
  wmid: string,
  purse: string,
  number: string,
  secretKey: string,
): string => digestOf('sha256', `${wmid}${purse}${number}${secretKey}`);

/**
 * Whether one of our keys makes these hashes. `LMI_HASH2` decides where it is there; else `LMI_HASH`, whose method is
 * ours to say and never chosen by what arrived: MD5 only where the purse is set so.
 */
export function isProved(
  values: HashedValues,
  given: { readonly hash: string | undefined; readonly hash2: string | undefined },
  secretKeys: readonly string[],
  method: 'sha256' | 'md5',
): boolean {
  const { hash, hash2 } = given;
  let good = false;
  // Every key is tried, so that the time taken tells nothing.
  for (const key of secretKeys) {
    const expected = hash2 === undefined ? hashOf(values, key, method) : hash2Of(values, key);
    good = isSame(hash2 ?? hash ?? '', expected) || good;
  }
  return good;
}

function isSame(given: string, expected: string): boolean {
  if (!/^[0-9a-f]+$/i.test(given) || given.length !== expected.length) return false;
  return timingSafeEqual(Buffer.from(given, 'hex'), Buffer.from(expected, 'hex'));
}
