import { randomInt } from 'node:crypto';
import { decimalText } from '../decimal-amount.ts';
import { hash2Of, hashOf } from '../hashes.ts';
import type { HashedValues } from '../hashes.ts';
import type { ShopPurse } from '../shop-purse.ts';
import { hashed } from './notification.ts';
import type { Claim } from './notification.ts';

/** The ways a notification can be made bad. */
export const forgeries = [
  'signature',
  'secret',
  'unsigned',
  'amount',
  'payee',
  'currency',
  'mode',
  'weak',
  'signer',
  'shift',
  'doubled',
  'other-shape',
] as const;
export type Forgery = (typeof forgeries)[number];

/** How long the hash of a purse set to `SIGN` is, in digits. */
const SIGNER_LENGTH = 132;

/** Makes the true claim into one no shop may believe. */
export function forgedClaim(claim: Claim, forgery: Forgery, purse: ShopPurse): Claim {
  const { values } = claim;
  switch (forgery) {
    case 'signature':
      return { ...claim, hash: flipped(claim.hash), hash2: flipped(claim.hash2) };
    case 'secret':
      return hashed(values, { ...purse, secretKey: `${purse.secretKey}-of-somebody-else` });
    case 'unsigned':
      return { ...claim, hash: undefined, hash2: undefined };
    // Which sum is claimed was decided by whoever ordered it.
    case 'amount':
      return claim;
    case 'payee':
      return hashed({ ...values, payeePurse: otherPurse(values.payeePurse) }, purse);
    case 'currency':
      return hashed({ ...values, payeePurse: inOtherCurrency(values.payeePurse) }, purse);
    case 'mode':
      return hashed({ ...values, mode: values.mode === '0' ? '1' : '0' }, purse);
    case 'weak':
      return { ...claim, hash: hashOf(values, purse.secretKey, 'MD5'), hash2: undefined };
    case 'signer':
      return { ...claim, hash: digits(SIGNER_LENGTH), hash2: undefined };
    case 'shift':
      return shifted(values, purse);
    case 'doubled':
      return { ...claim, more: [['LMI_PAYMENT_AMOUNT', decimalText(1)]] };
    case 'other-shape':
      return hashed({ ...values, mode: '7' }, purse);
  }
}

/**
 * Moves a digit between the numbers of invoice and transfer. `LMI_HASH` is that of the true notification and still good,
 * so a payment seems paid by a second transfer; only `LMI_HASH2`, kept as it was, gives it away.
 */
function shifted(values: HashedValues, purse: ShopPurse): Claim {
  const { invoiceNo, transferNo } = values;
  const moved = {
    ...values,
    invoiceNo: invoiceNo + transferNo.slice(0, 1),
    transferNo: transferNo.slice(1),
  };
  const hash2 = hash2Of(values, purse.secretKey);
  return { values: moved, hash: hashOf(moved, purse.secretKey, purse.hashMethod), hash2, more: [] };
}

function otherPurse(purse: string): string {
  return `${purse.slice(0, -1)}${purse.endsWith('0') ? '1' : '0'}`;
}

function inOtherCurrency(purse: string): string {
  return (purse.startsWith('E') ? 'Z' : 'E') + purse.slice(1);
}

function flipped(hex = ''): string {
  return (hex.startsWith('0') ? '1' : '0') + hex.slice(1);
}

function digits(length: number): string {
  return Array.from({ length }, () => randomInt(16).toString(16).toUpperCase()).join('');
}
