import type { PaymentName } from '../../application/ports/payment-provider.ts';
import type {
  Applied,
  Children,
  Decision,
  InboxEvent,
  Papers,
  PaymentStore,
  ReceiptPlace,
} from '../../application/ports/payment-store.ts';
import type { CustomerId, PaymentId } from '../../domain/ids.ts';
import { invariant, unreachable } from '../../domain/invariant.ts';
import { nextLook } from '../../domain/payment-schedule.ts';
import {
  credited,
  providerRefOf,
  startSending,
  triedAgain,
  type CreatedPayment,
  type InitiatingPayment,
  type Payment,
  type SucceededPayment,
} from '../../domain/payment.ts';
import type { Money } from '../../domain/money.ts';
import { bookingOf } from '../../domain/refund.ts';
import type { Instant } from '../../domain/time.ts';
import type { MemoryCustomerStore } from './memory-customer-store.ts';
import type { MemoryFeed } from './memory-feed.ts';
import { MemoryInbox } from './memory-inbox.ts';
import type { MemoryOutbox } from './memory-outbox.ts';
import { MemoryPaymentDesk } from './memory-payment-desk.ts';
import type { MemoryReceiptStore } from './memory-receipt-store.ts';
import { MemoryRefundStore } from './memory-refund-store.ts';

const waiting: readonly Payment['state'][] = ['pending', 'authorized', 'capturing', 'canceling'];

/** Payments in maps. Everything that may throw is worked out first, then all of it is saved at once. */
export class MemoryPaymentStore implements PaymentStore {
  /** Money taken, by payment: each counts once, for ever. */
  readonly credits = new Map<PaymentId, Money>();
  readonly refunds = new MemoryRefundStore();
  readonly desk: MemoryPaymentDesk;
  readonly #payments = new Map<PaymentId, Payment>();
  readonly #requests = new Map<string, { readonly id: PaymentId; readonly hash: string }>();
  readonly #numbers = new Map<number, PaymentId>();
  readonly #inbox = new MemoryInbox();
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
    this.desk = new MemoryPaymentDesk(this.#payments, this.#inbox);
  }

