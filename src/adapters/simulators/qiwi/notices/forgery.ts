import type { BillFields } from '../bill.ts';
import type { SignedValues } from './notice-signature.ts';
import { noticeSignature } from './notice-signature.ts';

/** The ways a notification can be made bad. */
export const forgeries = [
  'signature',
  'secret',
  'unsigned',
  'amount',
  'currency',
  'payee',
  'other-shape',
] as const;
export type Forgery = (typeof forgeries)[number];

export interface SignedBill {
  readonly bill: BillFields;
  readonly signature: string | undefined;
}

/** Makes a notification no shop may believe. */
export function forged(bill: BillFields, secretKey: string, forgery: Forgery): SignedBill {
  const signed = (other: BillFields): SignedBill => ({
    bill: other,
    signature: noticeSignature(signedValues(other), secretKey),
  });
  switch (forgery) {
    case 'signature':
      return { bill, signature: flipped(noticeSignature(signedValues(bill), secretKey)) };
    case 'secret': {
      const other = `${secretKey}-of-somebody-else`;
      return { bill, signature: noticeSignature(signedValues(bill), other) };
    }
    case 'unsigned':
      return { bill, signature: undefined };
    // Which sum is claimed was decided by whoever ordered it.
    case 'amount':
      return signed(bill);
    case 'currency': {
      const currency = bill.amount.currency === 'RUB' ? 'KZT' : 'RUB';
      return signed({ ...bill, amount: { ...bill.amount, currency } });
    }
    case 'payee':
      return signed({ ...bill, siteId: `${bill.siteId}-of-somebody-else` });
    case 'other-shape':
      return signed({ ...bill, status: { ...bill.status, value: 'UNHEARD_OF' } });
  }
}

/** What is signed of a bill whose sum is text. */
export function signedValues({ amount, billId, siteId, status }: BillFields): SignedValues {
  const { currency, value } = amount;
  return { currency, value: String(value), billId, siteId, status: status.value };
}

function flipped(hex: string): string {
  return (hex.startsWith('0') ? '1' : '0') + hex.slice(1);
}
