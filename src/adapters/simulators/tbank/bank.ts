import { randomBytes, randomInt } from 'node:crypto';
import { BoundedMap } from '../bounded-map.ts';
import type { Delivery, Notifier } from '../notifier.ts';
import type { Timers } from '../timers.ts';
import { isOpen } from './bank-payment.ts';
import type { BankPayment, PaymentWish } from './bank-payment.ts';
import { noticeOf } from './notices/notification.ts';
import { expire } from './payment-moves.ts';
import type { Fact } from './payment-moves.ts';
import type { Terminal } from './terminal.ts';

const PAYMENT_LIMIT = 10_000;
const TRIES = 3;
const EXPIRY_WATCH_MS = 60_000;

/** The simulated bank: its newest 10 000 payments, found by its own id, by the shop's and by their page. */
export class Bank {
  readonly terminal: Terminal;
  readonly #publicUrl: string;
  readonly #notifier: Notifier;
  readonly #timers: Timers;
  readonly #payments = new BoundedMap<string, BankPayment>(PAYMENT_LIMIT);
  readonly #byOrder = new BoundedMap<string, BankPayment>(PAYMENT_LIMIT);
  readonly #byPage = new BoundedMap<string, BankPayment>(PAYMENT_LIMIT);
  #lastId = randomInt(1_000_000_000, 4_000_000_000);

  constructor(terminal: Terminal, publicUrl: string, notifier: Notifier, timers: Timers) {
    this.terminal = terminal;
    this.#publicUrl = publicUrl;
    this.#notifier = notifier;
    this.#timers = timers;
    void this.#expireInTime();
  }

  now(): number {
    return this.#timers.now();
  }

  start(wish: PaymentWish): BankPayment {
    this.#lastId += 1;
    const payment: BankPayment = {
      ...wish,
      id: String(this.#lastId),
      pageId: randomBytes(8).toString('hex'),
      createdAt: this.now(),
      status: 'NEW',
      held: 0,
      captured: 0,
      refunded: 0,
      triesLeft: TRIES,
      hasQr: false,
      card: undefined,
      lastDecline: undefined,
    };
    this.#payments.set(payment.id, payment);
    this.#byOrder.set(payment.orderId, payment);
    this.#byPage.set(payment.pageId, payment);
    return payment;
  }

  /** Where the payer goes. */
  urlOf({ pageId }: BankPayment): string {
    return `${this.#publicUrl}/tbank/pay/${pageId}`;
  }

  payment(id: string): BankPayment | undefined {
    return this.#current(this.#payments.get(id));
  }

  ofOrder(orderId: string): BankPayment | undefined {
    return this.#current(this.#byOrder.get(orderId));
  }

  onPage(pageId: string): BankPayment | undefined {
    return this.#current(this.#byPage.get(pageId));
  }

  /** Lists the payments, newest first. */
  payments(): BankPayment[] {
    const payments = this.#payments.newestFirst();
    for (const payment of payments) this.#current(payment);
    return payments;
  }

  /** Tells the shop; resolves after the first tries. */
  tell(payment: BankPayment, facts: readonly Fact[]): Promise<Delivery[]> {
    return this.#notifier.send(facts.map((fact) => noticeOf(payment, fact, this.terminal)));
  }

  // Whoever looks at a payment whose time is over sees it expired, however long ago the watch came by.
  #current<Found extends BankPayment | undefined>(payment: Found): Found {
    if (payment !== undefined && isOpen(payment) && payment.dueAt <= this.now()) {
      void this.tell(payment, expire(payment));
    }
    return payment;
  }

  // One watch over all payments: a timer for each would outlive those forgotten long ago.
  async #expireInTime(): Promise<void> {
    while (!this.#timers.stopped.aborted) {
      await this.#timers.sleep(EXPIRY_WATCH_MS);
      this.payments();
    }
  }
}
