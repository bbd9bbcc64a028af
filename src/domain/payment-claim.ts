import type { Money } from './money.ts';
import type { Instant } from './time.ts';

/** What a provider may say of a payment, in our words. */
export type ClaimedState = 'open' | 'paid' | 'failed' | 'canceled' | 'expired';

export const declineReasons = [
  'insufficient_funds',
  'card_expired',
  'three_ds_failed',
  'limit_exceeded',
  'fraud_suspected',
  'method_restricted',
  'issuer_unavailable',
  'country_forbidden',
  'payer_cancelled',
  'timed_out',
  'declined',
] as const;
/** Why money was not taken. Whatever a provider says beyond this list is `declined`. */
export type DeclineReason = (typeof declineReasons)[number];

/** A provider's statement about one payment, proved by its signature or by our own question. */
export interface Claim {
  readonly state: ClaimedState;
  readonly ref: string | undefined;
  readonly amount: Money | undefined;
  readonly mode: 'live' | 'test';
  readonly reason: DeclineReason | undefined;
  readonly paidAt: Instant | undefined;
}
