import { createHash } from 'node:crypto';
import type { HashMethod } from './shop-purse.ts';

/** What the hashes of a notification cover, each in the very characters it is sent in. */
export interface HashedValues {
  readonly payeePurse: string;
  readonly amount: string;
  readonly hold: string | undefined;
  readonly number: string;
  readonly mode: string;
  readonly invoiceNo: string;
  readonly transferNo: string;
  readonly transferDate: string;
  readonly payerPurse: string;
  readonly payerWmid: string;
}

/** Makes `LMI_HASH`: over the values one straight after the other. */
export function hashOf(values: HashedValues, secretKey: string, method: HashMethod): string {
  return hex(method, inOrder(values, secretKey).join('')).toUpperCase();
}

/** Makes `LMI_HASH2`: always SHA-256, over the values with a mark between them. */
export function hash2Of(values: HashedValues, secretKey: string): string {
  return hex('SHA256', inOrder(values, secretKey).join(';')).toUpperCase();
}

/** Signs the shop's form, so that its payer cannot change it. */
export function formSign(
  form: Pick<HashedValues, 'payeePurse' | 'amount' | 'hold' | 'number'>,
  secretKeyX20: string,
): string {
  const { payeePurse, amount, hold, number } = form;
  const values = [payeePurse, amount, hold, number, secretKeyX20, ''];
  return hex('SHA256', values.filter((value) => value !== undefined).join(';'));
}

/** Proves that a question about a payment comes from the owner of the purse. */
export function questionProof(
  { wmid, purse, secretKey }: { wmid: string; purse: string; secretKey: string },
  paymentNo: string,
  method: HashMethod,
): string {
  return hex(method, wmid + purse + paymentNo + secretKey);
}

function inOrder(values: HashedValues, secretKey: string): string[] {
  const { payeePurse, amount, hold, number, mode } = values;
  const { invoiceNo, transferNo, transferDate, payerPurse, payerWmid } = values;
  return [
    ...[payeePurse, amount, ...(hold === undefined ? [] : [hold]), number, mode],
    ...[invoiceNo, transferNo, transferDate, secretKey, payerPurse, payerWmid],
  ];
}

function hex(method: HashMethod, text: string): string {
  return createHash(method.toLowerCase()).update(text, 'utf8').digest('hex');
}
