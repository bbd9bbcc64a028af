import type { Dispute } from '../../domain/dispute.ts';
import type { CustomerId, PaymentId } from '../../domain/ids.ts';
import type { Settlement } from '../../domain/payment-settlement.ts';
import type {
  CreatedPayment,
  InitiatingPayment,
  Payment,
  SucceededPayment,
} from '../../domain/payment.ts';
import type { PaymentReceipt, Receipt, RefundReceipt } from '../../domain/receipt.ts';
import type { Refund } from '../../domain/refund.ts';
import type { Instant } from '../../domain/time.ts';
import type { OutgoingMessage } from './outbox.ts';
import type { PaymentName } from './payment-provider.ts';

/** A proved event of a provider, kept so that it counts once. */
export interface InboxEvent {
  readonly provider: string;
  readonly eventKey: string;
  readonly bodyHash: string;
  readonly receivedAt: Instant;
}

/** What goes into the same commit as a success, or as a refund that was paid back. */
export interface IssuedPapers<Issued extends Receipt> {
  readonly receipt: Issued;
  readonly message: OutgoingMessage;
}
/** Where the receipt stands in its contract's row of the year. */
export interface ReceiptPlace {
  readonly contract: string;
  readonly serial: number;
}

/** What hangs on a paid payment; empty for one that is not paid. */
export interface Children {
  readonly refunds: readonly Refund[];
  readonly disputes: readonly Dispute[];
}
/** What is decided under a payment's lock: about itself, or about its children. */
export type Decision =
  | Settlement
  | {
      readonly kind: 'children';
      /** New ones, and known ones in their next state. */
      readonly refunds: readonly Refund[];
      readonly dispute?: Dispute;
    };

/** Writes what follows from a decision, in the same commit. */
export interface Papers {
  success(paid: SucceededPayment, place: ReceiptPlace): IssuedPapers<PaymentReceipt>;
  /** Paid back, once for ever. */
  refund(
    refund: Refund,
    payment: SucceededPayment,
    place: ReceiptPlace,
  ): IssuedPapers<RefundReceipt>;
  /** A refund that was paid back came back. */
  reversal(refund: Refund, payment: SucceededPayment): OutgoingMessage;
}

export type Applied =
  | { readonly result: 'moved' | 'same'; readonly payment: Payment }
  | { readonly result: 'conflict'; readonly why: string }
  | { readonly result: 'duplicate' }
  | { readonly result: 'payment-unknown' };

/**
 * Keeps payments. Promises, proved by test/contracts/payment-store.test.ts:
 * - one idempotency key of a customer makes one payment;
 * - state, inbox, credit, receipt and outgoing command change in one commit or not at all;
 * - a payment is credited at most once, whoever reports it and however often.
 */
export interface PaymentStore {
  add(
    payment: CreatedPayment,
    request: { readonly key: string; readonly hash: string },
  ): Promise<
    'added' | 'number-taken' | { readonly existing: Payment; readonly sameRequest: boolean }
  >;
  find(id: PaymentId, customer: CustomerId): Promise<Payment | undefined>;
  /** Newest first. */
  list(customer: CustomerId, limit: number, after: PaymentId | undefined): Promise<Payment[]>;
  /** Takes one new payment for sending; undefined when somebody else did. */
  takeToSend(id: PaymentId, now: Instant): Promise<InitiatingPayment | undefined>;
  /** Takes new payments nobody sent, and sent ones nobody knows the outcome of, when their time has come. */
  takeDueToSend(now: Instant, limit: number): Promise<InitiatingPayment[]>;
  /** Takes payments that wait for their provider (`pending` … `canceling`) and should be looked at now. */
  takeDueToAsk(now: Instant, limit: number): Promise<Payment[]>;
  /** Takes one of those for its payer's page, unless it was looked at after `before`. */
  takeToAsk(id: PaymentId, before: Instant, now: Instant): Promise<Payment | undefined>;
  /** Finds whose payment a provider speaks of. */
  locate(provider: string, name: PaymentName): Promise<PaymentId | undefined>;
  /** Decides under the payment's lock, without waiting for anyone, and commits everything that follows. */
  apply(
    id: PaymentId,
    event: InboxEvent | undefined,
    decide: (payment: Payment, children: Children) => Decision,
    papers: Papers,
    year: number,
  ): Promise<Applied>;
  /** Keeps a good proof of a payment we do not know: money looking for its owner. */
  park(
    event: InboxEvent,
    paymentId: string,
    now: Instant,
  ): Promise<{ readonly firstSeenAt: Instant }>;
}
