import type { PaymentId } from '../../domain/ids.ts';
import type { Money } from '../../domain/money.ts';
import type { Claim, DeclineReason } from '../../domain/payment-claim.ts';
import type { Redirect } from '../../domain/payment.ts';
import type { Instant } from '../../domain/time.ts';

/** How every remote call ends. `unknown` is never guessed into anything else. */
export type Outcome<Value> =
  | { readonly tag: 'done'; readonly value: Value }
  | { readonly tag: 'declined'; readonly reason: DeclineReason }
  | { readonly tag: 'invalid'; readonly why: string }
  | { readonly tag: 'not-attempted'; readonly why: string; readonly retryAfterMs?: number }
  | { readonly tag: 'unknown'; readonly why: string };

export interface CreateCommand {
  readonly paymentId: PaymentId;
  readonly amount: Money;
  readonly description: string;
  /** Where the payer comes back to, whatever happened. */
  readonly returnUrl: string;
  readonly expiresAt: Instant;
}
export interface Created {
  readonly ref: string;
  readonly redirect: Redirect;
  readonly expiresAt?: Instant;
}

/** A request as it came over the wire, untouched. Header names are in lower case. */
export interface RawRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
}

/** What a notification says, once its signature was looked at. Pure: no network. */
export type Reading =
  | { readonly tag: 'refused'; readonly why: 'signature' | 'malformed' | 'too-old' | 'mode' }
  | { readonly tag: 'ignored'; readonly why: string }
  | {
      readonly tag: 'proof';
      /** Unique at this provider: the same event has the same key. */
      readonly eventKey: string;
      readonly paymentId: string;
      readonly claim: Claim;
    };

export type NotificationVerdict = 'accepted' | 'retry' | 'refused';
export interface RawResponse {
  readonly status: number;
  readonly body: string;
}

/**
 * One payment system. Promises every adapter keeps, proved by test/contracts/payment-provider.test.ts:
 * - `create` with the same payment twice makes one payment there;
 * - a timeout, a cut and a 5xx are `unknown`, never `declined`: nobody guesses about money;
 * - a notification with one byte changed proves nothing;
 * - no card number, key or provider text leaves the adapter.
 */
export interface PaymentProvider {
  readonly code: string;
  readonly mode: Claim['mode'];
  create(command: CreateCommand, deadlineMs: number): Promise<Outcome<Created>>;
  /** Asks how a payment stands; `absent`: the provider has never heard of it. */
  query(ref: string): Promise<Outcome<Claim | 'absent'>>;
  readNotification(raw: RawRequest, now: Instant): Reading;
  /** The provider's own wording of our answer. */
  answer(verdict: NotificationVerdict): RawResponse;
}
