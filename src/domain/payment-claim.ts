import type { Instrument } from './instrument.ts';
import type { Money } from './money.ts';
import type { Instant } from './time.ts';

/** What a provider may say of a payment, in our words. */
export type ClaimedState = 'open' | 'held' | 'paid' | 'failed' | 'canceled' | 'expired';

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
  /** What the payer paid, or what is held. */
  readonly amount: Money | undefined;
  readonly mode: 'live' | 'test';
  readonly reason: DeclineReason | undefined;
  readonly paidAt: Instant | undefined;
  /** What reaches us after the provider's own fee, where it says so. */
  readonly credited?: Money | undefined;
  /** All that has been paid back so far: a total, never a step. */
  readonly refundedTotal?: Money | undefined;
  /** What the payer paid with. */
  readonly instrument?: Instrument | undefined;
  /** A payment method the provider remembers for this payer. */
  readonly saved?: SavedToken | undefined;
}

/** What a provider remembers for the next time: its token, and words to tell it by. */
export interface SavedToken {
  readonly token: string;
  readonly title: string;
}