  async add(
    payment: CreatedPayment,
    request: { readonly key: string; readonly hash: string },
  ): Promise<
    'added' | 'number-taken' | { readonly existing: Payment; readonly sameRequest: boolean }
  > {
    const key = `${payment.customerId}:${request.key}`;
    const known = this.#requests.get(key);
    const existing = known && this.#payments.get(known.id);
    if (known !== undefined && existing !== undefined) {
      return { existing, sameRequest: known.hash === request.hash };
    }
    const { number } = payment;
    if (number !== undefined && this.#numbers.has(number)) return 'number-taken';
    if (number !== undefined) this.#numbers.set(number, payment.id);
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

  /** Those that money was taken of, for the other memory stores. */
  succeeded(): SucceededPayment[] {
    return [...this.#payments.values()].filter((payment) => payment.state === 'succeeded');
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

  async takeDueToAsk(now: Instant, limit: number): Promise<Payment[]> {
    const due = this.#due(now, waiting).slice(0, limit);
    return due.map((payment) => this.#put(triedAgain(payment, now)));
  }

  async takeToAsk(id: PaymentId, before: Instant, now: Instant): Promise<Payment | undefined> {
    const payment = this.#payments.get(id);
    if (payment === undefined || !waiting.includes(payment.state)) return undefined;
    return payment.updatedAt <= before ? this.#put(triedAgain(payment, now)) : undefined;
  }

  async locate(provider: string, name: PaymentName): Promise<PaymentId | undefined> {
    const found = this.#named(provider, name);
    return found?.provider === provider ? found.id : undefined;
  }

  async apply(
    id: PaymentId,
    event: InboxEvent | undefined,
    decide: (payment: Payment, children: Children) => Decision,
    papers: Papers,
    year: number,
  ): Promise<Applied> {
    const met = event === undefined ? 'new' : this.#inbox.look(event);
    if (met === 'other-body') return { result: 'conflict', why: 'one event key, two bodies' };
    if (met === 'applied') return { result: 'duplicate' };
    const before = this.#payments.get(id);
    if (before === undefined) {
      if (event !== undefined) this.#inbox.note(event, id, false);
      return { result: 'payment-unknown' };
    }
    const children = {
      refunds: this.refunds.ofPayment(id),
      disputes: this.refunds.disputesOfPayment(id),
    };
    const decided = decide(before, children);
    const applied = this.#commit(before, children, decided, papers, year);
    if (event !== undefined) {
      this.#inbox.note(event, id, true, decided.kind === 'conflict' ? decided.why : undefined);
    }
    return applied;
  }

  async park(
    event: InboxEvent,
    paymentId: string,
    now: Instant,
  ): Promise<{ readonly firstSeenAt: Instant }> {
    const { firstSeenAt } = this.#inbox.park(event, paymentId, now);
    return { firstSeenAt };
  }

  #commit(
    before: Payment,
    children: Children,
    decided: Decision,
    papers: Papers,
    year: number,
  ): Applied {
    switch (decided.kind) {
      case 'conflict':
        return { result: 'conflict', why: decided.why };
      case 'same':
        return { result: 'same', payment: before };
      case 'children':
        this.#saveChildren(before, children, decided, { papers, year });
        return this.#told(before);
      case 'moved':
        if (decided.payment.state === 'succeeded') this.#savePapers(decided.payment, papers, year);
        return this.#told(this.#put(decided.payment));
      default:
        return unreachable(decided);
    }
  }

  #told(payment: Payment): Applied {
    const told = { kind: 'payment', ref: payment.id, detail: payment.state } as const;
    this.#feed.add(payment.customerId, [told]);
    return { result: 'moved', payment };
  }

  #saveChildren(
    payment: Payment,
    before: Children,
    { refunds, dispute }: Extract<Decision, { readonly kind: 'children' }>,
    { papers, year }: { readonly papers: Papers; readonly year: number },
  ): void {
    invariant(
      payment.state === 'succeeded',
      `children of payment ${payment.id}, which is not paid`,
    );
    const counter = this.#counter(payment.customerId, year);
    const bookings = refunds.map((refund) => {
      const was = before.refunds.find(({ id }) => id === refund.id)?.state;
      const kind = bookingOf(refund.state, was);
      const issued = kind === 'debit' && papers.refund(refund, payment, counter.next());
      const reversed = kind === 'reversal' && papers.reversal(refund, payment);
      return {
        refund,
        kind,
        receipt: issued && issued.receipt,
        message: issued ? issued.message : reversed,
      };
    });
    counter.keep();
    for (const { refund, kind, receipt, message } of bookings) {
      this.refunds.save(refund);
      if (kind !== undefined) this.refunds.book(refund, kind, refund.debit);
      if (receipt) this.#receipts.save(receipt);
      if (message) this.#outbox.save(message);
    }
    if (dispute !== undefined) this.refunds.saveDispute(dispute);
  }

  #savePapers(paid: SucceededPayment, papers: Papers, year: number): void {
    invariant(!this.credits.has(paid.id), `payment ${paid.id} would be credited twice`);
    const counter = this.#counter(paid.customerId, year);
    const { receipt, message } = papers.success(paid, counter.next());

    counter.keep();
    this.credits.set(paid.id, credited(paid));
    this.#receipts.save(receipt);
    this.#outbox.save(message);
  }

  /** Places in a contract's row of receipts, which are taken once they are kept. */
  #counter(customerId: CustomerId, year: number) {
    const customer = this.#customers.get(customerId);
    const counter = `${customerId}:${String(year)}`;
    let serial = this.#serials.get(counter) ?? 0;
    return {
      next: (): ReceiptPlace => {
        invariant(customer !== undefined, `customer ${customerId} has no contract`);
        serial += 1;
        return { contract: customer.contract, serial };
      },
      keep: () => this.#serials.set(counter, serial),
    };
  }

  #put<Kept extends Payment>(payment: Kept): Kept {
    this.#payments.set(payment.id, payment);
    return payment;
  }

  #named(provider: string, name: PaymentName): Payment | undefined {
    switch (name.by) {
      case 'id':
        return this.#payments.get(name.id as PaymentId);
      case 'number':
        return this.#payments.get(this.#numbers.get(name.number) ?? ('' as PaymentId));
      case 'ref':
        return [...this.#payments.values()].find(
          (one) => one.provider === provider && providerRefOf(one) === name.ref,
        );
    }
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
