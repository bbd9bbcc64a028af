import type { Cancellation } from './payment.ts';

const byNetwork = (reason: string): Cancellation => ({ party: 'payment_network', reason });
const byYooMoney = (reason: string): Cancellation => ({ party: 'yoo_money', reason });

/** Every way the payer's bank or the wallet says no. Each ends the payment for good. */
export const declines = {
  decline: byNetwork('general_decline'),
  'insufficient-funds': byNetwork('insufficient_funds'),
  '3ds-failed': byNetwork('3d_secure_failed'),
  'call-issuer': byNetwork('call_issuer'),
  'card-expired': byNetwork('card_expired'),
  'wrong-number': byNetwork('invalid_card_number'),
  'wrong-csc': byNetwork('invalid_csc'),
  'issuer-unavailable': byNetwork('issuer_unavailable'),
  'fraud-suspected': byNetwork('fraud_suspected'),
  'limit-exceeded': byNetwork('payment_method_limit_exceeded'),
  'method-restricted': byNetwork('payment_method_restricted'),
  'country-forbidden': byYooMoney('country_forbidden'),
  'identification-required': byYooMoney('identification_required'),
} as const satisfies Record<string, Cancellation>;
export type DeclineWord = keyof typeof declines;

export const declineWords = Object.keys(declines) as readonly DeclineWord[];

/** What can only happen to a card. */
export const ofCardsOnly: readonly DeclineWord[] = [
  ...(['3ds-failed', 'call-issuer', 'card-expired', 'wrong-number', 'wrong-csc'] as const),
  'issuer-unavailable',
];
