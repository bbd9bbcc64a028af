import type {
  Applied,
  InboxEvent,
  PaymentStore,
  ReceiptPlace,
  SuccessPapers,
} from '../../application/ports/payment-store.ts';
import type { CustomerId, PaymentId } from '../../domain/ids.ts';
import { invariant } from '../../domain/invariant.ts';
import type { Settlement } from '../../domain/payment-settlement.ts';
import { nextLook } from '../../domain/payment-schedule.ts';
import {
  startSending,
  triedAgain,
  type CreatedPayment,
  type InitiatingPayment,
  type Payment,
  type PendingPayment,
  type SucceededPayment,
} from '../../domain/payment.ts';
import type { Money } from '../../domain/money.ts';
import type { Instant } from '../../domain/time.ts';
import type { MemoryCustomerStore } from './memory-customer-store.ts';
import type { MemoryFeed } from './memory-feed.ts';
import type { MemoryOutbox } from './memory-outbox.ts';
import type { MemoryReceiptStore } from './memory-receipt-store.ts';

interface Met {
  readonly bodyHash: string;
  readonly firstSeenAt: Instant;
  readonly isApplied: boolean;
}

/** Payments in maps. Everything that may throw is worked out first, then all of it is saved at once. */
export class MemoryPaymentStore implements PaymentStore {
  /** Money taken, by payment: each counts once, for ever. */
  readonly credits = new Map<PaymentId, Money>();
  readonly #payments = new Map<PaymentId, Payment>();
  readonly #requests = new Map<string, { readonly id: PaymentId; readonly hash: string }>();
  readonly #events = new Map<string, Met>();
  readonly #serials = new Map<string, number>();
  readonly #customers: MemoryCustomerStore;
  readonly #receipts: MemoryReceiptStore;
  readonly #feed: MemoryFeed;
  readonly #outbox: MemoryOutbox;

  constructor(
    customers: MemoryCustomerStore,
    receipts: MemoryReceiptStore,
    feed: MemoryFeed,
    outbox: MemoryOutbox,
  ) {
    this.#customers = customers;
    this.#receipts = receipts;
    this.#feed = feed;
    this.#outbox = outbox;
  }

  async add(
    payment: CreatedPayment,
    request: { readonly key: string; readonly hash: string },
  ): Promise<'added' | { readonly existing: Payment; readonly sameRequest: boolean }> {
    const key = `${payment.customerId}:${request.key}`;
    const known = this.#requests.get(key);
    const existing = known && this.#payments.get(known.id);
    if (known !== undefined && existing !== undefined) {
      return { existing, sameRequest: known.hash === request.hash };
    }
    this.#requests.set(key, { id: payment.id, hash: request.hash });
    this.#payments.set(payment.id, payment);
    return 'added';
  }

  async find(id: PaymentId, customer: CustomerId): Promise<Payment | undefined> {
    const payment = this.#payments.get(id);
    return payment?.customerId === customer ? payment : undefined;
  }

  async list(
    customer: CustomerId,
    limit: number,
    after: PaymentId | undefined,
  ): Promise<Payment[]> {
    return [...this.#payments.values()]
      .filter(({ customerId, id }) => customerId === customer && (!after || id < after))
      .toSorted((a, b) => (a.id < b.id ? 1 : -1))
      .slice(0, limit);
  }

  async takeToSend(id: PaymentId, now: Instant): Promise<InitiatingPayment | undefined> {
    const payment = this.#payments.get(id);
    return payment?.state === 'created' ? this.#put(startSending(payment, now)) : undefined;
  }

  async takeDueToSend(now: Instant, limit: number): Promise<InitiatingPayment[]> {
    const due = this.#due(now, ['created', 'initiating']).slice(0, limit);
    return due.flatMap((payment) => {
      if (payment.state === 'created') return [this.#put(startSending(payment, now))];
      return payment.state === 'initiating' ? [this.#put(triedAgain(payment, now))] : [];
    });
  }

  async takeDueToAsk(now: Instant, limit: number): Promise<PendingPayment[]> {
    const due = this.#due(now, ['pending']).slice(0, limit);
    return due.flatMap((payment) =>
      payment.state === 'pending' ? [this.#put(triedAgain(payment, now))] : [],
    );
  }

  async apply(
    id: PaymentId,
    event: InboxEvent | undefined,
    decide: (payment: Payment) => Settlement,
    papers: (paid: SucceededPayment, place: ReceiptPlace) => SuccessPapers,
    year: number,
  ): Promise<Applied> {
    const met = event && this.#events.get(keyOf(event));
    if (met?.isApplied === true && met.bodyHash !== event?.bodyHash) {
      return { result: 'conflict', why: 'one event key, two bodies' };
    }
    if (met?.isApplied === true) return { result: 'duplicate' };
    const before = this.#payments.get(id);
    if (before === undefined) {
      if (event !== undefined) this.#meet(event, event.receivedAt, false);
      return { result: 'payment-unknown' };
    }

    const decided = decide(before);
    if (decided.kind === 'moved' && decided.payment.state === 'succeeded') {
      this.#savePapers(decided.payment, papers, year);
    }
    if (event !== undefined) this.#meet(event, event.receivedAt, true);
    if (decided.kind === 'conflict') return { result: 'conflict', why: decided.why };
    if (decided.kind === 'same') return { result: 'same', payment: before };
    const payment = this.#put(decided.payment);
    const told = { kind: 'payment', ref: payment.id, detail: payment.state } as const;
    this.#feed.add(payment.customerId, [told]);
    return { result: 'moved', payment };
  }

  async park(
    event: InboxEvent,
    _paymentId: string,
    now: Instant,
  ): Promise<{ readonly firstSeenAt: Instant }> {
    const { firstSeenAt } = this.#events.get(keyOf(event)) ?? this.#meet(event, now, false);
    return { firstSeenAt };
  }

  #savePapers(
    paid: SucceededPayment,
    papers: (paid: SucceededPayment, place: ReceiptPlace) => SuccessPapers,
    year: number,
  ): void {
    const customer = this.#customers.get(paid.customerId);
    invariant(customer !== undefined, `payment ${paid.id} has no contract`);
    invariant(!this.credits.has(paid.id), `payment ${paid.id} would be credited twice`);
    const counter = `${paid.customerId}:${String(year)}`;
    const serial = (this.#serials.get(counter) ?? 0) + 1;
    const { receipt, message } = papers(paid, { contract: customer.contract, serial });

    this.#serials.set(counter, serial);
    this.credits.set(paid.id, paid.amount);
    this.#receipts.save(receipt);
    this.#outbox.save(message);
  }

  #put<Kept extends Payment>(payment: Kept): Kept {
    this.#payments.set(payment.id, payment);
    return payment;
  }

  #meet(event: InboxEvent, seenAt: Instant, isApplied: boolean): Met {
    const firstSeenAt = this.#events.get(keyOf(event))?.firstSeenAt ?? seenAt;
    const met = { bodyHash: event.bodyHash, firstSeenAt, isApplied };
    this.#events.set(keyOf(event), met);
    return met;
  }

  #due(now: Instant, states: readonly Payment['state'][]): Payment[] {
    return [...this.#payments.values()]
      .filter((payment) => states.includes(payment.state))
      .map((payment) => ({ payment, at: nextLook(payment) }))
      .filter(({ at }) => at !== undefined && at <= now)
      .toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0))
      .map(({ payment }) => payment);
  }
}

const keyOf = (event: InboxEvent): string => `${event.provider}:${event.eventKey}`;
