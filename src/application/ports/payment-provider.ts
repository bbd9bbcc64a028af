import type { DisputeClaim } from '../../domain/dispute.ts';
import type { PaymentId, RefundId } from '../../domain/ids.ts';
import type { Money } from '../../domain/money.ts';
import type { Claim, DeclineReason } from '../../domain/payment-claim.ts';
import type { Redirect } from '../../domain/payment.ts';
import type { RefundClaim } from '../../domain/refund-settlement.ts';
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
  /** Our whole number of it; there for providers that `namesByNumber`. */
  readonly number?: number | undefined;
  /** What the payer is to pay, in a currency of the provider's. */
  readonly amount: Money;
  /** The provider's own name of the method, where it has several. */
  readonly method?: string | undefined;
  readonly description: string;
  /** Where the payer comes back to, whatever happened. */
  readonly returnUrl: string;
  readonly expiresAt: Instant;
  /** Hold the money instead of taking it. Only for providers that can `capture`. */
  readonly holds?: boolean;
  /** Let the provider remember the method; the payer has agreed. */
  readonly saves?: boolean;
}
export interface Created {
  /** The provider's name of the payment; absent where the payer's form makes it there. */
  readonly ref?: string;
  readonly redirect: Redirect;
  readonly expiresAt?: Instant;
}

/** A payment that is charged to a remembered method, without its payer. */
export interface ChargeCommand {
  readonly paymentId: PaymentId;
  readonly amount: Money;
  readonly description: string;
  readonly token: string;
}

/** How one payment is named towards its provider: our names always, theirs once it is known. */
export interface PaymentKey {
  readonly paymentId: PaymentId;
  /** When we made it; for providers that have to search for what they never named to us. */
  readonly createdAt?: Instant;
  readonly number?: number | undefined;
  readonly ref: string | undefined;
}

/** A claim, and whose payment it is, as far as the provider tells. */
export interface Snapshot {
  readonly of: PaymentName | undefined;
  readonly claim: Claim;
  /** The refund or the dispute that was looked at, where it was one. */
  readonly refund?: RefundClaim;
  readonly dispute?: DisputeClaim;
}
/** The name by which a notification tells whose payment it is about. */
export type PaymentName =
  | { readonly by: 'id'; readonly id: string }
  | { readonly by: 'number'; readonly number: number }
  | { readonly by: 'ref'; readonly ref: string };

/** A request as it came over the wire, untouched. Header names are in lower case. */
export interface RawRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
  /** Who sent it: the peer, or what our own proxies say of it. */
  readonly address?: string;
}

/** `unsigned`: where a signature is due, there is none. */
export type ReadingRefusal =
  'signature' | 'unsigned' | 'malformed' | 'too-old' | 'mode' | 'source' | 'payee';

/** What a notification says, once its signature was looked at. Pure: no network. */
export type Reading =
  | { readonly tag: 'refused'; readonly why: ReadingRefusal }
  | { readonly tag: 'ignored'; readonly why: string }
  /** Nothing is proved: only a reason to go and ask. */
  | {
      readonly tag: 'hint';
      readonly eventKey: string;
      readonly ref: string;
      /** The hint is about this refund of the payment. */
      readonly refundRef?: string;
      /** Proved by the signature; only whose payment it is about has to be asked. */
      readonly dispute?: DisputeClaim;
    }
  /** Asked before the payer's money moves: may this payment still be paid? Changes nothing. */
  | {
      readonly tag: 'question';
      readonly of: PaymentName | undefined;
      readonly amount: Money | undefined;
    }
  | {
      readonly tag: 'proof';
      /** Unique at this provider: the same event has the same key. */
      readonly eventKey: string;
      readonly of: PaymentName;
      readonly claim: Claim;
      /** What it says of one refund, with our own id of it where the provider tells it. */
      readonly refund?: RefundClaim & { readonly refundId?: string };
      readonly dispute?: DisputeClaim;
    };

/** `forbid`: a question is answered with no. */
export type NotificationVerdict = 'accepted' | 'retry' | 'refused' | 'forbid';
export interface RawResponse {
  readonly status: number;
  readonly body: string;
  /** Plain text unless said. */
  readonly type?: string;
}

export interface RefundCommand {
  readonly refundId: RefundId;
  readonly payment: PaymentKey;
  /** What was charged: some providers must know whether the rest is meant. */
  readonly captured: Money;
  /** What other refunds have paid back already: all that tells two equal refunds apart where a provider keeps no key. */
  readonly paidBack: Money;
  readonly amount: Money;
  readonly reason: string;
}
export interface RefundKey {
  readonly refundId: RefundId;
  readonly ref: string | undefined;
  readonly payment: PaymentKey;
  readonly paidBack: Money;
  readonly amount: Money;
}

export interface ListWindow {
  readonly from: Instant;
  /** Exclusive. */
  readonly to: Instant;
  readonly cursor?: string;
}
export interface ListPage {
  readonly items: readonly Snapshot[];
  readonly next?: string;
}

/**
 * One payment system. Promises every adapter keeps, proved by test/contracts/payment-provider:
 * - `create` with the same payment twice makes one payment there, as do all calls with the same key;
 * - a timeout, a cut and a 5xx are `unknown`, never `declined`: nobody guesses about money;
 * - a notification with one byte changed proves nothing;
 * - no card number, key or provider text leaves the adapter.
 * Having an optional member is the capability; no adapter answers "not supported".
 */
export interface PaymentProvider {
  readonly code: string;
  readonly mode: Claim['mode'];
  /** Whether the provider takes only whole numbers as our name of a payment. */
  readonly namesByNumber?: boolean;
  create(command: CreateCommand, deadlineMs: number): Promise<Outcome<Created>>;
  readNotification(raw: RawRequest, now: Instant): Reading;
  /** The provider's own wording of our answer. */
  answer(verdict: NotificationVerdict): RawResponse;

  /** Asks how a payment stands; `absent`: the provider has never heard of it. */
  query?(key: PaymentKey): Promise<Outcome<Claim | 'absent'>>;
  /** Asks by the provider's own name alone: what a hint points at. */
  look?(ref: string): Promise<Outcome<Snapshot | 'absent'>>;
  /** Payments paid within the window, page by page. */
  list?(window: ListWindow): Promise<Outcome<ListPage>>;
  /** Takes held money, or a part of it; the rest is released. The payment's id is the key. */
  capture?(key: PaymentKey, amount: Money): Promise<Outcome<Claim>>;
  /** Closes an open payment or releases held money; the answer says how it stands after it. */
  cancel?(key: PaymentKey): Promise<Outcome<Claim>>;
  /** Whether it can also cancel what nobody has paid yet. Without it only held money is released. */
  readonly cancelsOpen?: boolean;
  /** Pays back. The refund's id is the key. */
  refund?(command: RefundCommand): Promise<Outcome<RefundClaim>>;
  /** Asks how a refund stands. */
  queryRefund?(key: RefundKey): Promise<Outcome<RefundClaim | 'absent'>>;
  /** Charges a remembered method. The payment's id is the key. */
  charge?(command: ChargeCommand, deadlineMs: number): Promise<Outcome<Claim>>;
}
