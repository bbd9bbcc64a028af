import type { WalletForm } from './wallet-form.ts';

/** A transfer as the wallet sees it. Sums in kopecks. */
export interface Transfer extends Omit<WalletForm, 'paymentType'> {
  readonly id: string;
  /** What the form proposes, then what the payer has chosen. */
  paymentType: WalletForm['paymentType'];
  readonly createdAt: number;
  status: 'open' | 'unaccepted' | 'paid';
  /** What was debited, once it was. */
  debited: number;
  operationId: string | undefined;
  paidAt: number | undefined;
}

/** What reaches the receiver: the wallet keeps 1 % of what is left from a wallet, 3 % of a card's. */
export function creditedOf(debited: number, paymentType: WalletForm['paymentType']): number {
  const exact = paymentType === 'PC' ? (debited * 100) / 101 : (debited * 97) / 100;
  return Math.round(exact);
}

/** 18 digits, as operations of the wallet have. */
export function operationNumber(nowMs: number, serial: number): string {
  return `${String(nowMs)}${String(serial).padStart(5, '0')}`;
}

/** `98.00`: kopecks as the wallet writes them. */
export function roubles(minor: number): string {
  const text = String(minor).padStart(3, '0');
  return `${text.slice(0, -2)}.${text.slice(-2)}`;
}
